#include "drivers/label_pages/zpl_graphic.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "drivers/printer/zpl_base64.hpp"

namespace kemas::label_pages {
namespace {

constexpr std::size_t kMostGraphicBytes = 4U << 20;

std::string_view parameter(std::string_view& data) {
    const auto comma = data.find(',');
    const auto out = data.substr(0, comma);
    data = comma == std::string_view::npos ? std::string_view() : data.substr(comma + 1);
    return out;
}

std::size_t number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    return ec == std::errc{} && value <= kMostGraphicBytes ? value : 0;
}

bool inflate_into(std::string_view packed, std::vector<std::uint8_t>& bits) {
    uLongf size = bits.size();
    return uncompress(bits.data(), &size, reinterpret_cast<const Bytef*>(packed.data()),
                      packed.size()) == Z_OK &&
           size == bits.size();
}

// ZPL II guide, "Alternative Data Compression Scheme": G to Y repeat 1 to 19 times, g to z 20 to
// 400; a comma fills the row with white, ! with black, : repeats the row above.
class HexRows {
 public:
    HexRows(std::vector<std::uint8_t>& bits, std::size_t row_bytes)
        : bits_(bits), row_(row_bytes * 2) {}
    bool take(std::string_view data) {
        std::size_t times = 0;
        for (const char c : data) {
            if (c == '\r' || c == '\n' || c == ' ') continue;
            if (c >= 'G' && c <= 'Y')
                times += static_cast<std::size_t>(c - 'G' + 1);
            else if (c >= 'g' && c <= 'z')
                times += static_cast<std::size_t>(c - 'g' + 1) * 20;
            else if (c == ',')
                fill(0);
            else if (c == '!')
                fill(15);
            else if (c == ':')
                repeat_row();
            else if (const int dots = hex(c); dots < 0)
                return false;
            else {
                const auto most = std::min(std::max<std::size_t>(times, 1), bits_.size() * 2);
                for (std::size_t i = 0; i < most; ++i) put(dots);
                times = 0;
            }
            if (at_ >= bits_.size() * 2) break;
        }
        return at_ > 0;
    }

 private:
    static int hex(char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
    void put(int dots) {
        if (at_ >= bits_.size() * 2) return;
        bits_[at_ / 2] |= static_cast<std::uint8_t>(at_ % 2 ? dots : dots << 4);
        ++at_;
    }
    void fill(int dots) {
        const auto end = (at_ / row_ + 1) * row_;
        while (at_ < end && at_ < bits_.size() * 2) put(dots);
    }
    void repeat_row() {
        const auto begin = at_ / row_ * row_;
        for (std::size_t i = 0; i < row_ && begin >= row_ && at_ < bits_.size() * 2; ++i) {
            const auto from = begin - row_ + i;
            put(from % 2 ? bits_[from / 2] & 15 : bits_[from / 2] >> 4);
        }
        if (begin < row_) fill(0);
    }

    std::vector<std::uint8_t>& bits_;
    std::size_t row_, at_ = 0;
};

}  // namespace

std::optional<Page> graphic_of(const std::string& command, std::string_view data) {
    if (command == "^GF") {
        const auto kind = parameter(data);
        if (kind != "A" && kind != "a") return std::nullopt;
    }
    (void)parameter(data);  // ^GF: bytes that follow; ~DG: the name
    const auto total = number(parameter(data)), row = number(parameter(data));
    if (total == 0 || row == 0 || total % row || row > 1'250 || total / row > 10'000)
        return std::nullopt;
    Page page{static_cast<int>(row * 8), static_cast<int>(total / row), 203, {}};
    page.bits.resize(total);
    bool good = false;
    if (data.starts_with(":Z64:")) {
        good = inflate_into(printer::from_zpl_base64(data.substr(5)), page.bits);
    } else if (data.starts_with(":B64:")) {
        const auto bytes = printer::from_zpl_base64(data.substr(5));
        good = bytes.size() >= total;
        if (good)
            page.bits.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(total));
    } else {
        good = HexRows(page.bits, row).take(data);
    }
    return good ? std::optional(std::move(page)) : std::nullopt;
}

}  // namespace kemas::label_pages
