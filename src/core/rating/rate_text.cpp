#include "core/rating/rate_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace kemas::rating {
namespace {

constexpr char kBetween = '\t';
constexpr std::size_t kCells = 15;

// Empty cells at the end of a line are left away.
class Line {
 public:
    explicit Line(std::string& out) : out_(out) {}
    void text(std::string_view value) {
        out_ += value;
        if (!value.empty()) end_ = out_.size();
        out_ += kBetween;
    }
    void number(std::int64_t value, std::int64_t if_left_out) {
        text(value == if_left_out ? std::string() : std::to_string(value));
    }
    void close() {
        out_.resize(end_);
        out_ += '\n';
    }

 private:
    std::string& out_;
    std::size_t end_ = out_.size();
};

std::int64_t number(std::string_view text, std::int64_t if_left_out) {
    std::int64_t value = if_left_out;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

std::string rates_to_text(const RateRows& rates) {
    std::string out;
    RateRow before;
    for (const auto row : rates) {
        Line line(out);
        const bool same = row.courier == before.courier && row.service == before.service;
        line.text(same ? std::string_view("\"") : row.courier);
        line.text(same ? std::string_view() : row.service);
        line.text(row.area_prefix);
        line.number(row.first_price.value, 0);
        line.number(row.per_step.value, 0);
        line.number(row.first_g, 1000);
        line.number(row.up_to_g, 0);
        line.text(row.postal);
        line.text(row.country);
        line.text(row.zone);
        line.number(row.per_step_g, 0);
        line.number(row.exact, 0);
        line.number(row.transit_days, 0);
        line.number(row.valid_from.value, kEver.value);
        line.number(row.valid_to.value, kForever.value);
        line.close();
        before = row;
    }
    return out;
}

RateRows rates_from_text(std::string_view text) {
    RateRows rates;
    rates.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    RateRow row;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        std::array<std::string_view, kCells> cells{};
        for (auto& cell : cells) {
            const auto stop = line.find(kBetween);
            cell = line.substr(0, stop);
            line = stop == std::string_view::npos ? std::string_view{} : line.substr(stop + 1);
        }
        if (!line.empty()) continue;
        if (cells[0] != "\"") {
            row.courier = cells[0];
            row.service = cells[1];
        }
        row.area_prefix = cells[2];
        row.first_price = {number(cells[3], 0)};
        row.per_step = {number(cells[4], 0)};
        row.first_g = number(cells[5], 1000);
        row.up_to_g = number(cells[6], 0);
        row.postal = cells[7];
        row.country = cells[8];
        row.zone = cells[9];
        row.per_step_g = number(cells[10], 0);
        row.exact = number(cells[11], 0) != 0;
        row.transit_days = static_cast<int>(number(cells[12], 0));
        row.valid_from = {number(cells[13], kEver.value)};
        row.valid_to = {number(cells[14], kForever.value)};
        rates.push_back(row);
    }
    return rates;
}

}  // namespace kemas::rating
