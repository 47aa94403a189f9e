-- Versions of forms with their time of grace, how each requirement of a case is met, registers that are down, checks
-- between departments, what citizens say is wrong in a register, and what the figures are counted from.

-- The civil day on which a later version took its place, and for how many days it is accepted after that. Empty while
-- it is the present one.
ALTER TABLE service_versions ADD COLUMN superseded_on TEXT NOT NULL DEFAULT '';
ALTER TABLE service_versions ADD COLUMN grace_days INTEGER NOT NULL DEFAULT 0;

-- Who published it: the documents that the city is started with, or an officer while it ran. What an officer
-- published stays when the city is started again.
ALTER TABLE services ADD COLUMN publisher TEXT NOT NULL DEFAULT 'documents'
    CHECK (publisher IN ('documents', 'officer'));

-- What the figures are counted from, so that no document is opened for them.
ALTER TABLE cases ADD COLUMN channel TEXT NOT NULL DEFAULT 'network' CHECK (channel IN ('network', 'counter'));
ALTER TABLE cases ADD COLUMN off_hours INTEGER NOT NULL DEFAULT 0 CHECK (off_hours IN (0, 1));
-- How the result was to reach the citizen; empty where nothing was chosen.
ALTER TABLE cases ADD COLUMN delivery TEXT NOT NULL DEFAULT '';

-- Cases from before: by the plain week, without its holidays.
UPDATE cases SET off_hours = 1
WHERE strftime('%w', received_at, '+8 hours') IN ('0', '6')
   OR strftime('%H', received_at, '+8 hours') NOT BETWEEN '09' AND '16';

-- How each requirement of a case is met: by which way, found when it was filed.
--   deferred  a register was down; the city still has to look there
--   asked     no register had it; the city asked the citizen afterwards
--   missing   no register had it, and there is no file that could stand for it
CREATE TABLE case_evidence (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    requirement_id TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('cancelled', 'declared', 'checked', 'shared', 'provided', 'deferred', 'asked',
                                     'missing')),
    -- The register that it comes from, or that is still to be asked; empty otherwise.
    register TEXT NOT NULL DEFAULT '',
    files INTEGER NOT NULL DEFAULT 0,
    -- Whether the city had to look it up, or ask for it, after the case was filed.
    later INTEGER NOT NULL DEFAULT 0 CHECK (later IN (0, 1)),
    PRIMARY KEY (citizen_id, case_id, requirement_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

CREATE INDEX case_evidence_deferred ON case_evidence (register) WHERE way = 'deferred';

-- Registers that cannot be asked just now.
CREATE TABLE register_outages (
    register TEXT NOT NULL PRIMARY KEY,
    since TEXT NOT NULL
) STRICT;

-- What other departments are asked instead of the citizen.
CREATE TABLE evidence_checks (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    requirement_id TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    department_zh TEXT NOT NULL,
    department_en TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'confirmed', 'contradicted')),
    -- What the department found; empty unless it contradicts.
    reason_zh TEXT NOT NULL DEFAULT '',
    reason_en TEXT NOT NULL DEFAULT '',
    asked_at TEXT NOT NULL,
    answered_at TEXT,
    PRIMARY KEY (citizen_id, case_id, requirement_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

CREATE INDEX evidence_checks_by_status ON evidence_checks (status, asked_at);

-- The declarations that were signed with a case.
CREATE TABLE case_declarations (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    declaration_id TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    PRIMARY KEY (citizen_id, case_id, declaration_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

-- What a citizen says is wrong in a register. registered and answer are JSON; what is right is the answer.
CREATE TABLE disputes (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    field_id TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    register TEXT NOT NULL,
    item TEXT NOT NULL,
    registered TEXT NOT NULL,
    answer TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'corrected', 'kept')),
    -- Why the record was kept; empty otherwise.
    reason_zh TEXT NOT NULL DEFAULT '',
    reason_en TEXT NOT NULL DEFAULT '',
    received_at TEXT NOT NULL,
    settled_at TEXT,
    PRIMARY KEY (citizen_id, case_id, field_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

CREATE INDEX disputes_by_status ON disputes (status, received_at);

-- What whoever supervises reads of a request that was refused: in both languages, and on which ground.
ALTER TABLE forbidden_requests ADD COLUMN title_zh TEXT NOT NULL DEFAULT '';
ALTER TABLE forbidden_requests ADD COLUMN title_en TEXT NOT NULL DEFAULT '';
ALTER TABLE forbidden_requests ADD COLUMN department_en TEXT NOT NULL DEFAULT '';
ALTER TABLE forbidden_requests ADD COLUMN officer_en TEXT NOT NULL DEFAULT '';
ALTER TABLE forbidden_requests ADD COLUMN way TEXT NOT NULL DEFAULT 'cancelled'
    CHECK (way IN ('cancelled', 'declared', 'checked', 'shared'));
ALTER TABLE forbidden_requests ADD COLUMN ground_zh TEXT NOT NULL DEFAULT '';
ALTER TABLE forbidden_requests ADD COLUMN ground_en TEXT NOT NULL DEFAULT '';
CREATE INDEX forbidden_requests_by_time ON forbidden_requests (requested_at);
