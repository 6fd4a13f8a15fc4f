#include "drivers/printer/zpl_tokens.hpp"

#include <charconv>

namespace kemas::printer {

std::vector<ZplToken> zpl_tokens(std::string_view zpl) {
    std::vector<ZplToken> out;
    std::size_t at = zpl.find_first_of("^~");
    while (at != std::string_view::npos) {
        const std::size_t next = zpl.find_first_of("^~", at + 1);
        const std::string_view whole =
            zpl.substr(at, next == std::string_view::npos ? next : next - at);
        ZplToken token{std::string(whole.substr(0, 3)), {}, whole};
        for (char& c : token.code)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        token.data = whole.substr(token.code.size());
        out.push_back(std::move(token));
        at = next;
    }
    return out;
}

std::string without_line_ends(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != '\r' && c != '\n') out += c;
    return out;
}

std::string_view zpl_value(std::string_view data, int n) {
    for (; n > 0; --n) {
        const auto comma = data.find(',');
        if (comma == std::string_view::npos) return {};
        data.remove_prefix(comma + 1);
    }
    return data.substr(0, data.find(','));
}

int zpl_dots(std::string_view data, int n, int otherwise) {
    constexpr int most = 32'000;
    const auto text = zpl_value(data, n);
    int value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    return ec == std::errc{} && value >= 0 && value <= most ? value : otherwise;
}

}  // namespace kemas::printer
