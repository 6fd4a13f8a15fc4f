-- Kemas ledger, version 2: stock by lot, the marks of single units, manifests, returns, devices.

CREATE TABLE lots (
    sku TEXT NOT NULL, lot TEXT NOT NULL, expiry TEXT NOT NULL,  -- "2027-02-28"
    PRIMARY KEY (sku, lot)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_by_lot (
    sku TEXT NOT NULL, location TEXT NOT NULL, lot TEXT NOT NULL,
    quantity INTEGER NOT NULL DEFAULT 0, reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    PRIMARY KEY (sku, location, lot)
) STRICT, WITHOUT ROWID;
INSERT INTO stock_by_lot SELECT sku, location, '', quantity, reserved FROM stock;
DROP TABLE stock;
ALTER TABLE stock_by_lot RENAME TO stock;
ALTER TABLE stock_moves ADD COLUMN lot TEXT NOT NULL DEFAULT '';

CREATE TABLE reservations_by_lot (
    order_id INTEGER NOT NULL, line_no INTEGER NOT NULL, location TEXT NOT NULL, lot TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (order_id, line_no, location, lot)
) STRICT, WITHOUT ROWID;
INSERT INTO reservations_by_lot SELECT order_id, line_no, location, '', quantity FROM reservations;
DROP TABLE reservations;
ALTER TABLE reservations_by_lot RENAME TO reservations;

ALTER TABLE skus ADD COLUMN by_lot INTEGER NOT NULL DEFAULT 0;
ALTER TABLE skus ADD COLUMN by_expiry INTEGER NOT NULL DEFAULT 0;
ALTER TABLE skus ADD COLUMN by_serial INTEGER NOT NULL DEFAULT 0;

CREATE TABLE line_marks (  -- lot, expiry and serial of the units picked for a line
    order_id INTEGER NOT NULL, line_no INTEGER NOT NULL, sku TEXT NOT NULL, lot TEXT NOT NULL,
    expiry TEXT NOT NULL, serial TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (order_id, line_no, lot, expiry, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_marks_serial ON line_marks (sku, serial) WHERE serial <> '';
CREATE INDEX line_marks_lot ON line_marks (sku, lot) WHERE lot <> '';  -- recall: who got this lot

ALTER TABLE stations ADD COLUMN lot TEXT NOT NULL DEFAULT '';
ALTER TABLE stations ADD COLUMN last_lot TEXT NOT NULL DEFAULT '';
ALTER TABLE stations ADD COLUMN last_mark_lot TEXT NOT NULL DEFAULT '';
ALTER TABLE stations ADD COLUMN last_mark_expiry TEXT NOT NULL DEFAULT '';
ALTER TABLE stations ADD COLUMN last_mark_serial TEXT NOT NULL DEFAULT '';

CREATE TABLE manifests (
    id INTEGER PRIMARY KEY, courier TEXT NOT NULL, station TEXT NOT NULL,
    opened_at INTEGER NOT NULL, closed_at INTEGER NOT NULL, closed_by TEXT NOT NULL,
    parcels INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX manifests_open ON manifests (courier) WHERE closed_at = 0;
ALTER TABLE parcels ADD COLUMN manifest_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE parcels ADD COLUMN returned_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX parcels_manifest ON parcels (manifest_id) WHERE manifest_id > 0;

CREATE TABLE returns (
    id INTEGER PRIMARY KEY, parcel_id INTEGER NOT NULL REFERENCES parcels (id),
    order_id INTEGER NOT NULL, station TEXT NOT NULL, opened_at INTEGER NOT NULL,
    opened_by TEXT NOT NULL, closed_at INTEGER NOT NULL, closed_by TEXT NOT NULL
) STRICT;
CREATE INDEX returns_parcel ON returns (parcel_id);
CREATE TABLE return_items (
    return_id INTEGER NOT NULL REFERENCES returns (id), order_id INTEGER NOT NULL,
    line_no INTEGER NOT NULL, sku TEXT NOT NULL, good INTEGER NOT NULL CHECK (good >= 0),
    damaged INTEGER NOT NULL CHECK (damaged >= 0),
    PRIMARY KEY (return_id, order_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX return_items_line ON return_items (order_id, line_no);

CREATE TABLE devices (  -- what each was doing last; the settings say which there are
    name TEXT PRIMARY KEY, kind TEXT NOT NULL, up INTEGER NOT NULL, state TEXT NOT NULL,
    error TEXT NOT NULL, since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
