-- Kemas ledger, version 3: conveyor lines.

CREATE TABLE conveyor_lines (  -- the highest number of a parcel, used or set aside
    name TEXT PRIMARY KEY, last_number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shut_lanes (  -- lanes out of use; by: empty = the line itself
    line TEXT NOT NULL, lane TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (line, lane)
) STRICT, WITHOUT ROWID;
