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

// The same row by row, for files too large to be kept as cells. `bytes` must outlive it.
class CsvReader {
 public:
    explicit CsvReader(std::string_view bytes);
    // The next row into `row`, whose memory is used again; false at the end.
    bool next(CsvRow& row);
    char separator() const { return separator_; }
    RowFaults& errors() { return errors_; }

 private:
    bool read(CsvRow& row);
    std::string& cell(CsvRow& row, std::size_t number);
    void plain(std::string& cell);
    bool quoted(std::string& cell, int begin_line);
    void after_quote();
    bool ends_line() const { return in_[at_] == '\n' || in_[at_] == '\r'; }
    void line_end();

    std::string_view in_;
    char separator_ = ',';
    std::size_t at_ = 0;
    int line_ = 1;
    RowFaults errors_;
};

}  // namespace kemas::intake
