-- People, their registers and insurance accounts; sign-in; the civil clock; what was answered before.
-- Moments of the civil clock and days are text (RFC 3339, YYYY-MM-DD); moments of the machine's clock are
-- seconds since 1970, because only programs read them.

CREATE TABLE civil_clock (
    clock TEXT NOT NULL PRIMARY KEY CHECK (clock = 'civil'),
    -- The civil clock read `civil_at` when the machine's read `machine_at`; it has run on since.
    civil_at TEXT NOT NULL,
    machine_at TEXT NOT NULL
) STRICT;

CREATE TABLE residents (
    citizen_id TEXT NOT NULL PRIMARY KEY,
    id_number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    gender TEXT NOT NULL CHECK (gender IN ('female', 'male')),
    birth_date TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;

CREATE INDEX residents_by_birth ON residents (birth_date);

-- What the registers of the departments hold about a person, an item a row.
CREATE TABLE register_records (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    register TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    as_of TEXT NOT NULL,
    PRIMARY KEY (citizen_id, register, item)
) STRICT;

CREATE TABLE register_reads (
    citizen_id TEXT NOT NULL,
    read_id TEXT NOT NULL,
    register TEXT NOT NULL,
    requester_zh TEXT NOT NULL,
    requester_en TEXT NOT NULL,
    purpose_zh TEXT NOT NULL,
    purpose_en TEXT NOT NULL,
    service_id TEXT NOT NULL DEFAULT '',
    case_id TEXT NOT NULL DEFAULT '',
    read_at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, read_id)
) STRICT;

-- The register of medical bills. The lines and their total are whole fen.
CREATE TABLE medical_bills (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    invoice_number TEXT NOT NULL,
    hospital_zh TEXT NOT NULL,
    hospital_en TEXT NOT NULL,
    visited_on TEXT NOT NULL,
    total_fen INTEGER NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (citizen_id, invoice_number)
) STRICT;

CREATE TABLE insurance_accounts (
    citizen_id TEXT NOT NULL PRIMARY KEY REFERENCES residents (citizen_id),
    scheme TEXT NOT NULL CHECK (scheme IN ('employee', 'resident', 'retired')),
    year INTEGER NOT NULL,
    current_year_fen INTEGER NOT NULL,
    earlier_years_fen INTEGER NOT NULL,
    reimbursed_fen INTEGER NOT NULL DEFAULT 0,
    deductible_used_fen INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE insurance_entries (
    citizen_id TEXT NOT NULL REFERENCES insurance_accounts (citizen_id),
    entry_id TEXT NOT NULL,
    posted_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    place_zh TEXT NOT NULL,
    place_en TEXT NOT NULL,
    PRIMARY KEY (citizen_id, entry_id)
) STRICT;

-- A walk through the sign-in pages, from the request to the consent.
CREATE TABLE login_flows (
    flow TEXT NOT NULL PRIMARY KEY,
    redirect_uri TEXT NOT NULL,
    state TEXT,
    nonce TEXT NOT NULL,
    code_challenge TEXT NOT NULL,
    scope TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    step TEXT NOT NULL CHECK (step IN ('id_number', 'code', 'consent')),
    -- The ID number as it was typed, until it is known whether it is anyone's.
    id_number TEXT NOT NULL DEFAULT '',
    citizen_id TEXT,
    signed_in_at INTEGER,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX login_flows_by_end ON login_flows (expires_at);

-- One-time codes in place of text messages, at most one an ID number. The code itself is kept because the
-- officer's desk hands it out.
CREATE TABLE one_time_codes (
    id_number TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    tries_left INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- How often something was tried in the present window, by what is limited and for whom.
CREATE TABLE attempts (
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    count INTEGER NOT NULL,
    window_ends_at INTEGER NOT NULL,
    PRIMARY KEY (subject, kind)
) STRICT;

CREATE TABLE devices (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    device_id TEXT NOT NULL,
    public_key TEXT NOT NULL,
    name TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, device_id)
) STRICT;

-- A sign-in and all tokens that come of it. Ended as a whole.
CREATE TABLE sessions (
    session_id TEXT NOT NULL PRIMARY KEY,
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    client_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT NOT NULL,
    device_id TEXT,
    signed_in_at INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1))
) STRICT;

CREATE TABLE authorization_codes (
    code_sha256 TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (session_id),
    redirect_uri TEXT NOT NULL,
    code_challenge TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX authorization_codes_by_end ON authorization_codes (expires_at);

CREATE TABLE access_tokens (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (session_id),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX access_tokens_by_end ON access_tokens (expires_at);

CREATE TABLE refresh_tokens (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (session_id),
    -- Empty while the token is the newest of its session.
    successor_sha256 TEXT NOT NULL DEFAULT '',
    rotated_at INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);

-- Effects of writes, bound to their keys for ever. Holds no refusal: what could not be done may be tried again.
CREATE TABLE idempotency_keys (
    citizen_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_sha256 TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    repeats INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (citizen_id, idempotency_key)
) STRICT;
