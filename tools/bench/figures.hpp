// Figures as they are printed: medians of rounds, and null where the rounds were too few.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kemas::bench {

constexpr std::size_t enough_rounds = 5;

double percentile(std::vector<double> values, double part);  // part 0..1; 0 of nothing
// The median, or nothing when there are fewer than `enough_rounds`.
std::optional<double> median(const std::vector<double>& values);

// One key of the JSON object; nothing = no result.
struct Figure {
    std::string key;
    std::optional<double> value;
    int decimals = 2;
};
using Figures = std::vector<Figure>;

std::string as_text(const Figures& figures);  // a line each
std::string as_json(const Figures& figures);  // one object, one line

}  // namespace kemas::bench
