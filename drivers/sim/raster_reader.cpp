#include "drivers/sim/raster_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace kemas::sim {
namespace {

constexpr int largest_side = 16'384;  // dots
constexpr std::size_t largest_page = 8U << 20;

// Reads from the front; the first thing that is not as expected ends it.
class Job {
 public:
    explicit Job(std::string_view bytes) : bytes_(bytes) {}

    bool failed() const { return !wrong_.empty(); }
    bool at_end() const { return at_ == bytes_.size(); }
    bool next_is(std::string_view words) const { return bytes_.substr(at_).starts_with(words); }

    void expect(std::string_view words) {
        if (failed()) return;
        if (!next_is(words)) return fail("expected \"" + std::string(words) + "\"");
        at_ += words.size();
    }
    bool take(std::string_view words) {
        if (failed() || !next_is(words)) return false;
        at_ += words.size();
        return true;
    }
    int number(int most = largest_side) {
        if (failed()) return 0;
        int value = 0;
        const auto* begin = bytes_.data() + at_;
        const auto [end, error] = std::from_chars(begin, bytes_.data() + bytes_.size(), value);
        if (error != std::errc{} || value < 0 || value > most) {
            fail("expected a number up to " + std::to_string(most));
            return 0;
        }
        at_ += static_cast<std::size_t>(end - begin);
        return value;
    }
    // Where a picture lies and how large it is, in the order the language has it.
    std::array<int, 4> four_numbers(std::string_view mark) {
        std::array<int, 4> result{};
        for (std::size_t i = 0; i < result.size(); ++i) {
            if (i > 0) expect(mark);
            result[i] = number();
        }
        return result;
    }
    // "99.5" millimetres in whole dots.
    int dots_of_mm(int per_mm) {
        const int whole = number();
        int rest = 0, scale = 1;
        if (take("."))
            while (!at_end() && bytes_[at_] >= '0' && bytes_[at_] <= '9' && scale < 10'000) {
                rest = rest * 10 + (bytes_[at_++] - '0');
                scale *= 10;
            }
        return whole * per_mm + (rest * per_mm + scale / 2) / scale;
    }
    int byte() {
        if (failed()) return 0;
        if (at_end()) return fail("ended in the middle"), 0;
        return static_cast<std::uint8_t>(bytes_[at_++]);
    }
    std::string_view raw(std::size_t count) {
        if (failed()) return {};
        if (bytes_.size() - at_ < count) return fail("the picture is cut off"), std::string_view();
        at_ += count;
        return bytes_.substr(at_ - count, count);
    }
    void end() {
        if (!failed() && !at_end()) fail("expected the end");
    }
    void fail(const std::string& what) {
        if (wrong_.empty()) wrong_ = what + " at byte " + std::to_string(at_);
    }
    ReadPage answer(Page page) {
        if (failed()) return tl::unexpected(wrong_);
        return page;
    }

 private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    std::string wrong_;
};

void make_room(Job& job, Page& page) {
    const auto size =
        static_cast<std::size_t>(page.row_bytes()) * static_cast<std::size_t>(page.height);
    if (page.width < 1 || page.width > largest_side || page.height > largest_side ||
        size > largest_page)
        return job.fail("a page of " + std::to_string(page.width) + " x " +
                        std::to_string(page.height) + " dots");
    page.bits.resize(size);
}

struct Block {
    int x = 0, y = 0, bytes = 0, height = 0;
};

// Lays raw rows on the page. What lies beyond its right edge must be blank.
void lay(Job& job, Page& page, const Block& at, bool black_is_0) {
    const auto raw =
        job.raw(static_cast<std::size_t>(at.bytes) * static_cast<std::size_t>(at.height));
    if (job.failed()) return;
    if (at.x % 8 != 0) return job.fail("a picture that does not begin at a whole byte");
    if (at.x / 8 + at.bytes > page.row_bytes() || at.y + at.height > page.height)
        return job.fail("a picture that leaves the page");
    const int spare = page.row_bytes() * 8 - page.width;
    const auto beyond = static_cast<std::uint8_t>((1U << spare) - 1);
    for (int y = 0; y < at.height; ++y)
        for (int i = 0; i < at.bytes; ++i) {
            auto dots = static_cast<std::uint8_t>(raw[static_cast<std::size_t>(y * at.bytes + i)]);
            if (black_is_0) dots = static_cast<std::uint8_t>(~dots);
            const int column = at.x / 8 + i;
            if (column + 1 == page.row_bytes() && (dots & beyond) != 0)
                return job.fail("ink beyond the right edge");
            page.bits[static_cast<std::size_t>((at.y + y) * page.row_bytes() + column)] |= dots;
        }
}

}  // namespace

ReadPage read_tspl(std::string_view bytes, int dpi) {
    const int per_mm = dpi <= 203 ? 8 : dpi <= 305 ? 12 : 24;
    Job job(bytes);
    Page page{0, 0, dpi, {}};
    job.expect("\r\nSIZE ");
    page.width = job.dots_of_mm(per_mm);
    job.expect(" mm,");
    page.height = job.dots_of_mm(per_mm);
    job.expect(" mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nCLS\r\n");
    if (!job.failed()) make_room(job, page);
    while (job.take("BITMAP ")) {
        const auto [x, y, width, height] = job.four_numbers(",");
        const Block at{x, y, width, height};
        job.expect(",0,");
        lay(job, page, at, true);
        job.expect("\r\n");
    }
    job.expect("PRINT 1,1\r\n");
    job.end();
    return job.answer(std::move(page));
}

ReadPage read_epl2(std::string_view bytes, int dpi) {
    Job job(bytes);
    Page page{0, 0, dpi, {}};
    job.expect("\nN\nq");
    page.width = job.number();
    job.expect("\nR0,0\n");
    while (job.take("GW")) {
        const auto [x, y, width, height] = job.four_numbers(",");
        const Block at{x, y, width, height};
        job.expect(",");
        page.height = std::max(page.height, at.y + at.height);
        if (!job.failed()) make_room(job, page);
        lay(job, page, at, true);
        job.expect("\n");
    }
    job.expect("P1\n");
    job.end();
    return job.answer(std::move(page));
}

ReadPage read_cpcl(std::string_view bytes) {
    Job job(bytes);
    Page page;
    job.expect("! 0 ");
    page.dpi = job.number(1'200);
    job.expect(" " + std::to_string(page.dpi) + " ");
    page.height = job.number();
    job.expect(" 1\r\nPAGE-WIDTH ");
    page.width = job.number();
    job.expect("\r\n");
    if (!job.failed()) make_room(job, page);
    while (job.take("CG ")) {
        const auto [width, height, x, y] = job.four_numbers(" ");
        const Block at{x, y, width, height};
        job.expect(" ");
        lay(job, page, at, false);
        job.expect("\r\n");
    }
    job.expect("FORM\r\nPRINT\r\n");
    job.end();
    return job.answer(std::move(page));
}

ReadPage read_escpos(std::string_view bytes, int dpi) {
    struct Piece {
        int bytes, height;
        std::string_view rows;
    };
    Job job(bytes);
    std::vector<Piece> pieces;
    Page page{0, 0, dpi, {}};
    job.expect("\x1b@");
    while (job.take("\x1dv0")) {
        if (job.byte() != 0) job.fail("a magnified picture");
        const int low = job.byte(), width = low + 256 * job.byte();
        const int low_rows = job.byte(), height = low_rows + 256 * job.byte();
        pieces.push_back(
            {width, height,
             job.raw(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))});
        page.width = std::max(page.width, width * 8);
        page.height += height;
        if (page.height > largest_side) job.fail("a page without end");
        if (job.failed()) break;
    }
    job.end();
    if (!job.failed()) make_room(job, page);
    if (job.failed()) return job.answer({});
    int top = 0;
    for (const Piece& piece : pieces)
        for (int y = 0; y < piece.height; ++y, ++top)
            std::copy_n(piece.rows.begin() + y * piece.bytes, piece.bytes,
                        page.bits.begin() + static_cast<std::ptrdiff_t>(top) * page.row_bytes());
    return job.answer(std::move(page));
}

}  // namespace kemas::sim
