-- What the city has found for people before they asked, what people tell it to do with what is theirs, and parcels that
-- a carrier speaks of.

-- One row for each rule, person and occasion: the same is never found twice. The name of an offer is that of the card
-- and of the parcel that belong to it.
CREATE TABLE offers (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    offer_id TEXT NOT NULL UNIQUE,
    -- Counts all offers of the city: the card's number, its place in the status list and the parcel's number come of it.
    number INTEGER NOT NULL UNIQUE,
    rule_id TEXT NOT NULL,
    -- The day that the register had when the rule looked.
    occasion TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'standing'
        CHECK (status IN ('standing', 'declined', 'disputed', 'upheld', 'taken_back')),
    revision INTEGER NOT NULL DEFAULT 1,
    made_on TEXT NOT NULL,
    made_by_run TEXT NOT NULL,
    -- What the citizen says is wrong, and what an office answered; empty until then.
    note TEXT NOT NULL DEFAULT '',
    answer_zh TEXT NOT NULL DEFAULT '',
    answer_en TEXT NOT NULL DEFAULT '',
    disputed_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (citizen_id, offer_id),
    -- In this order a run reads the index along, as it reads the days of a register.
    UNIQUE (rule_id, occasion, citizen_id)
) STRICT;

CREATE INDEX offers_by_run ON offers (made_by_run, rule_id);
CREATE INDEX offers_disputed ON offers (disputed_at) WHERE status = 'disputed';

-- Cards from before there were offers: nobody is found again for what they have.
INSERT INTO offers (citizen_id, offer_id, number, rule_id, occasion, made_on, made_by_run)
SELECT card.citizen_id, card.credential_id, card.status_index, card.kind, who.birth_date, card.issued_on,
    card.made_by_run
FROM credentials AS card JOIN residents AS who ON who.citizen_id = card.citizen_id;

-- Rules look for days in registers.
CREATE INDEX register_records_by_value ON register_records (register, item, value);

-- What citizens told the city, as it was signed. What it came to is remembered with the key of the request.
CREATE TABLE instructions (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    transaction_id TEXT NOT NULL,
    document TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, transaction_id)
) STRICT;

-- Where a parcel goes; the name and the phone are empty where it is the registered address.
ALTER TABLE deliveries ADD COLUMN to_kind TEXT NOT NULL DEFAULT 'registered'
    CHECK (to_kind IN ('registered', 'address'));
ALTER TABLE deliveries ADD COLUMN to_name TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN to_phone TEXT NOT NULL DEFAULT '';
-- The highest place of a carrier's message that has counted.
ALTER TABLE deliveries ADD COLUMN carrier_sequence INTEGER NOT NULL DEFAULT 0;
-- When the carrier was last heard of; empty before it has the parcel.
ALTER TABLE deliveries ADD COLUMN heard_at TEXT NOT NULL DEFAULT '';
CREATE INDEX deliveries_silent ON deliveries (heard_at) WHERE heard_at <> '';

ALTER TABLE delivery_events ADD COLUMN note_zh TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery_events ADD COLUMN note_en TEXT NOT NULL DEFAULT '';
-- The carrier's name for its proof that it handed the parcel over.
ALTER TABLE delivery_events ADD COLUMN proof TEXT NOT NULL DEFAULT '';

CREATE TABLE carrier_messages (
    message_id TEXT NOT NULL PRIMARY KEY,
    tracking_number TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    message TEXT NOT NULL,
    received_at TEXT NOT NULL
) STRICT;
CREATE INDEX carrier_messages_by_parcel ON carrier_messages (tracking_number, sequence);
