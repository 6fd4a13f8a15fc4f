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

class Splitter {
 public:
    Splitter(std::string_view bytes, CsvText& out) : in_(bytes), out_(out) {}

    void run() {
        while (at_ < in_.size()) row();
    }

 private:
    void row() {
        CsvRow row;
        row.line = line_;
        bool any_quoted = false;
        for (bool more = true; more;) {
            std::string cell;
            if (at_ < in_.size() && in_[at_] == '"') {
                any_quoted = true;
                if (!quoted(cell, row.line)) return;
            } else {
                plain(cell);
            }
            row.cells.push_back(std::move(cell));
            more = at_ < in_.size() && in_[at_] == out_.separator;
            if (more) ++at_;
        }
        line_end();
        if (row.cells.size() == 1 && row.cells[0].empty() && !any_quoted) return;
        out_.rows.push_back(std::move(row));
    }

    void plain(std::string& cell) {
        const std::size_t begin = at_;
        while (at_ < in_.size() && in_[at_] != out_.separator && !ends_line()) {
            if (in_[at_] == '"') stray_quote_ = true;
            ++at_;
        }
        cell = in_.substr(begin, at_ - begin);
        if (stray_quote_) {
            out_.errors.push_back({line_, "",
                                   "has a quote inside an unquoted cell: " + cell.substr(0, 40) +
                                       "; double it and quote the cell"});
            stray_quote_ = false;
        }
    }

    // False when the file is over: the quote never closes.
    bool quoted(std::string& cell, int begin_line) {
        for (++at_; at_ < in_.size(); ++at_) {
            const char c = in_[at_];
            if (c == '"') {
                if (at_ + 1 < in_.size() && in_[at_ + 1] == '"') {
                    ++at_;
                } else {
                    ++at_;
                    after_quote();
                    return true;
                }
            }
            if (c == '\n' || (c == '\r' && !(at_ + 1 < in_.size() && in_[at_ + 1] == '\n')))
                ++line_;
            cell += c;
        }
        out_.errors.push_back({begin_line, "", "has a quote that never closes"});
        return false;
    }

    void after_quote() {
        const std::size_t begin = at_;
        while (at_ < in_.size() && in_[at_] != out_.separator && !ends_line()) ++at_;
        const auto rest = in_.substr(begin, at_ - begin);
        if (rest.find_first_not_of(' ') != std::string_view::npos) {
            out_.errors.push_back(
                {line_, "", "has text behind a closing quote: " + std::string(rest.substr(0, 40))});
        }
    }

    bool ends_line() const { return in_[at_] == '\n' || in_[at_] == '\r'; }
    void line_end() {
        if (at_ >= in_.size()) return;
        if (in_[at_] == '\r' && at_ + 1 < in_.size() && in_[at_ + 1] == '\n') ++at_;
        ++at_;
        ++line_;
    }

    std::string_view in_;
    CsvText& out_;
    std::size_t at_ = 0;
    int line_ = 1;
    bool stray_quote_ = false;
};

}  // namespace

std::string to_text(const RowFault& fault) {
    std::string text;
    if (fault.line > 0) text += "line " + std::to_string(fault.line);
    if (!fault.column.empty()) text += (text.empty() ? "" : ", ") + fault.column;
    return text.empty() ? fault.reason : text + ": " + fault.reason;
}

CsvText read_csv(std::string_view bytes) {
    CsvText out;
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        out.errors.push_back({0, "", "the file is UTF-16; save it as \"CSV UTF-8\""});
        return out;
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (bytes.find('\0') != std::string_view::npos) {
        out.errors.push_back({0, "", "the file holds NUL bytes: it is not a CSV text"});
        return out;
    }
    out.separator = detect_separator(bytes);
    Splitter(bytes, out).run();
    return out;
}

}  // namespace kemas::intake
