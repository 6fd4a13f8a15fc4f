-- Kemas ledger, version 9: how goods lie in a carton; whose cash is under way.

ALTER TABLE skus ADD COLUMN keep_flat INTEGER NOT NULL DEFAULT 0;
ALTER TABLE skus ADD COLUMN goods TEXT NOT NULL DEFAULT '';
CREATE INDEX people_phone ON people (phone) WHERE phone <> '';
CREATE INDEX orders_cod_of ON orders (person) WHERE cod > 0;
