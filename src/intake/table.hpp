// A CSV file with a header: cells by column name, and every fault noted with line and column.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/quantities.hpp"
#include "intake/csv.hpp"

namespace kemas::intake {

// What an import gives: rows that can be taken, and everything that cannot. Nothing is to be
// imported while there is an error.
template <class T>
struct Import {
    std::vector<T> rows;
    RowFaults errors;
    std::vector<int> lines;  // of the file, one for each row; empty where a row is many lines
};

class Table {
 public:
    // Column names are compared without case and outer spaces. A missing required column, an
    // unknown one, one given twice, and an empty file are errors of the file.
    Table(std::string_view bytes, const std::vector<std::string_view>& required,
          const std::vector<std::string_view>& optional);

    // Goes to the next row of the right width; false at the end, or when the header is bad.
    bool next();
    int line() const { return row_->line; }
    bool has(std::string_view column) const { return columns_.contains(column); }

    // Of the row next() went to. All trim outer spaces; a faulty cell is noted and gives a default.
    std::string text(std::string_view column);               // one line or many; valid UTF-8
    std::string id(std::string_view column, bool required);  // refuses spreadsheet damage
    std::int64_t integer(std::string_view column, std::int64_t least, std::int64_t most,
                         std::int64_t if_empty);
    std::int64_t required_integer(std::string_view column, std::int64_t least, std::int64_t most);
    // Times 1000: grams to Milligrams.
    std::int64_t thousandths(std::string_view column, std::int64_t most);
    bool flag(std::string_view column);        // 1, yes, true, ya; 0, no, false, tidak, ""
    Instant instant(std::string_view column);  // 0 = empty
    // The place of the cell's word in `words`; empty cell = 0.
    std::size_t word(std::string_view column, const std::vector<std::string_view>& words);

    void fault(std::string_view column, std::string reason);
    void fault_at(int at_line, std::string_view column, std::string reason);
    bool row_is_good() const { return errors_.size() == errors_before_row_; }
    RowFaults take_errors();  // by line

 private:
    std::string_view cell(std::string_view column) const;

    CsvText csv_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    bool usable_ = false;
    std::size_t next_row_ = 1;
    const CsvRow* row_ = nullptr;
    std::size_t errors_before_row_ = 0;
    RowFaults errors_;
};

}  // namespace kemas::intake
