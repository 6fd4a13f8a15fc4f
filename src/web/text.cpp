#include "web/text.hpp"

#include <algorithm>

namespace kemas::web {

namespace {
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool clean(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = utf8_length(text.substr(i));
        if (length == 0 || byte < 0x20 || byte == 0x7F) return false;
        i += length;
    }
    return true;
}
}  // namespace

bool same_word(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::string_view> field_of(std::string_view head, std::string_view name) {
    std::size_t at = head.find("\r\n");
    while (at != std::string_view::npos) {
        at += 2;
        const auto end = head.find("\r\n", at);
        const auto line = head.substr(at, end == std::string_view::npos ? end : end - at);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            same_word(line.substr(0, name.size()), name)) {
            return trim(line.substr(name.size() + 1));
        }
        at = end;
    }
    return std::nullopt;
}

std::size_t utf8_length(std::string_view text) {
    if (text.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = at(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    // The second byte's narrower bounds keep out overlong forms, surrogates and > U+10FFFF.
    const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (at(1) < low || at(1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80) return 0;
    }
    return length;
}

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_space) {
            out += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    if (!clean(out)) return std::nullopt;
    return out;
}

Query read_query(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const auto end = text.find('&');
        const auto part = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (part.empty()) continue;
        const auto equals = part.find('=');
        auto name = percent_decode(part.substr(0, equals), Plus::is_space);
        auto value = equals == std::string_view::npos
                         ? std::optional<std::string>("")
                         : percent_decode(part.substr(equals + 1), Plus::is_space);
        if (!name || !value) {
            query.fault = "The query part \"" + std::string(part) +
                          "\" is not percent-encoded UTF-8; encode it and send it again.";
            return query;
        }
        for (const auto& known : query.values) {
            if (known.first == *name) {
                query.fault = "The query names \"" + *name + "\" twice; send it once.";
                return query;
            }
        }
        query.values.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

}  // namespace kemas::web
