-- Kemas ledger, version 6: what a printer counted before a print, sheets that are no parcel's, and
-- labels whose scan is awaited.

ALTER TABLE effects ADD COLUMN counter INTEGER;  -- labels the printer had counted; NULL = does not
ALTER TABLE effects ADD COLUMN bytes TEXT NOT NULL DEFAULT '';  -- of a sheet: hash of its blob
DROP INDEX effects_open;
CREATE INDEX effects_open ON effects (state, seq) WHERE state IN (0, 1, 4, 6);
-- Labels that are owed: asked for, and nobody has seen them on paper.
CREATE INDEX parcels_owed ON parcels (id)
    WHERE revision > 0 AND printed_at = 0 AND staged_at = 0 AND voided_at = 0;

-- The barcode of a SKU's single unit, for its label.
CREATE INDEX codes_of_sku ON codes (ref, code) WHERE kind = 6 AND quantity = 1;
