-- Cases and what belongs to them, cards, parcels, and the rules by which the city begins by itself.
-- Moments are RFC 3339 by the civil clock, days YYYY-MM-DD, amounts whole fen.

CREATE TABLE cases (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    case_id TEXT NOT NULL UNIQUE,
    transaction_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    service_version INTEGER NOT NULL,
    workflow TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    promised_by TEXT NOT NULL,
    -- The parcel with its result, where one was sent.
    delivery_id TEXT,
    PRIMARY KEY (citizen_id, case_id)
) STRICT;

CREATE INDEX cases_by_status ON cases (status, received_at);

CREATE TABLE case_events (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    by_zh TEXT NOT NULL,
    by_en TEXT NOT NULL,
    PRIMARY KEY (citizen_id, case_id, sequence),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

-- The document kept as it was received: what a citizen signed is what a court reads.
CREATE TABLE submissions (
    citizen_id TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    document TEXT NOT NULL,
    receipt TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, transaction_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

CREATE TABLE evidence_requests (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    requirement_id TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    reason_zh TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    PRIMARY KEY (citizen_id, case_id, request_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

-- At most one answer a request.
CREATE TABLE supplements (
    citizen_id TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    document TEXT NOT NULL,
    receipt TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, transaction_id),
    UNIQUE (citizen_id, case_id, request_id),
    FOREIGN KEY (citizen_id, case_id, request_id)
        REFERENCES evidence_requests (citizen_id, case_id, request_id)
) STRICT;

-- Facts that can be claimed once in the whole city, whoever claims them. The fact itself is only a digest.
CREATE TABLE claims (
    service_id TEXT NOT NULL,
    fact_sha256 TEXT NOT NULL,
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (service_id, fact_sha256),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

CREATE INDEX claims_by_case ON claims (case_id);

CREATE TABLE settlements (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    settlement TEXT NOT NULL,
    PRIMARY KEY (citizen_id, case_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

-- At most one payout a case.
CREATE TABLE payouts (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    paid_at TEXT NOT NULL,
    account_ending TEXT NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    PRIMARY KEY (citizen_id, case_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

CREATE TABLE refusals (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    reason_zh TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    ground_zh TEXT NOT NULL,
    ground_en TEXT NOT NULL,
    PRIMARY KEY (citizen_id, case_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

-- Requests for evidence that is cancelled: refused by the city, and kept for those who supervise the offices.
CREATE TABLE forbidden_requests (
    request_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    requirement_id TEXT NOT NULL,
    department TEXT NOT NULL,
    officer TEXT NOT NULL,
    requested_at TEXT NOT NULL
) STRICT;

-- Parcels to the door.
CREATE TABLE deliveries (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    delivery_id TEXT NOT NULL UNIQUE,
    content_zh TEXT NOT NULL,
    content_en TEXT NOT NULL,
    address TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    tracking_number TEXT NOT NULL UNIQUE,
    opened_at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, delivery_id)
) STRICT;

CREATE INDEX deliveries_by_status ON deliveries (status, opened_at);

CREATE TABLE delivery_events (
    citizen_id TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    status TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, delivery_id, sequence),
    FOREIGN KEY (citizen_id, delivery_id) REFERENCES deliveries (citizen_id, delivery_id)
) STRICT;

-- Cards. A citizen has at most one of a kind; its place in the status list is given once for ever.
CREATE TABLE credentials (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    credential_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    reason_zh TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    card_number TEXT NOT NULL UNIQUE,
    status_index INTEGER NOT NULL UNIQUE,
    delivery_id TEXT NOT NULL,
    valid INTEGER NOT NULL DEFAULT 1 CHECK (valid IN (0, 1)),
    -- The run over the registers that made it, and the one that put another in its place.
    made_by_run TEXT NOT NULL,
    replaced_by_run TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (citizen_id, credential_id),
    UNIQUE (citizen_id, kind)
) STRICT;

CREATE INDEX credentials_by_run ON credentials (made_by_run);
CREATE INDEX credentials_by_replacement ON credentials (replaced_by_run) WHERE replaced_by_run <> '';

-- Which phones hold a card.
CREATE TABLE credential_devices (
    citizen_id TEXT NOT NULL,
    credential_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, credential_id, device_id),
    FOREIGN KEY (citizen_id, credential_id) REFERENCES credentials (citizen_id, credential_id)
) STRICT;
