-- Places that people have booked at counters. A seat of a half hour is a row that can be there once, so nobody can be
-- given one that somebody has.

CREATE TABLE bookings (
    citizen_id TEXT NOT NULL REFERENCES residents (citizen_id),
    booking_id TEXT NOT NULL UNIQUE,
    counter_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    service_zh TEXT NOT NULL,
    service_en TEXT NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'booked' CHECK (status IN ('booked', 'cancelled', 'served')),
    revision INTEGER NOT NULL DEFAULT 1,
    booked_at TEXT NOT NULL,
    PRIMARY KEY (citizen_id, booking_id)
) STRICT;

CREATE INDEX bookings_by_counter ON bookings (counter_id, day, at);

CREATE TABLE seats (
    counter_id TEXT NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    seat INTEGER NOT NULL,
    booking_id TEXT NOT NULL UNIQUE REFERENCES bookings (booking_id),
    PRIMARY KEY (counter_id, day, at, seat)
) STRICT;
