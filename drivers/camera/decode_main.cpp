// kemas-decode: reads one PGM (P5) or PBM (P4) picture on standard input and prints each barcode in
// it as "format<TAB>text". A child process with limits, because ZXing 1.4 may abort. Control
// characters, backslash and DEL in a text are written as \xHH. Exit 0 even when nothing was
// found; 2 when the picture cannot be read.
#include <ZXing/ReadBarcode.h>
#include <sys/resource.h>

#include <cstdio>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace {

constexpr int most_side = 10'000;
constexpr std::size_t most_bytes = 64U << 20;

struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> grey;
};

void limit(int what, rlim_t most) {
    const rlimit wanted{most, most};
    setrlimit(static_cast<__rlimit_resource>(what), &wanted);
}

// A number of the header; comments run from # to the end of the line.
std::optional<int> number(const std::string& data, std::size_t& at) {
    while (at < data.size() &&
           (std::isspace(static_cast<unsigned char>(data[at])) || data[at] == '#'))
        if (data[at] == '#')
            while (at < data.size() && data[at] != '\n') ++at;
        else
            ++at;
    int value = 0;
    const std::size_t start = at;
    for (; at < data.size() && std::isdigit(static_cast<unsigned char>(data[at])); ++at) {
        value = value * 10 + (data[at] - '0');
        if (value > 65'535) return std::nullopt;
    }
    return at == start ? std::nullopt : std::optional(value);
}

std::optional<Picture> parse(const std::string& data) {
    if (!data.starts_with("P4") && !data.starts_with("P5")) return std::nullopt;
    const bool bits = data[1] == '4';
    std::size_t at = 2;
    const auto width = number(data, at), height = number(data, at);
    const auto depth = bits ? std::optional(1) : number(data, at);
    if (!width || !height || !depth || *width < 1 || *height < 1 || *width > most_side ||
        *height > most_side || (!bits && *depth != 255))
        return std::nullopt;
    ++at;  // exactly one white space ends the header
    const auto w = static_cast<std::size_t>(*width), h = static_cast<std::size_t>(*height);
    const std::size_t row = bits ? (w + 7) / 8 : w;
    if (data.size() < at + row * h) return std::nullopt;
    Picture out{*width, *height, std::vector<std::uint8_t>(w * h)};
    for (std::size_t y = 0; y < h; ++y)
        for (std::size_t x = 0; x < w; ++x) {
            const auto byte = static_cast<std::uint8_t>(data[at + y * row + (bits ? x / 8 : x)]);
            out.grey[y * w + x] = !bits ? byte : (byte >> (7 - x % 8)) & 1 ? 0 : 255;
        }
    return out;
}

std::string printable(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F && byte != '\\') {
            out += c;
            continue;
        }
        char code[8];
        std::snprintf(code, sizeof code, "\\x%02X", byte);
        out += code;
    }
    return out;
}

}  // namespace

int main() {
    limit(RLIMIT_CPU, 2);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    limit(RLIMIT_AS, 512U << 20);  // a sanitizer maps far more than it uses
#endif
    limit(RLIMIT_CORE, 0);
    std::string data;
    char block[65'536];
    for (std::size_t n; (n = std::fread(block, 1, sizeof block, stdin)) > 0;) {
        data.append(block, n);
        if (data.size() > most_bytes) break;
    }
    const auto picture = parse(data);
    if (!picture) {
        std::cerr << "kemas-decode: expected a PGM (P5, 255 greys) or PBM (P4) picture\n";
        return 2;
    }
    // Down-scaled copies and DataBar are what ZXing 1.4 aborts on.
    using ZXing::BarcodeFormat;
    const auto hints =
        ZXing::DecodeHints()
            .setTryDownscale(false)
            .setTryHarder(true)
            .setTryRotate(true)
            .setFormats(BarcodeFormat::Code128 | BarcodeFormat::EAN13 | BarcodeFormat::UPCA |
                        BarcodeFormat::ITF | BarcodeFormat::QRCode | BarcodeFormat::DataMatrix);
    const ZXing::ImageView view(picture->grey.data(), picture->width, picture->height,
                                ZXing::ImageFormat::Lum);
    std::set<std::string> seen;
    for (const auto& result : ZXing::ReadBarcodes(view, hints)) {
        const std::string line =
            ZXing::ToString(result.format()) + std::string("\t") + printable(result.text());
        if (result.isValid() && seen.insert(line).second) std::cout << line << '\n';
    }
    return 0;
}
