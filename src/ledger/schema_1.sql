-- Kemas ledger, version 1. STRICT everywhere; money in minor units, mass in milligrams, length in
-- millimetres, time in UTC milliseconds; 0 = not yet, '' = none.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The journal is the truth and the outbox; the books below are what follows from it.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    kind TEXT NOT NULL,
    station TEXT NOT NULL,
    key TEXT NOT NULL,               -- id of the input: a repeat gets the first answer
    body TEXT NOT NULL,              -- the input as JSON, without personal data
    answer TEXT NOT NULL,
    facts TEXT NOT NULL,             -- JSON list
    facts_before INTEGER NOT NULL,   -- facts in all rows before: sinks count what waits
    hash BLOB NOT NULL               -- SHA-256 over the hash before and this row
) STRICT;
CREATE UNIQUE INDEX journal_key ON journal (key);
CREATE TABLE segments (
    no INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, hash BLOB NOT NULL, sealed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE sinks (
    name TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, facts_done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Side tables: erasing a row here leaves the chain whole.
CREATE TABLE people (
    hash TEXT PRIMARY KEY, salt TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL,
    address TEXT NOT NULL, district TEXT NOT NULL, city TEXT NOT NULL, province TEXT NOT NULL,
    postal_code TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE blobs (
    hash TEXT PRIMARY KEY, kind TEXT NOT NULL, bytes BLOB NOT NULL
) STRICT;

CREATE TABLE skus (
    sku TEXT PRIMARY KEY, name TEXT NOT NULL, weight INTEGER NOT NULL, spread INTEGER NOT NULL,
    length INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    fragile INTEGER NOT NULL, upright INTEGER NOT NULL, dangerous INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE codes (
    code TEXT NOT NULL, kind INTEGER NOT NULL, ref TEXT NOT NULL, quantity INTEGER NOT NULL,
    PRIMARY KEY (code, kind, ref)
) STRICT, WITHOUT ROWID;
CREATE TABLE locations (
    location TEXT PRIMARY KEY, pick_order INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE stock (
    sku TEXT NOT NULL, location TEXT NOT NULL, quantity INTEGER NOT NULL DEFAULT 0,
    reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    PRIMARY KEY (sku, location)
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_moves (  -- the sum of moves is the stock, always
    seq INTEGER NOT NULL, idx INTEGER NOT NULL, sku TEXT NOT NULL, from_location TEXT NOT NULL,
    to_location TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity > 0), reason TEXT NOT NULL,
    order_id INTEGER NOT NULL, line_no INTEGER NOT NULL,
    PRIMARY KEY (seq, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL, shop TEXT NOT NULL, external_id TEXT NOT NULL, owner TEXT NOT NULL,
    combine_group TEXT NOT NULL,
    state TEXT NOT NULL, state_at INTEGER NOT NULL, state_by TEXT NOT NULL, reason TEXT NOT NULL,
    cod INTEGER, value INTEGER NOT NULL,
    area_code TEXT NOT NULL, postal_code TEXT NOT NULL,
    courier TEXT NOT NULL, service TEXT NOT NULL, note TEXT NOT NULL,
    ship_by INTEGER NOT NULL, received_at INTEGER NOT NULL,
    arranged INTEGER NOT NULL, package_number TEXT NOT NULL,
    content_hash TEXT NOT NULL, person TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX orders_key ON orders (external_id, channel, shop);
CREATE INDEX orders_group ON orders (combine_group) WHERE combine_group <> '';
CREATE INDEX orders_due ON orders (ship_by, id)
    WHERE state NOT IN ('shipped', 'delivered', 'completed', 'cancelled', 'returned');
CREATE INDEX orders_stopped ON orders (state_at) WHERE state IN ('on_hold', 'cancel_asked', 'backordered');
CREATE INDEX orders_shipped ON orders (state_at) WHERE state = 'shipped';
CREATE TABLE order_counts (state TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER orders_count_new AFTER INSERT ON orders BEGIN
    INSERT INTO order_counts VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER orders_count_moved AFTER UPDATE OF state ON orders WHEN OLD.state <> NEW.state BEGIN
    UPDATE order_counts SET n = n - 1 WHERE state = OLD.state;
    INSERT INTO order_counts VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;

CREATE TABLE order_lines (
    order_id INTEGER NOT NULL REFERENCES orders (id), no INTEGER NOT NULL, sku TEXT NOT NULL,
    ordered INTEGER NOT NULL, picked INTEGER NOT NULL, packed INTEGER NOT NULL, short INTEGER NOT NULL,
    CHECK (packed <= picked AND picked + short <= ordered),
    PRIMARY KEY (order_id, no)
) STRICT, WITHOUT ROWID;
CREATE TABLE reservations (
    order_id INTEGER NOT NULL, line_no INTEGER NOT NULL, location TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (order_id, line_no, location)
) STRICT, WITHOUT ROWID;
CREATE TABLE totes (tote TEXT PRIMARY KEY, order_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE parcels (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders (id), no INTEGER NOT NULL,
    station TEXT NOT NULL, carton TEXT NOT NULL, arranged INTEGER NOT NULL,
    courier TEXT NOT NULL, service TEXT NOT NULL, tracking_number TEXT NOT NULL,
    gross INTEGER NOT NULL, expected INTEGER NOT NULL, tolerance INTEGER NOT NULL,
    weight_source TEXT NOT NULL, cost INTEGER, quote TEXT NOT NULL,
    revision INTEGER NOT NULL, reprints INTEGER NOT NULL, label TEXT NOT NULL, hold TEXT NOT NULL,
    closed_at INTEGER NOT NULL, weighed_at INTEGER NOT NULL, labelled_at INTEGER NOT NULL,
    printed_at INTEGER NOT NULL, staged_at INTEGER NOT NULL, handed_over_at INTEGER NOT NULL,
    voided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX parcels_order ON parcels (order_id);
CREATE INDEX parcels_staged ON parcels (staged_at) WHERE staged_at > 0;
CREATE TABLE parcel_items (
    parcel_id INTEGER NOT NULL REFERENCES parcels (id), order_id INTEGER NOT NULL,
    line_no INTEGER NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (parcel_id, order_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_items_order ON parcel_items (order_id);
CREATE TABLE weighings (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, parcel_id INTEGER NOT NULL, source TEXT NOT NULL,
    raw TEXT NOT NULL, verdict TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL,
    gross INTEGER NOT NULL, expected INTEGER NOT NULL, tolerance INTEGER NOT NULL,
    division INTEGER NOT NULL
) STRICT;
CREATE INDEX weighings_parcel ON weighings (parcel_id);
CREATE TABLE tracking_numbers (
    number TEXT PRIMARY KEY, courier TEXT NOT NULL, service TEXT NOT NULL,
    state INTEGER NOT NULL, parcel_id INTEGER NOT NULL, place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tracking_numbers_free ON tracking_numbers (courier, service, place) WHERE state = 0;

CREATE TABLE effects (
    seq INTEGER NOT NULL, idx INTEGER NOT NULL, kind INTEGER NOT NULL, state INTEGER NOT NULL,
    station TEXT NOT NULL, device TEXT NOT NULL, parcel_id INTEGER NOT NULL, revision INTEGER NOT NULL,
    reprint_reason TEXT NOT NULL, planned_at INTEGER NOT NULL, started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL, detail TEXT NOT NULL, resolved_by TEXT NOT NULL,
    PRIMARY KEY (seq, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX effects_open ON effects (state, seq) WHERE state IN (0, 1, 4);
CREATE INDEX effects_parcel ON effects (parcel_id, seq);

CREATE TABLE stations (
    name TEXT PRIMARY KEY, operator TEXT NOT NULL, stage INTEGER NOT NULL, order_id INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL, location TEXT NOT NULL,
    last_order INTEGER NOT NULL, last_line INTEGER NOT NULL, last_quantity INTEGER NOT NULL,
    last_location TEXT NOT NULL,
    scale TEXT NOT NULL, settling INTEGER NOT NULL, gross INTEGER NOT NULL, division INTEGER NOT NULL,
    raw TEXT NOT NULL, fault TEXT NOT NULL, used INTEGER NOT NULL, taken INTEGER NOT NULL,
    asked TEXT NOT NULL, asked_arg TEXT NOT NULL, last_code TEXT NOT NULL, last_code_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX stations_order ON stations (order_id);

CREATE TABLE imports (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, file TEXT NOT NULL, content_hash TEXT NOT NULL,
    rows INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE tariff (  -- the one in force; older versions live in the journal
    place INTEGER PRIMARY KEY, record TEXT NOT NULL, row TEXT NOT NULL
) STRICT;
