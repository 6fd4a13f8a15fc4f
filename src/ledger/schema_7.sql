-- Kemas ledger, version 7: packages whose shipment their channel arranges.

CREATE TABLE channel_packages (
    parcel_id INTEGER PRIMARY KEY REFERENCES parcels (id), link TEXT NOT NULL,
    package_number TEXT NOT NULL, wanted TEXT NOT NULL, done INTEGER NOT NULL,
    next TEXT NOT NULL,  -- the call it waits for; empty = none
    act_seq INTEGER NOT NULL, act_idx INTEGER NOT NULL, arranged INTEGER NOT NULL,
    method TEXT NOT NULL, address TEXT NOT NULL, slot TEXT NOT NULL, slots TEXT NOT NULL,
    slot_asked TEXT NOT NULL, cancel_id TEXT NOT NULL, cancel_answer TEXT NOT NULL,
    cancel_why TEXT NOT NULL, cancel_asked_at INTEGER NOT NULL, cancel_by INTEGER NOT NULL,
    cancel_told_at INTEGER NOT NULL, asked_at INTEGER NOT NULL, label_at INTEGER NOT NULL,
    label_tries INTEGER NOT NULL, trouble TEXT NOT NULL, opened_at INTEGER NOT NULL,
    told_at INTEGER NOT NULL
) STRICT;
CREATE INDEX channel_packages_number ON channel_packages (link, package_number);
CREATE INDEX channel_packages_open ON channel_packages (link, next) WHERE next <> '' OR trouble <> '';
