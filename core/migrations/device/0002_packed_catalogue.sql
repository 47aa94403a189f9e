-- What is searched and listed of all services, packed by whoever pulled the catalogue. It can be made again from the
-- documents at any time, and is where it is missing, of another catalogue's version, or made by another app.
CREATE TABLE packed_catalogue (
    part              INTEGER NOT NULL PRIMARY KEY,
    catalogue_version INTEGER NOT NULL DEFAULT 0,
    packed            BLOB NOT NULL DEFAULT x''
) STRICT;
