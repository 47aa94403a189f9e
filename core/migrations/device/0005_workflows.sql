-- The services that grievances are filed for. A document that is no JSON to SQLite is none of them.
CREATE INDEX services_for_grievances ON services (service_id)
    WHERE CASE WHEN json_valid(document) THEN json_extract(document, '$.workflow') END = 'grievance';
