#include "intake/csv.hpp"

namespace kemas::intake {
namespace {

char detect_separator(std::string_view bytes) {
    std::size_t semicolons = 0, commas = 0, tabs = 0;
    bool quoted = false;
    for (const char c : bytes) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        semicolons += c == ';';
        commas += c == ',';
        tabs += c == '\t';
    }
    if (tabs > semicolons && tabs > commas) return '\t';
    return semicolons > commas ? ';' : ',';
}

}  // namespace

CsvReader::CsvReader(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        errors_.push_back({0, "", "the file is UTF-16; save it as \"CSV UTF-8\""});
        return;
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (bytes.find('\0') != std::string_view::npos) {
        errors_.push_back({0, "", "the file holds NUL bytes: it is not a CSV text"});
        return;
    }
    separator_ = detect_separator(bytes);
    in_ = bytes;
}

bool CsvReader::next(CsvRow& row) {
    while (at_ < in_.size()) {
        if (read(row)) return true;
    }
    return false;
}

// The cell's string is used again: most cells are short, none costs an allocation twice.
std::string& CsvReader::cell(CsvRow& row, std::size_t number) {
    if (number == row.cells.size()) row.cells.emplace_back();
    row.cells[number].clear();
    return row.cells[number];
}

// False for a blank line, and for a row whose quote never closes.
bool CsvReader::read(CsvRow& row) {
    row.line = line_;
    bool any_quoted = false;
    std::size_t count = 0;
    for (bool more = true; more;) {
        auto& text = cell(row, count++);
        if (at_ < in_.size() && in_[at_] == '"') {
            any_quoted = true;
            if (!quoted(text, row.line)) return false;
        } else {
            plain(text);
        }
        more = at_ < in_.size() && in_[at_] == separator_;
        if (more) ++at_;
    }
    row.cells.resize(count);
    line_end();
    return count > 1 || !row.cells[0].empty() || any_quoted;
}

void CsvReader::plain(std::string& cell) {
    const std::size_t begin = at_;
    bool stray_quote = false;
    while (at_ < in_.size() && in_[at_] != separator_ && !ends_line()) {
        if (in_[at_] == '"') stray_quote = true;
        ++at_;
    }
    cell = in_.substr(begin, at_ - begin);
    if (stray_quote) {
        errors_.push_back({line_, "",
                           "has a quote inside an unquoted cell: " + cell.substr(0, 40) +
                               "; double it and quote the cell"});
    }
}

// False when the file is over: the quote never closes.
bool CsvReader::quoted(std::string& cell, int begin_line) {
    for (++at_; at_ < in_.size(); ++at_) {
        const char c = in_[at_];
        if (c == '"') {
            ++at_;
            if (at_ == in_.size() || in_[at_] != '"') {
                after_quote();
                return true;
            }
        }
        if (c == '\n' || (c == '\r' && !(at_ + 1 < in_.size() && in_[at_ + 1] == '\n'))) ++line_;
        cell += c;
    }
    errors_.push_back({begin_line, "", "has a quote that never closes"});
    return false;
}

void CsvReader::after_quote() {
    const std::size_t begin = at_;
    while (at_ < in_.size() && in_[at_] != separator_ && !ends_line()) ++at_;
    const auto rest = in_.substr(begin, at_ - begin);
    if (rest.find_first_not_of(' ') != std::string_view::npos) {
        errors_.push_back(
            {line_, "", "has text behind a closing quote: " + std::string(rest.substr(0, 40))});
    }
}

void CsvReader::line_end() {
    if (at_ >= in_.size()) return;
    if (in_[at_] == '\r' && at_ + 1 < in_.size() && in_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
}

std::string to_text(const RowFault& fault) {
    std::string text;
    if (fault.line > 0) text += "line " + std::to_string(fault.line);
    if (!fault.column.empty()) text += (text.empty() ? "" : ", ") + fault.column;
    return text.empty() ? fault.reason : text + ": " + fault.reason;
}

CsvText read_csv(std::string_view bytes) {
    CsvReader reader(bytes);
    CsvText out;
    out.separator = reader.separator();
    for (CsvRow row; reader.next(row);) out.rows.push_back(row);
    out.errors = std::move(reader.errors());
    return out;
}

}  // namespace kemas::intake
