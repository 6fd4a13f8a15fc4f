-- Kemas ledger, version 5: labels as files.
SELECT 1;
