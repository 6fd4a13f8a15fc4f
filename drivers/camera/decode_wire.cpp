#include "drivers/camera/decode_wire.hpp"

#include <charconv>

namespace kemas::camera {
namespace {

constexpr std::uint32_t kMagic = 0x4B444332;  // "KDC2"
constexpr std::size_t kFields = 4 + 8;        // format, aim, text, sets up, four corners

void put(HeadBytes& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<char>(value >> (24 - 8 * i) & 0xFF);
}
std::uint32_t get(const HeadBytes& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.front() != '\\') {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        unsigned byte = 0;
        if (text.size() < 4 || text[1] != 'x') return std::nullopt;
        const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 4, byte, 16);
        if (error != std::errc{} || end != text.data() + 4) return std::nullopt;
        out += static_cast<char>(byte);
        text.remove_prefix(4);
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<Barcode> barcode_of(std::string_view line) {
    const auto fields = split(line, '\t');
    if (fields.size() != kFields || !format_bit(fields[0])) return std::nullopt;
    const auto text = unescaped(fields[2]);
    if (!text || text->empty() || (fields[1].size() != 0 && fields[1].size() != 3) ||
        escaped(fields[1]) != fields[1])
        return std::nullopt;
    if (fields[3] != "0" && fields[3] != "1") return std::nullopt;
    Barcode code{std::string(fields[0]), std::string(fields[1]), *text, fields[3] == "1", {}};
    for (std::size_t i = 0; i < 4; ++i) {
        auto& corner = code.corners[i];
        for (auto [value, field] :
             {std::pair(&corner.x, fields[4 + 2 * i]), std::pair(&corner.y, fields[5 + 2 * i])}) {
            const auto* end = field.data() + field.size();
            const auto read = std::from_chars(field.data(), end, *value);
            if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
        }
    }
    return code;
}

}  // namespace

HeadBytes pack(const Head& head) {
    HeadBytes bytes{};
    put(bytes, 0, kMagic);
    put(bytes, 4, head.number);
    put(bytes, 8, head.word);
    put(bytes, 12, head.size);
    return bytes;
}

std::optional<Head> unpack(const HeadBytes& bytes) {
    if (get(bytes, 0) != kMagic) return std::nullopt;
    return Head{get(bytes, 4), get(bytes, 8), get(bytes, 12)};
}

std::string escaped(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F && byte != '\\')
            out += c;
        else
            out += {'\\', 'x', digits[byte >> 4], digits[byte & 0xF]};
    }
    return out;
}

std::string to_text(const std::vector<Barcode>& codes) {
    std::string out;
    for (const auto& code : codes) {
        std::string line = code.format + "\t" + escaped(code.aim) + "\t" + escaped(code.text) +
                           (code.sets_up_reader ? "\t1" : "\t0");
        for (const auto& corner : code.corners)
            line += "\t" + std::to_string(corner.x) + "\t" + std::to_string(corner.y);
        if (out.size() + line.size() + 1 > kMostAnswerBytes) break;
        out += line + "\n";
    }
    return out;
}

std::optional<std::vector<Barcode>> barcodes_of(std::string_view text) {
    std::vector<Barcode> codes;
    if (text.empty()) return codes;
    if (text.back() != '\n') return std::nullopt;
    text.remove_suffix(1);
    for (const auto line : split(text, '\n')) {
        auto code = barcode_of(line);
        if (!code) return std::nullopt;
        codes.push_back(std::move(*code));
    }
    return codes;
}

}  // namespace kemas::camera
