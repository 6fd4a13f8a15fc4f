-- Kemas ledger, version 5: labels that come as files, and runs of labels. Personal data of a page is
-- in its file's bytes (blobs) only.

CREATE TABLE label_files (
    id INTEGER PRIMARY KEY, hash TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL,
    by TEXT NOT NULL, arrived_at INTEGER NOT NULL, read_at INTEGER NOT NULL,
    pages INTEGER NOT NULL, fault TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX label_files_hash ON label_files (hash);
CREATE INDEX label_files_unread ON label_files (id) WHERE read_at = 0;

CREATE TABLE label_pages (
    id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES label_files (id),
    member INTEGER NOT NULL, page INTEGER NOT NULL, member_name TEXT NOT NULL, kind TEXT NOT NULL,
    fault TEXT NOT NULL, state INTEGER NOT NULL, parcel_id INTEGER NOT NULL, reason TEXT NOT NULL,
    arrived_at INTEGER NOT NULL, settled_at INTEGER NOT NULL, settled_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX label_pages_place ON label_pages (file_id, member, page);
CREATE UNIQUE INDEX label_pages_bound ON label_pages (parcel_id) WHERE state = 4;
CREATE INDEX label_pages_unmatched ON label_pages (id) WHERE state < 4;
CREATE TABLE label_page_codes (
    page_id INTEGER NOT NULL REFERENCES label_pages (id), idx INTEGER NOT NULL,
    format TEXT NOT NULL, code TEXT NOT NULL, survives INTEGER NOT NULL, lost INTEGER NOT NULL,
    module_tenths INTEGER NOT NULL,
    PRIMARY KEY (page_id, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_page_codes_code ON label_page_codes (code);
CREATE INDEX codes_of_parcel ON codes (ref) WHERE kind = 5;

CREATE TABLE label_runs (
    id INTEGER PRIMARY KEY, station TEXT NOT NULL, device TEXT NOT NULL, by TEXT NOT NULL,
    labels INTEGER NOT NULL, asked_at INTEGER NOT NULL, broken TEXT NOT NULL,
    broken_at INTEGER NOT NULL, settled_at INTEGER NOT NULL
) STRICT;
CREATE INDEX label_runs_broken ON label_runs (station) WHERE broken_at > settled_at;
CREATE TABLE run_labels (
    run_id INTEGER NOT NULL REFERENCES label_runs (id), place INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (run_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_labels_parcel ON run_labels (parcel_id);
-- What /status counts: channel parcels still without a label, and labels whose number would not scan.
CREATE INDEX parcels_unlabelled ON parcels (order_id)
    WHERE arranged = 1 AND label = '' AND voided_at = 0 AND staged_at = 0;
CREATE INDEX label_page_codes_weak ON label_page_codes (page_id) WHERE survives = 0;
-- What a run of labels takes.
CREATE INDEX parcels_to_label ON parcels (order_id)
    WHERE arranged = 1 AND label <> '' AND labelled_at = 0 AND voided_at = 0;
