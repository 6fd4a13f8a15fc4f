-- Kemas ledger, version 8: what couriers say became of parcels, and numbers looked up again.

ALTER TABLE number_asks ADD COLUMN checks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE number_asks ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
ALTER TABLE number_asks ADD COLUMN tracked INTEGER NOT NULL DEFAULT 0;  -- Tracked; 8 and more: over
ALTER TABLE number_asks ADD COLUMN tracked_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE number_asks ADD COLUMN tracked_place TEXT NOT NULL DEFAULT '';
CREATE INDEX number_asks_live ON number_asks (courier, given_at) WHERE state = 1 AND tracked < 8;
CREATE INDEX number_asks_unwell ON number_asks (given_at)
    WHERE trouble <> '' OR (state = 1 AND tracked < 8 AND tracked > 3);
