-- Services by the event of a life that people need them for. A document that is no JSON to SQLite has none.
CREATE INDEX services_by_life_event ON services (
    CASE WHEN json_valid(document) THEN json_extract(document, '$.life_event.life_event_id') END
);
