-- Kemas ledger, version 10: what shops declare, and how couriers kept their word.

ALTER TABLE effects RENAME COLUMN reprint_reason TO about;
ALTER TABLE parcels ADD COLUMN tariff TEXT NOT NULL DEFAULT '';
ALTER TABLE parcels ADD COLUMN promised INTEGER;  -- day since 1970
CREATE INDEX parcels_labelled ON parcels (labelled_at) WHERE labelled_at > 0;
ALTER TABLE channel_packages ADD COLUMN declared_weight INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel_packages ADD COLUMN declared_length INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel_packages ADD COLUMN declared_width INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel_packages ADD COLUMN declared_height INTEGER NOT NULL DEFAULT 0;

CREATE TABLE listings (  -- one unit as a shop's catalogue has it
    channel TEXT NOT NULL, shop TEXT NOT NULL, sku TEXT NOT NULL,
    weight INTEGER NOT NULL, length INTEGER NOT NULL, width INTEGER NOT NULL,
    height INTEGER NOT NULL, told_at INTEGER NOT NULL,
    PRIMARY KEY (channel, shop, sku)
) WITHOUT ROWID, STRICT;

CREATE TABLE parcel_ends (  -- of parcels with a courier, by the day their end was told
    day INTEGER NOT NULL, courier TEXT NOT NULL, service TEXT NOT NULL, area TEXT NOT NULL,
    sent INTEGER NOT NULL, on_time INTEGER NOT NULL, returned INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    PRIMARY KEY (day, courier, service, area)
) WITHOUT ROWID, STRICT;
