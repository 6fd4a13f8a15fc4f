#include "drivers/label_pages/judge_codes.hpp"

#include <algorithm>

#include "drivers/camera/find_barcodes.hpp"
#include "drivers/label_pages/fit_page.hpp"

namespace kemas::label_pages {
namespace {

using camera::Barcode;
using camera::GreyPicture;

// Couriers' labels carry these. ITF, Aztec and MaxiCode do not name parcels in this trade.
constexpr camera::FormatSet kLabelFormats =
    camera::kUsualFormats | *camera::format_bit("Code39") | *camera::format_bit("PDF417");
constexpr int kMargin = 40;  // dots: more than any quiet zone that matters

std::vector<Barcode> found_in(const GreyPicture& picture, camera::FormatSet formats,
                              bool thorough) {
    return camera::find_barcodes(picture,
                                 {.formats = formats, .thorough = thorough, .budget_ms = 3'000});
}

Box around(const Barcode& code, const GreyPicture& picture) {
    Box box{code.corners[0].x, code.corners[0].y, code.corners[0].x, code.corners[0].y};
    for (const auto& corner : code.corners) {
        box.left = std::min(box.left, corner.x), box.right = std::max(box.right, corner.x);
        box.top = std::min(box.top, corner.y), box.bottom = std::max(box.bottom, corner.y);
    }
    box.left = std::clamp(box.left - kMargin, 0, picture.width);
    box.top = std::clamp(box.top - kMargin, 0, picture.height);
    box.right = std::clamp(box.right + kMargin, 0, picture.width);
    box.bottom = std::clamp(box.bottom + kMargin, 0, picture.height);
    return box;
}

GreyPicture cut(const GreyPicture& picture, const Box& box) {
    GreyPicture out;
    if (box.width() < 1 || box.height() < 1) return out;
    camera::make_room(out, static_cast<std::uint32_t>(box.width()),
                      static_cast<std::uint32_t>(box.height()));
    for (int y = 0; y < out.height; ++y) {
        const auto from =
            static_cast<std::size_t>(box.top + y) * static_cast<std::size_t>(picture.width) +
            static_cast<std::size_t>(box.left);
        std::copy_n(picture.grey.begin() + static_cast<std::ptrdiff_t>(from), out.width,
                    out.grey.begin() + static_cast<std::ptrdiff_t>(y) * out.width);
    }
    return out;
}

bool holds(const std::vector<Barcode>& codes, const Barcode& wanted) {
    return std::ranges::any_of(codes, [&](const auto& code) {
        return code.text == wanted.text && code.format == wanted.format;
    });
}

bool still_reads(const Barcode& code, const GreyPicture& swollen) {
    const auto only = camera::format_bit(code.format).value_or(kLabelFormats);
    return holds(found_in(cut(swollen, around(code, swollen)), only, true), code) ||
           holds(found_in(swollen, only, true), code);
}

// Black and white runs between two points, the quiet zones left out.
std::vector<int> runs_between(const GreyPicture& picture, camera::Corner from, camera::Corner to) {
    const int steps = std::max(std::abs(to.x - from.x), std::abs(to.y - from.y));
    std::vector<int> runs;
    bool black = false;
    for (int i = 0; i <= steps; ++i) {
        const int x = from.x + (to.x - from.x) * i / std::max(1, steps);
        const int y = from.y + (to.y - from.y) * i / std::max(1, steps);
        if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
        const bool dark = picture.grey[static_cast<std::size_t>(y * picture.width + x)] < 128;
        if (runs.empty() && !dark) continue;
        if (runs.empty() || dark != black) runs.push_back(0);
        ++runs.back();
        black = dark;
    }
    if (!runs.empty() && !black) runs.pop_back();
    return runs;
}

camera::Corner middle(camera::Corner a, camera::Corner b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

// A little beyond the symbol's ends, which a reader reports to the nearest pixel.
void widen(camera::Corner& from, camera::Corner& to, int by) {
    const bool across = std::abs(to.x - from.x) >= std::abs(to.y - from.y);
    auto& low = across ? (from.x < to.x ? from.x : to.x) : (from.y < to.y ? from.y : to.y);
    auto& high = across ? (from.x < to.x ? to.x : from.x) : (from.y < to.y ? to.y : from.y);
    low -= by, high += by;
}

// Code 128: a symbol is 6 elements and 11 modules, the stop 7 and 13 (ISO/IEC 15417). EAN-13 and
// UPC-A have 95 modules, EAN-8 67 (GS1 General Specifications 5.2). A QR finder begins with 7
// black modules (ISO/IEC 18004).
int module_tenths(const Barcode& code, const GreyPicture& picture) {
    if (code.format == "QRCode") {
        const auto& a = code.corners[0];
        const auto& b = code.corners[1];
        const int in = 1 + std::max(std::abs(b.x - a.x), std::abs(b.y - a.y)) / 100;
        const auto runs = runs_between(picture, {a.x, a.y + in}, {b.x, b.y + in});
        return runs.empty() ? 0 : (runs.front() * 10 + 3) / 7;
    }
    if (!camera::is_linear(code.format)) return 0;
    auto from = middle(code.corners[0], code.corners[3]);
    auto to = middle(code.corners[1], code.corners[2]);
    widen(from, to, 2);
    const auto runs = runs_between(picture, from, to);
    int dots = 0;
    for (const int run : runs) dots += run;
    int modules = 0;
    if (code.format == "Code128" && runs.size() > 7 && (runs.size() - 7) % 6 == 0)
        modules = static_cast<int>((runs.size() - 7) / 6) * 11 + 13;
    if (code.format == "EAN-13" || code.format == "UPC-A") modules = 95;
    if (code.format == "EAN-8") modules = 67;
    return modules ? (dots * 10 + modules / 2) / modules : 0;
}

bool known(const std::vector<PageCode>& codes, const Barcode& code) {
    return std::ranges::any_of(codes, [&](const auto& each) {
        return each.text == code.text && each.format == code.format;
    });
}

}  // namespace

std::vector<PageCode> judge_codes(const Page& page) {
    const auto picture = grey_of(page);
    const auto swollen = grey_of(grown(page));
    std::vector<PageCode> codes;
    for (const auto& code : found_in(picture, kLabelFormats, true)) {
        if (known(codes, code) || codes.size() >= kMostCodes) continue;
        codes.push_back({code.format, code.text, still_reads(code, swollen), false,
                         module_tenths(code, picture)});
    }
    return codes;
}

void add_lost(std::vector<PageCode>& codes, const GreyPicture& finer, int factor) {
    for (const auto& code : found_in(finer, kLabelFormats, true))
        if (!known(codes, code) && codes.size() < kMostCodes)
            codes.push_back(
                {code.format, code.text, false, true, module_tenths(code, finer) / factor});
}

std::vector<PageCode> codes_in(const GreyPicture& picture) {
    std::vector<PageCode> codes;
    for (const auto& code : found_in(picture, kLabelFormats, true))
        if (!known(codes, code) && codes.size() < kMostCodes)
            codes.push_back({code.format, code.text, true, false, 0});
    return codes;
}

}  // namespace kemas::label_pages
