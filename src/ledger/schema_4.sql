-- Kemas ledger, version 4: numbers bought of couriers, serials of our own, how full the pools are.

ALTER TABLE effects ADD COLUMN reference TEXT NOT NULL DEFAULT '';

CREATE TABLE number_asks (  -- what a courier's service was asked for, and what became of it
    reference TEXT PRIMARY KEY, parcel_id INTEGER NOT NULL REFERENCES parcels (id),
    courier TEXT NOT NULL, service TEXT NOT NULL, weight INTEGER NOT NULL,
    postal_code TEXT NOT NULL, cod INTEGER, state INTEGER NOT NULL, number TEXT NOT NULL,
    cost INTEGER, opened_at INTEGER NOT NULL, asked_at INTEGER NOT NULL, given_at INTEGER NOT NULL,
    void_until INTEGER NOT NULL, voided_at INTEGER NOT NULL, detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX number_asks_parcel ON number_asks (parcel_id);
CREATE INDEX number_asks_number ON number_asks (number) WHERE number <> '';
CREATE INDEX number_asks_open ON number_asks (courier, state) WHERE state IN (0, 3, 4);

CREATE TABLE serials (  -- of GS1 company prefixes: the next one to use
    prefix TEXT PRIMARY KEY, next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE number_counts (
    courier TEXT NOT NULL, service TEXT NOT NULL, state INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (courier, service, state)
) STRICT, WITHOUT ROWID;
INSERT INTO number_counts
    SELECT courier, service, state, count(*) FROM tracking_numbers GROUP BY 1, 2, 3;
CREATE TRIGGER numbers_count_new AFTER INSERT ON tracking_numbers BEGIN
    INSERT INTO number_counts VALUES (NEW.courier, NEW.service, NEW.state, 1)
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER numbers_count_moved AFTER UPDATE OF state ON tracking_numbers
    WHEN OLD.state <> NEW.state BEGIN
    UPDATE number_counts SET n = n - 1
        WHERE courier = OLD.courier AND service = OLD.service AND state = OLD.state;
    INSERT INTO number_counts VALUES (NEW.courier, NEW.service, NEW.state, 1)
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
