#include "core/bare_letter.hpp"

#include <algorithm>
#include <cstddef>

namespace kemas {
namespace {

constexpr bool is_ascii(char c) {
    return (c & 0x80) == 0;
}

// One character of UTF-8 at the front of a text; `bytes` is 0 where there is none.
struct Character {
    unsigned long code = 0;
    std::size_t bytes = 0;
};

Character front_character(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t bytes = lead < 0x80   ? 1
                              : lead < 0xC2 ? 0
                              : lead < 0xE0 ? 2
                              : lead < 0xF0 ? 3
                              : lead < 0xF5 ? 4
                                            : 0;
    if (bytes <= 1) return {lead, bytes};
    if (text.size() < bytes) return {};
    unsigned long code = lead & (0xFFu >> (bytes + 1));
    for (const char c : text.substr(1, bytes - 1)) {
        if ((c & 0xC0) != 0x80) return {};
        code = code << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
    }
    return {code, bytes};
}

std::string hexadecimal(unsigned long code, std::size_t digits) {
    std::string text;
    for (; code != 0 || text.size() < digits; code >>= 4)
        text.insert(text.begin(), "0123456789ABCDEF"[code & 0xF]);
    return text;
}

bool is_invisible(unsigned long code) {
    return code <= 0xA0 || code == 0xAD || (code >= 0x2000 && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202F) || (code >= 0x205F && code <= 0x206F) ||
           code == 0x1680 || code == 0x3000 || code == 0xFEFF;
}

bool ends_a_word(char c) {
    return static_cast<unsigned char>(c) <= ' ' ||
           std::string_view("=.[]{},#\"'\x7f").find(c) != std::string_view::npos;
}

// The name or value around `at`, of which all before `at` is ASCII.
std::string_view word_around(std::string_view text, std::size_t at) {
    std::size_t begin = at, end = at;
    while (begin > 0 && is_ascii(text[begin - 1]) && !ends_a_word(text[begin - 1])) --begin;
    while (end < text.size() && !ends_a_word(text[end])) {
        const auto character = front_character(text.substr(end));
        if (character.bytes == 0 || (character.code >= 0x80 && is_invisible(character.code))) break;
        end += character.bytes;
    }
    return text.substr(begin, end - begin);
}

class Walk {
 public:
    explicit Walk(std::string_view text) : text_(text) {
        if (text.starts_with("\xEF\xBB\xBF")) at_ = 3;
    }

    std::optional<BareLetter> find() {
        while (!done()) {
            const char c = front();
            if (!is_ascii(c)) return found();
            if (c == '#') {
                while (!done() && front() != '\n') step();
            } else if (c == '"' || c == '\'') {
                const std::string three(3, c);
                if (!rest().starts_with(three)) {
                    pass_text(c);
                } else if (auto letter = pass_long_text(c, three)) {
                    return letter;
                }
            } else {
                step();
            }
        }
        return std::nullopt;
    }

 private:
    bool done() const { return at_ == text_.size(); }
    char front() const { return text_[at_]; }
    std::string_view rest() const { return text_.substr(at_); }

    void step() {
        const char c = text_[at_++];
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else if ((c & 0xC0) != 0x80) {
            ++column_;
        }
    }
    void step(int times) {
        while (times-- > 0 && !done()) step();
    }

    // A text on one line; one that is not ended is the parser's to complain about.
    void pass_text(char quote) {
        step();
        while (!done() && front() != '\n') {
            const char c = front();
            step();
            if (c == quote) return;
            if (c == '\\' && quote == '"' && !done() && front() != '\n') step();
        }
    }

    std::optional<BareLetter> pass_long_text(char quote, std::string_view three) {
        step(3);
        while (!done()) {
            if (rest().starts_with(three)) {
                step(3);
                for (int more = 0; more < 2 && !done() && front() == quote; ++more) step();
                return std::nullopt;
            }
            const char c = front();
            step();
            if (c != '\\' || quote != '"' || done()) continue;
            if (front() == '"' || front() == '\\') {
                step();
                continue;
            }
            while (!done() && static_cast<unsigned char>(front()) <= ' ') step();
            if (done() || is_ascii(front())) continue;
            auto letter = found();
            letter.what =
                "a letter beyond ASCII follows the backslash of a text, expected the "
                "text without that backslash";
            return letter;
        }
        return std::nullopt;
    }

    BareLetter found() const {
        const auto character = front_character(rest());
        if (character.bytes == 0) {
            const auto byte = static_cast<unsigned char>(front());
            return {line_, column_,
                    "byte 0x" + hexadecimal(byte, 2) +
                        " is no UTF-8, expected a "
                        "file saved as UTF-8"};
        }
        const std::string code = "(U+" + hexadecimal(character.code, 4) + ")";
        if (is_invisible(character.code))
            return {line_, column_,
                    "an invisible character " + code + " stands outside quotes, expected none"};
        return {line_, column_,
                std::string(rest().substr(0, character.bytes)) + " " + code +
                    " stands outside quotes, expected \"" + std::string(word_around(text_, at_)) +
                    "\" in quotes"};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1, column_ = 1;
};

}  // namespace

std::string BareLetter::in(std::string_view file) const {
    return std::string(file) + ":" + std::to_string(line) + ": column " + std::to_string(column) +
           ": " + what;
}

std::optional<BareLetter> find_bare_letter(std::string_view toml) {
    return Walk(toml).find();
}

}  // namespace kemas
