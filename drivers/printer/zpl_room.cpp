#include "drivers/printer/zpl_room.hpp"

#include <algorithm>
#include <cstdlib>

#include "drivers/printer/zpl_tokens.hpp"

namespace kemas::printer {
namespace {

constexpr std::size_t most_blocks = 1000;
constexpr int not_there = -1;
constexpr int quiet_modules = 10;

struct Extent {
    int along = 0, across = 0;  // of the reading direction, dots
};

int times(int a, int b) {
    constexpr int most = 64'000;
    return a == 0 || b == 0 ? 0 : a > most / b ? most : a * b;
}

class Fields {
 public:
    explicit Fields(int dpi) : dpi_(dpi) {}

    // False: what it draws cannot be told.
    bool take(const ZplToken& token) {
        const auto& code = token.code;
        const auto value = [&](int n, int otherwise = 0) {
            return zpl_dots(token.data, n, otherwise);
        };
        if (code == "^MU") return token.data.empty() || (token.data[0] | 0x20) == 'd';
        if (code == "^PW") return room_.width = value(0), true;
        if (code == "^LL") return room_.height = value(0), true;
        if (code == "^LH") return home_x_ = value(0), home_y_ = value(1), true;
        if (code == "^FW") return turned_ = direction(token.data, turned_), true;
        if (code == "^BY") return take_bars(token);
        if (code == "^CF") {
            usual_ = {value(1, usual_.along), value(2, value(1, usual_.across))};
            return true;
        }
        if (code == "^FO" || code == "^FT") return begin(token);
        if (code == "^FB" || code == "^TB") return block(token), true;
        if (code == "^FP") return standing_ = !token.data.empty() && token.data[0] != 'H', true;
        if (code == "^FD" || code == "^FV" || code == "^SN") {
            letters_ = static_cast<int>(std::min<std::size_t>(token.data.size(), 4000));
            has_text_ = letters_ > 0;
            return true;
        }
        if (code == "^FS" || code == "^XZ") return end();
        if (code.starts_with("^G")) return graphic(token);
        if (code.starts_with("^A")) return font(token), true;
        if (code.starts_with("^B")) {
            symbology_ = code[2];
            field_turned_ = direction(token.data, field_turned_);
            for (int n = 0; n < 5; ++n) parameters_[n] = zpl_dots(token.data, n, not_there);
            return true;
        }
        return true;
    }

    bool end() {
        const bool told = !has_text_ || close();
        has_text_ = false;
        symbology_ = 0;
        block_ = {};
        lines_ = 1;
        gap_ = 0;
        placed_ = from_foot_ = standing_ = has_font_ = false;
        field_turned_ = turned_;
        return told;
    }
    ZplRoom room_;

 private:
    static char direction(std::string_view data, char otherwise) {
        const char c = data.empty() ? otherwise : static_cast<char>(data[0] & ~0x20);
        return c == 'N' || c == 'R' || c == 'I' || c == 'B' ? c : otherwise;
    }

    bool take_bars(const ZplToken& token) {
        module_ = std::clamp(zpl_dots(token.data, 0, module_), 1, 100);
        bar_height_ = zpl_dots(token.data, 2, bar_height_);
        return true;
    }

    bool begin(const ZplToken& token) {
        if (has_text_ && !end()) return false;
        field_turned_ = turned_;
        // Without a place of its own ^FT goes on where the last field ended.
        if (token.code == "^FT" && zpl_value(token.data, 0).empty()) return placed_ = false, true;
        x_ = home_x_ + zpl_dots(token.data, 0, 0);
        y_ = home_y_ + zpl_dots(token.data, 1, 0);
        from_foot_ = token.code == "^FT";
        const auto side = zpl_value(token.data, 2);
        to_the_left_ = !side.empty() && side[0] != '0';
        placed_ = true;
        room_.farthest_x = std::max(room_.farthest_x, x_);
        room_.lowest_y = std::max(room_.lowest_y, y_);
        return true;
    }

    void font(const ZplToken& token) {
        const char name = token.code[2];
        const bool scalable = name == '0' || name == '@';
        const int most = name >= 'P' && name <= 'V' ? 80 : 60;  // of a bitmap font, unmagnified
        field_turned_ = direction(token.data, field_turned_);
        const int height = zpl_dots(token.data, 1, 0);
        font_.along = height > 0 ? height : std::max(usual_.along, scalable ? 0 : most);
        const int width = zpl_dots(token.data, 2, 0);
        font_.across = std::max(width, height > 0 || width > 0 ? 0 : usual_.across);
        if (font_.across == 0) font_.across = font_.along;
        has_font_ = true;
    }

    void block(const ZplToken& token) {
        if (token.code == "^TB") {
            block_ = {zpl_dots(token.data, 1, 0), zpl_dots(token.data, 2, 0)};
            return;
        }
        block_ = {zpl_dots(token.data, 0, 0), 0};
        lines_ = std::max(1, zpl_dots(token.data, 1, 1));
        gap_ = zpl_dots(token.data, 2, 0);
    }

    // The field that ends here.
    bool close() {
        if (!placed_) return false;
        const auto& letter = has_font_ ? font_ : usual_;
        if (symbology_ != 0) {
            const auto size = symbol();
            if (!size) return false;
            const bool matrix = symbology_ == 'X' || symbology_ == 'O' || symbology_ == '0';
            const int module = symbology_ == 'Q' ? parameters_[2]
                               : matrix          ? parameters_[1]
                                                 : module_;
            const int words = std::max(12 * module_ + 10, letter.along + letter.along / 4 + 10);
            return put(*size, times(quiet_modules, module), words, true);
        }
        Extent size{times(letters_, letter.across + letter.across / 4), letter.along};
        if (block_.along > 0)
            size = {block_.along,
                    std::max(block_.across, times(lines_, letter.along + std::min(gap_, 1000)))};
        return put(size, 0, letter.along / 2 + 2, false);
    }

    // Its size without quiet zone and words; nothing = not known here.
    std::optional<Extent> symbol() const {
        const int n = letters_, first = parameters_[1], second = parameters_[2];
        const auto side = [](int modules, int module) {
            return Extent{times(modules, module), times(modules, module)};
        };
        if (symbology_ == 'Q') {
            if (second < 1) return std::nullopt;
            auto size = side(std::min(177, 21 + 4 * ((n + 6) / 7)) + 8, second);
            size.across += bar_height_ + 20;  // it begins lower than its place
            return size;
        }
        if (symbology_ == 'X') {
            if (first < 1) return std::nullopt;
            return side(std::min(144, 12 + 2 * n), first);
        }
        if (symbology_ == 'O' || symbology_ == '0') {
            if (first < 1) return std::nullopt;
            return side(std::min(151, 19 + 4 * ((n + 3) / 4)), first);
        }
        if (symbology_ == 'D') return side(30, dpi_ * 10 / 254 + 1);
        if (symbology_ == '7') {
            const int columns = parameters_[3] > 0 ? std::min(parameters_[3], 30) : 30;
            const int rows = parameters_[4] > 0 ? std::min(parameters_[4], 90) : 90;
            return Extent{times(17 * columns + 69, module_),
                          first > 0 ? times(first, rows) : times(bar_height_, 2)};
        }
        if (std::string_view("1235789ACEIJKLMPSUZ").find(symbology_) == std::string_view::npos)
            return std::nullopt;
        return Extent{times(16 * (n + 4), module_), std::max({first, second, bar_height_})};
    }

    // `around` it along its direction, `beside` above and below it.
    bool put(Extent size, int around, int beside, bool barcode) {
        if (room_.taken.size() >= most_blocks) return false;
        const bool lies = field_turned_ == 'N' || field_turned_ == 'I';
        const int w = lies ? size.along : size.across, h = lies ? size.across : size.along;
        const int dx = lies ? around : beside, dy = lies ? beside : around;
        ZplBlock it{x_ - dx, y_ - dy, x_ + w + dx, y_ + h + dy, barcode};
        // From its foot, to the left, letters below each other: wherever it may reach.
        if (to_the_left_ || standing_) it.left = x_ - w - dx;
        if (from_foot_) it.top = y_ - h - dy;
        if (from_foot_ && field_turned_ != 'N') it.left = x_ - w - dx;
        if (standing_) {
            const int most = std::max(w, h);
            it = {x_ - most, y_ - most, x_ + most, y_ + most, barcode};
        }
        room_.taken.push_back(it);
        return true;
    }

    bool graphic(const ZplToken& token) {
        const auto value = [&](int n) { return zpl_dots(token.data, n, 0); };
        const auto reach = [&](int w, int h) {
            room_.taken.push_back(
                {to_the_left_ ? x_ - w : x_, from_foot_ ? y_ - h : y_, x_ + w, y_ + h, false});
            return true;
        };
        if (!placed_ || room_.taken.size() >= most_blocks) return false;
        if (token.code == "^GB") {
            const int thick = std::max(1, value(2));
            const int w = std::max(thick, value(0)), h = std::max(thick, value(1));
            if (2 * thick >= w || 2 * thick >= h || to_the_left_ || from_foot_) return reach(w, h);
            // A frame is white inside.
            room_.taken.push_back({x_, y_, x_ + w, y_ + thick, false});
            room_.taken.push_back({x_, y_ + h - thick, x_ + w, y_ + h, false});
            room_.taken.push_back({x_, y_, x_ + thick, y_ + h, false});
            room_.taken.push_back({x_ + w - thick, y_, x_ + w, y_ + h, false});
            return true;
        }
        if (token.code == "^GC") return reach(value(0), value(0));
        if (token.code == "^GD" || token.code == "^GE") return reach(value(0), value(1));
        if (token.code == "^GS") {  // its sign comes as the field's text
            font_ = {value(1), std::max(value(1), value(2))};
            has_font_ = true;
            return font_.along > 0;
        }
        if (token.code != "^GF") return false;
        const int total = graphic_number(token.data, 2), row = graphic_number(token.data, 3);
        if (total < 1 || row < 1) return false;
        return reach(times(row, 8), (total + row - 1) / row);
    }

    static int graphic_number(std::string_view data, int n) {
        const auto text = std::string(zpl_value(data, n).substr(0, 9));
        return std::atoi(text.c_str());
    }

    int dpi_;
    int home_x_ = 0, home_y_ = 0, x_ = 0, y_ = 0;
    bool placed_ = false, from_foot_ = false, to_the_left_ = false, standing_ = false;
    char turned_ = 'N', field_turned_ = 'N';
    Extent usual_{9, 9}, font_;  // a letter: its height, its width
    bool has_font_ = false;
    Extent block_;
    int lines_ = 1, gap_ = 0;
    int module_ = 2, bar_height_ = 10;
    char symbology_ = 0;
    int parameters_[5] = {};
    int letters_ = 0;
    bool has_text_ = false;
};

}  // namespace

std::optional<ZplRoom> zpl_room(std::string_view zpl, int dpi) {
    Fields fields(dpi);
    for (const ZplToken& token : zpl_tokens(zpl))
        if (!fields.take(token)) return std::nullopt;
    if (!fields.end()) return std::nullopt;
    return fields.room_;
}

}  // namespace kemas::printer
