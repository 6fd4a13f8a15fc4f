#include "drivers/camera/find_barcodes.hpp"

#include <ZXing/ReadBarcode.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <exception>

namespace kemas::camera {
namespace {

constexpr std::size_t kMostBarcodes = 200;
constexpr int kMatrixTile = 320;  // ZXing 1.4 finds a small DataMatrix only in a tile like this
constexpr int kMostTiles = 120;

ZXing::BarcodeFormats zxing_formats(FormatSet wanted) {
    using enum ZXing::BarcodeFormat;
    static constexpr std::array<ZXing::BarcodeFormat, kFormats.size()> known{
        Code128, Code39, EAN13, EAN8, UPCA, ITF, QRCode, DataMatrix, PDF417, Aztec, MaxiCode};
    ZXing::BarcodeFormats formats;
    for (std::size_t i = 0; i < known.size(); ++i)
        if (wanted & (FormatSet{1} << i)) formats |= known[i];
    return formats;
}

struct Window {
    int left = 0, top = 0, width = 0, height = 0;
};

class Search {
 public:
    Search(const FindOptions& options, std::vector<Barcode>& found)
        : formats_(options.formats), careful_(options.careful), found_(found) {}

    // One symbol that fills the picture, black on white.
    void look_at_drawn(const GreyPicture& picture) {
        const auto hints = ZXing::DecodeHints()
                               .setTryDownscale(false)
                               .setTryHarder(false)
                               .setTryRotate(false)
                               .setIsPure(true)
                               .setMinLineCount(1)
                               .setBinarizer(ZXing::Binarizer::FixedThreshold)
                               .setFormats(zxing_formats(formats_));
        const ZXing::ImageView whole(picture.grey.data(), picture.width, picture.height,
                                     ZXing::ImageFormat::Lum);
        try {
            add(ZXing::ReadBarcode(whole, hints), {0, 0, picture.width, picture.height}, 1);
        } catch (const std::exception&) {  // as below
        }
    }

    // Looks at a window of `picture`, whose pixels are `scale` of the original's.
    void look(const GreyPicture& picture, const Window& at, int scale, FormatSet only = ~0U) {
        const auto formats = formats_ & only;
        if (!formats || at.width < 8 || at.height < 8 || found_.size() >= kMostBarcodes) return;
        // Its own down-scaled copies are what ZXing 1.4 aborts on: off, always.
        const auto hints = ZXing::DecodeHints()
                               .setTryDownscale(false)
                               .setTryHarder(true)
                               .setTryRotate(true)
                               .setFormats(zxing_formats(formats));
        const ZXing::ImageView whole(picture.grey.data(), picture.width, picture.height,
                                     ZXing::ImageFormat::Lum);
        const auto view = whole.cropped(at.left, at.top, at.width, at.height);
        try {
            if (careful_) return add(ZXing::ReadBarcode(view, hints), at, scale);
            for (const auto& result : ZXing::ReadBarcodes(view, hints)) add(result, at, scale);
        } catch (const std::exception&) {  // a hard picture is one in which nothing is seen
        }
    }

 private:
    void add(const ZXing::Result& result, const Window& at, int scale) {
        if (!result.isValid()) return;
        Barcode code;
        code.format = ZXing::ToString(result.format());
        code.aim = result.symbologyIdentifier();
        code.text = result.text();
        code.sets_up_reader = result.readerInit();
        // Short reads of ITF out of any striped thing are common: only ITF-14 is taken.
        if (code.text.empty() || (code.format == "ITF" && code.text.size() != 14)) return;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto corner = result.position()[i];
            code.corners[i] = {(corner.x + at.left) * scale, (corner.y + at.top) * scale};
        }
        for (const auto& other : found_)
            if (same_place(other, code)) return;
        if (found_.size() < kMostBarcodes) found_.push_back(std::move(code));
    }
    static bool same_place(const Barcode& a, const Barcode& b) {
        if (a.text != b.text || a.format != b.format) return false;
        int left = a.corners[0].x, right = left, top = a.corners[0].y, bottom = top;
        for (const auto& corner : a.corners) {
            left = std::min(left, corner.x), right = std::max(right, corner.x);
            top = std::min(top, corner.y), bottom = std::max(bottom, corner.y);
        }
        const int x = b.centre_x(), y = b.centre_y();
        const int margin = std::max({right - left, bottom - top, 32}) / 2;
        return x >= left - margin && x <= right + margin && y >= top - margin &&
               y <= bottom + margin;
    }

    FormatSet formats_;
    bool careful_;
    std::vector<Barcode>& found_;
};

// Processor time of this process: a busy machine must not cost barcodes.
std::chrono::nanoseconds worked() {
    timespec spent{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec);
}

// Tiles of about `size`, each overlapping its neighbour by half.
std::vector<Window> tiles(const GreyPicture& picture, int width, int height) {
    std::vector<Window> all;
    const int w = std::min(width, picture.width), h = std::min(height, picture.height);
    const auto steps = [](int length, int tile) {
        return length <= tile ? 1 : (length - tile + tile / 2 - 1) / std::max(1, tile / 2) + 1;
    };
    const int columns = steps(picture.width, w), rows = steps(picture.height, h);
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c)
            all.push_back({columns == 1 ? 0 : (picture.width - w) * c / (columns - 1),
                           rows == 1 ? 0 : (picture.height - h) * r / (rows - 1), w, h});
    return all;
}

}  // namespace

std::vector<Barcode> find_barcodes(const GreyPicture& picture, const FindOptions& options) {
    std::vector<Barcode> found;
    Search search(options, found);
    if (options.drawn) {
        search.look_at_drawn(picture);
        return found;
    }
    const auto last = worked() + std::chrono::milliseconds(options.budget_ms);
    const auto enough = [&] { return (!options.thorough && !found.empty()) || worked() > last; };
    const auto whole = [](const GreyPicture& p) { return Window{0, 0, p.width, p.height}; };
    search.look(picture, whole(picture), 1);
    for (const int factor : {2, 3}) {
        if (enough() || std::min(picture.width, picture.height) / factor < 100) break;
        const auto small = shrink(picture, factor);
        search.look(small, whole(small), factor);
    }
    for (const auto& tile : tiles(picture, picture.width * 5 / 8, picture.height * 5 / 8)) {
        if (enough()) break;
        search.look(picture, tile, 1);
    }
    // A huge picture gets larger tiles rather than more of them.
    int size = kMatrixTile;
    while (static_cast<std::size_t>(picture.width / size + 1) *
               static_cast<std::size_t>(picture.height / size + 1) * 4 >
           kMostTiles)
        size = size * 5 / 4;
    for (const auto& tile : tiles(picture, size, size)) {
        if (enough()) break;
        search.look(picture, tile, 1, *format_bit("DataMatrix") | *format_bit("QRCode"));
    }
    std::stable_sort(found.begin(), found.end(), [](const Barcode& a, const Barcode& b) {
        return std::pair(a.centre_y(), a.centre_x()) < std::pair(b.centre_y(), b.centre_x());
    });
    return found;
}

}  // namespace kemas::camera
