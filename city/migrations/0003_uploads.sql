-- Uploads, the catalogue and the changes feed.

-- A file on its way to the city, or here. The bytes are a file beside the database, named by upload_id.
-- received is what the city has acknowledged: bytes beyond it in the file were never promised to anyone.
CREATE TABLE uploads (
    citizen_id      TEXT    NOT NULL,
    upload_id       TEXT    NOT NULL,
    idempotency_key TEXT    NOT NULL,
    attachment_id   TEXT    NOT NULL,
    media_type      TEXT    NOT NULL,
    sha256          TEXT    NOT NULL,
    -- Upload-Metadata as it was sent, which HEAD gives back.
    metadata        TEXT    NOT NULL DEFAULT '',
    length          INTEGER NOT NULL,
    received        INTEGER NOT NULL DEFAULT 0,
    status          TEXT    NOT NULL DEFAULT 'receiving' CHECK (status IN ('receiving', 'complete')),
    -- The case whose evidence the file is; empty while it is nobody's.
    case_id         TEXT    NOT NULL DEFAULT '',
    -- Seconds since 1970 by the machine's own clock. Only an unfinished upload expires.
    expires_at      INTEGER NOT NULL,
    PRIMARY KEY (citizen_id, upload_id),
    CHECK (received BETWEEN 0 AND length)
) STRICT;

CREATE UNIQUE INDEX uploads_by_key ON uploads (citizen_id, idempotency_key);
CREATE UNIQUE INDEX uploads_by_attachment ON uploads (citizen_id, attachment_id);
CREATE INDEX uploads_by_expiry ON uploads (expires_at) WHERE status = 'receiving';

-- Every version of every service that was ever published: a submission is judged by the one it was made with.
CREATE TABLE service_versions (
    service_id TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    document   TEXT    NOT NULL,
    PRIMARY KEY (service_id, version)
) STRICT;

-- What the catalogue offers. published is the version of the catalogue in which the row last changed.
CREATE TABLE services (
    service_id TEXT    NOT NULL PRIMARY KEY,
    version    INTEGER NOT NULL,
    status     TEXT    NOT NULL CHECK (status IN ('offered', 'withdrawn')),
    published  INTEGER NOT NULL
) STRICT;

-- How far each citizen's feed has come.
CREATE TABLE change_feeds (
    citizen_id    TEXT    NOT NULL PRIMARY KEY,
    last_sequence INTEGER NOT NULL
) STRICT;

-- The feed itself. kind and body are those of the wire; body is JSON.
CREATE TABLE changes (
    citizen_id TEXT    NOT NULL,
    sequence   INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    PRIMARY KEY (citizen_id, sequence)
) STRICT;

-- Which feed this is. A database that was begun anew has another epoch, and old cursors end.
CREATE TABLE change_epoch (
    epoch TEXT NOT NULL PRIMARY KEY
) STRICT;

INSERT INTO change_epoch (epoch) VALUES (lower(hex(randomblob(8))));
