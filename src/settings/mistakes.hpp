// What is wrong in one file, by line. Knows no format.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kemas::settings {

class Mistakes {
 public:
    explicit Mistakes(std::string file) : file_(std::move(file)) {}

    // `what` reads "what, and what was expected"; lines count from 1.
    void add(int line, std::string what) { lines_.emplace_back(line, std::move(what)); }
    bool empty() const { return lines_.empty(); }
    const std::string& file() const { return file_; }
    // "file:line: what", sorted by line, one a row.
    std::string text() const;

 private:
    std::string file_;
    std::vector<std::pair<int, std::string>> lines_;
};

}  // namespace kemas::settings
