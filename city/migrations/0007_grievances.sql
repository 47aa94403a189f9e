-- What could not be done in one trip. Its case stands in cases; the day by which it is to be answered is promised_by.
CREATE TABLE grievances (
    citizen_id TEXT NOT NULL,
    case_id TEXT NOT NULL UNIQUE,
    -- Which desk has it, counted from 1, and what that is called.
    level INTEGER NOT NULL,
    -- The level at which it was received: an answer that did not help is complained about one desk higher.
    first_level INTEGER NOT NULL,
    desk_zh TEXT NOT NULL,
    desk_en TEXT NOT NULL,
    -- Whose business it is: the department that its desks belong to.
    department_zh TEXT NOT NULL,
    department_en TEXT NOT NULL,
    -- What it is about; empty where it is about nothing that is known.
    about_case_id TEXT NOT NULL DEFAULT '',
    about_zh TEXT NOT NULL DEFAULT '',
    about_en TEXT NOT NULL DEFAULT '',
    -- Whether the citizen lets the desk read that case.
    shares_case INTEGER NOT NULL DEFAULT 0 CHECK (shares_case IN (0, 1)),
    -- How often the citizen went in vain.
    trips INTEGER NOT NULL DEFAULT 0,
    answer_zh TEXT NOT NULL DEFAULT '',
    answer_en TEXT NOT NULL DEFAULT '',
    put_right INTEGER NOT NULL DEFAULT 0 CHECK (put_right IN (0, 1)),
    answered_by_zh TEXT NOT NULL DEFAULT '',
    answered_by_en TEXT NOT NULL DEFAULT '',
    answered_at TEXT,
    PRIMARY KEY (citizen_id, case_id),
    FOREIGN KEY (citizen_id, case_id) REFERENCES cases (citizen_id, case_id)
) STRICT;

CREATE INDEX grievances_open ON grievances (case_id) WHERE answered_at IS NULL;
