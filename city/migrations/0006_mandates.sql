-- Mandates, by which one citizen acts for another, and what was done under them. Days and moments by the civil clock.

CREATE TABLE mandates (
    mandate_id TEXT NOT NULL PRIMARY KEY,
    from_citizen TEXT NOT NULL REFERENCES residents (citizen_id),
    to_citizen TEXT NOT NULL REFERENCES residents (citizen_id),
    -- JSON: what may be done, and where.
    scope TEXT NOT NULL,
    until TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('offered', 'accepted', 'declined', 'revoked')),
    revision INTEGER NOT NULL DEFAULT 1,
    given_at TEXT NOT NULL
) STRICT;

CREATE INDEX mandates_by_giver ON mandates (from_citizen);
CREATE INDEX mandates_by_taker ON mandates (to_citizen);

-- One row for each act: the log of both.
CREATE TABLE mandate_acts (
    act_id TEXT NOT NULL PRIMARY KEY,
    mandate_id TEXT NOT NULL REFERENCES mandates (mandate_id),
    kind TEXT NOT NULL CHECK (kind IN ('asked_registers', 'read', 'filed', 'answered')),
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    -- Empty where it was no one case.
    case_id TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL
) STRICT;

CREATE INDEX mandate_acts_by_mandate ON mandate_acts (mandate_id, at);

-- Under which mandate a document came, as JSON; empty where the citizen sent it.
ALTER TABLE submissions ADD COLUMN by_mandate TEXT NOT NULL DEFAULT '';
ALTER TABLE supplements ADD COLUMN by_mandate TEXT NOT NULL DEFAULT '';

-- A device that was lost: nothing that it signs counts, and its sign-ins are ended.
ALTER TABLE devices ADD COLUMN revoked_at TEXT NOT NULL DEFAULT '';
