-- Tokens are bound to the key of a phone (RFC 9449); requests can be pushed before the browser is opened (RFC 9126);
-- a sign-in can be asked for anew (RFC 9470). Sessions from before are bound to no key: they end, and people sign in
-- again.

-- The thumbprint of the key that the code shall be traded with; empty where the app named none.
ALTER TABLE login_flows ADD COLUMN jkt TEXT NOT NULL DEFAULT '';

-- The thumbprint of the key that the session's tokens are bound to. Empty until the code is traded, unless the app
-- named it at the beginning.
ALTER TABLE sessions ADD COLUMN jkt TEXT NOT NULL DEFAULT '';

-- Requests that wait for their browser, as JSON.
CREATE TABLE pushed_requests (
    request_sha256 TEXT NOT NULL PRIMARY KEY,
    parameters TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX pushed_requests_by_end ON pushed_requests (expires_at);

-- Proofs that were taken, for as long as they would be taken again: a proof serves once.
CREATE TABLE seen_proofs (
    proof_sha256 TEXT NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX seen_proofs_by_end ON seen_proofs (expires_at);
