-- Who read whose records, chained: each row has the digest of the one before. Rows from before there was a chain have
-- none.
CREATE TABLE register_log (
    citizen_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    register TEXT NOT NULL,
    -- The items that were read, joined by commas; empty where it was only asked whether there is a record.
    items TEXT NOT NULL,
    requester_zh TEXT NOT NULL,
    requester_en TEXT NOT NULL,
    purpose_zh TEXT NOT NULL,
    purpose_en TEXT NOT NULL,
    ground_zh TEXT NOT NULL,
    ground_en TEXT NOT NULL,
    service_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    read_at TEXT NOT NULL,
    previous TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (citizen_id, sequence)
) STRICT;

INSERT INTO register_log (citizen_id, sequence, register, items, requester_zh, requester_en, purpose_zh, purpose_en,
    ground_zh, ground_en, service_id, case_id, read_at, previous, sha256)
SELECT citizen_id, ROW_NUMBER() OVER (PARTITION BY citizen_id ORDER BY read_id), register, '', requester_zh,
    requester_en, purpose_zh, purpose_en, '', '', service_id, case_id, read_at, '', ''
FROM register_reads;

DROP TABLE register_reads;

-- What is in the log stays in it.
CREATE TRIGGER register_log_is_not_changed BEFORE UPDATE ON register_log
BEGIN SELECT RAISE(ABORT, 'the register log is only added to'); END;
CREATE TRIGGER register_log_is_not_shortened BEFORE DELETE ON register_log
BEGIN SELECT RAISE(ABORT, 'the register log is only added to'); END;
