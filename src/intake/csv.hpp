// Cells of a CSV file (RFC 4180), each row with its line. Knows no column.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kemas::intake {

struct RowFault {
    int line = 0;        // of the file, from 1; 0 = the whole file
    std::string column;  // as the header names it; empty = the whole row
    std::string reason;
    friend bool operator==(const RowFault&, const RowFault&) = default;
};
using RowFaults = std::vector<RowFault>;

// "line 3, quantity: is 0; ..."
std::string to_text(const RowFault& fault);

struct CsvRow {
    int line = 0;  // where it begins
    std::vector<std::string> cells;
};
struct CsvText {
    char separator = ',';
    std::vector<CsvRow> rows;  // blank lines left out
    RowFaults errors;          // broken quoting, UTF-16, NUL
};

// Separator `;`, `,` or tab, whichever the first line has most of outside quotes. A UTF-8 byte
// order mark is skipped; line ends are CRLF, LF or CR; quoted cells may hold all of them.
CsvText read_csv(std::string_view bytes);

}  // namespace kemas::intake
