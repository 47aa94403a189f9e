-- What is told to the city waits in the outbox too. The table is built anew, because what it allows cannot be changed in
-- place; every row goes along as it is.
CREATE TABLE outbox_anew (
    sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
    transaction_id  TEXT NOT NULL UNIQUE,
    kind            TEXT NOT NULL CHECK (kind IN ('upload', 'submission', 'supplement', 'instruction')),
    draft_id        TEXT NOT NULL DEFAULT '',
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL DEFAULT 0,
    waits           TEXT NOT NULL DEFAULT '',
    blocked         TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL DEFAULT 0,
    revision        INTEGER NOT NULL DEFAULT 1,
    sealed          BLOB NOT NULL DEFAULT x''
) STRICT;

INSERT INTO outbox_anew (sequence, transaction_id, kind, draft_id, attempts, next_attempt_at, waits, blocked,
                         created_at, revision, sealed)
SELECT sequence, transaction_id, kind, draft_id, attempts, next_attempt_at, waits, blocked, created_at, revision, sealed
FROM outbox;

DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
