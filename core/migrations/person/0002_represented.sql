-- Whom this person acts for. Each has a compartment of their own within this one's folder, under a key of its own that
-- stands here, sealed, with who they are. Without the row nothing of it can be read.
CREATE TABLE represented (
    person_id TEXT NOT NULL PRIMARY KEY,
    revision  INTEGER NOT NULL DEFAULT 1,
    sealed    BLOB NOT NULL DEFAULT x''
) STRICT;
