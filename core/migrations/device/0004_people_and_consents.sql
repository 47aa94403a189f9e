-- Whether the data are what a person goes on with, or earlier ones that a sign-in begun beside: their PIN was forgotten
-- or their key is gone. Earlier data are kept as they are.
ALTER TABLE people ADD COLUMN standing TEXT NOT NULL DEFAULT 'current' CHECK (standing IN ('current', 'earlier'));

-- What was agreed to: by whom (empty before anyone is known), to which purpose in which version, when, and when that
-- was taken back.
CREATE TABLE consents (
    consent_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id    TEXT NOT NULL DEFAULT '',
    purpose      TEXT NOT NULL,
    version      INTEGER NOT NULL,
    given_at     INTEGER NOT NULL,
    withdrawn_at INTEGER NOT NULL DEFAULT 0
) STRICT;
