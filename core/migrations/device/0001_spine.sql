-- The device's own store. What a column holds is public or random; what concerns a person is sealed under a key
-- that the platform's vault holds.

-- Whose data is on this device. `sealed`: label and subject.
CREATE TABLE people (
    person_id TEXT NOT NULL PRIMARY KEY,
    revision  INTEGER NOT NULL DEFAULT 1,
    added_at  INTEGER NOT NULL DEFAULT 0,
    sealed    BLOB NOT NULL DEFAULT x''
) STRICT;

-- The catalogue as the city published it. Public, so it stands in the clear.
CREATE TABLE services (
    service_id TEXT NOT NULL PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 0,
    document   TEXT NOT NULL DEFAULT ''
) STRICT;

-- What signatures of the city are believed by: issuer metadata and status lists, by their address.
CREATE TABLE anchors (
    address    TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL DEFAULT '',
    fetched_at INTEGER NOT NULL DEFAULT 0,
    document   TEXT NOT NULL DEFAULT ''
) STRICT;

-- Small public facts, by name: the catalogue's version, the person chosen last.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL DEFAULT ''
) STRICT;
