// A CSV file with a header: cells by column name, and every fault noted with line and column.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
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

// A column by name, and where it is when that was asked before: Table::at().
struct Column {
    static constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);
    static constexpr std::size_t kAbsent = static_cast<std::size_t>(-2);
    std::string_view name;
    std::size_t place = kUnknown;
    Column(const char* column) : name(column) {}
    Column(std::string_view column) : name(column) {}
    Column(std::string_view column, std::size_t at) : name(column), place(at) {}
};

class Table {
 public:
    // Reads `bytes`, which must outlive it, row by row. Column names are compared without case and
    // outer spaces. A missing required column, an unknown one, one given twice, and an empty file
    // are errors of the file.
    Table(std::string_view bytes, const std::vector<std::string_view>& required,
          const std::vector<std::string_view>& optional);

    // Goes to the next row of the right width; false at the end, or when the header is bad.
    bool next();
    int line() const { return row_.line; }
    Column at(std::string_view column) const;
    bool is_empty(Column column) const { return cell(column).empty(); }
    bool has(std::string_view column) const { return columns_.contains(column); }

    // Of the row next() went to. All trim outer spaces; a faulty cell is noted and gives a default.
    std::string text(Column column);               // one line or many; valid UTF-8
    std::string id(Column column, bool required);  // refuses spreadsheet damage
    std::int64_t integer(Column column, std::int64_t least, std::int64_t most,
                         std::int64_t if_empty);
    std::int64_t required_integer(Column column, std::int64_t least, std::int64_t most);
    // Times 1000: grams to Milligrams.
    std::int64_t thousandths(Column column, std::int64_t most);
    bool flag(Column column);        // 1, yes, true, ya; 0, no, false, tidak, ""
    Instant instant(Column column);  // 0 = empty
    // The place of the cell's word in `words`; empty cell = 0.
    std::size_t word(Column column, std::span<const std::string_view> words);
    std::size_t word(Column column, std::initializer_list<std::string_view> words) {
        return word(column, std::span(words.begin(), words.size()));
    }

    void fault(Column column, std::string reason);
    void fault_at(int at_line, std::string_view column, std::string reason);
    bool row_is_good() const { return errors_.size() == errors_before_row_; }
    RowFaults take_errors();  // by line

 private:
    std::string_view cell(Column column) const;

    CsvReader csv_;
    std::size_t width_ = 0;
    std::map<std::string, std::size_t, std::less<>> columns_;
    bool usable_ = false;
    CsvRow row_;
    std::size_t errors_before_row_ = 0;
    RowFaults errors_;
};

}  // namespace kemas::intake
