-- A person's compartment. In the clear stand random ids, revisions, sizes and times, and kinds of transport; all
-- else is in `sealed`, bound to its table, row, column and revision.

-- Things there is one of, by name: who the person is, the device's key, the session, the sync cursor.
CREATE TABLE states (
    name     TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL DEFAULT 1,
    sealed   BLOB NOT NULL DEFAULT x''
) STRICT;

CREATE TABLE drafts (
    draft_id       TEXT NOT NULL PRIMARY KEY,
    state          TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'submitted')),
    transaction_id TEXT NOT NULL DEFAULT '',
    revision       INTEGER NOT NULL DEFAULT 1,
    created_at     INTEGER NOT NULL DEFAULT 0,
    updated_at     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What is sealed once for a draft, or seldom: the service's document, what the person chose.
CREATE TABLE draft_parts (
    draft_id TEXT NOT NULL REFERENCES drafts (draft_id),
    part     TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    sealed   BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (draft_id, part)
) STRICT, WITHOUT ROWID;

-- One row for each answer. `slot` is the field's name under a key, because which questions a person has answered
-- is personal too.
CREATE TABLE answers (
    draft_id TEXT NOT NULL REFERENCES drafts (draft_id),
    slot     BLOB NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    sealed   BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (draft_id, slot)
) STRICT, WITHOUT ROWID;

-- Each names a sealed file in the folder `blobs`.
CREATE TABLE attachments (
    sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
    attachment_id TEXT NOT NULL UNIQUE,
    draft_id      TEXT NOT NULL REFERENCES drafts (draft_id),
    sealed        BLOB NOT NULL DEFAULT x''
) STRICT;
CREATE INDEX attachments_by_draft ON attachments (draft_id);

-- What registers said for a service, which stands under a key in `slot`.
CREATE TABLE prefills (
    slot       BLOB NOT NULL PRIMARY KEY,
    revision   INTEGER NOT NULL DEFAULT 1,
    fetched_at INTEGER NOT NULL DEFAULT 0,
    sealed     BLOB NOT NULL DEFAULT x''
) STRICT;

-- A row is there as long as the city is not known to have the thing.
CREATE TABLE outbox (
    sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
    transaction_id  TEXT NOT NULL UNIQUE,
    kind            TEXT NOT NULL CHECK (kind IN ('upload', 'submission', 'supplement')),
    draft_id        TEXT NOT NULL DEFAULT '',
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL DEFAULT 0,
    waits           TEXT NOT NULL DEFAULT '',
    blocked         TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL DEFAULT 0,
    revision        INTEGER NOT NULL DEFAULT 1,
    sealed          BLOB NOT NULL DEFAULT x''
) STRICT;

CREATE TABLE outbox_dependencies (
    transaction_id TEXT NOT NULL,
    depends_on     TEXT NOT NULL,
    PRIMARY KEY (transaction_id, depends_on)
) STRICT, WITHOUT ROWID;

-- Where the city keeps a file that is on its way.
CREATE TABLE uploads (
    transaction_id TEXT NOT NULL PRIMARY KEY,
    revision       INTEGER NOT NULL DEFAULT 1,
    sealed         BLOB NOT NULL DEFAULT x''
) STRICT;

-- The city's signed word that it has a document.
CREATE TABLE receipts (
    transaction_id TEXT NOT NULL PRIMARY KEY,
    case_id        TEXT NOT NULL DEFAULT '',
    kept_at        INTEGER NOT NULL DEFAULT 0,
    sealed         BLOB NOT NULL DEFAULT x''
) STRICT;

-- What the city told us, to be shown without a network: cases, parcels, the insurance account, offered cards, who
-- the person is, how far the changes were read. All of it can be fetched again.
CREATE TABLE mirror (
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    revision   INTEGER NOT NULL DEFAULT 1,
    fetched_at INTEGER NOT NULL DEFAULT 0,
    sealed     BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- The tokens: one row. `renewing_until` keeps two processes from using one refresh token.
CREATE TABLE session (
    name           TEXT NOT NULL PRIMARY KEY,
    revision       INTEGER NOT NULL DEFAULT 1,
    renewing_until INTEGER NOT NULL DEFAULT 0,
    sealed         BLOB NOT NULL DEFAULT x''
) STRICT;

-- `sealed` is the offer as the city tells it, `card` the credential itself once it was fetched.
CREATE TABLE credentials (
    credential_id TEXT NOT NULL PRIMARY KEY,
    revision      INTEGER NOT NULL DEFAULT 0,
    fetched_at    INTEGER NOT NULL DEFAULT 0,
    sealed        BLOB NOT NULL DEFAULT x'',
    card          BLOB NOT NULL DEFAULT x''
) STRICT;
