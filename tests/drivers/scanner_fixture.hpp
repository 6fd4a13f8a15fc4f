// One loop, what a scanner delivered and what it logged, and waiting for either.
#pragma once

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "drivers/scanner/scanner_options.hpp"
#include "ports/scanner.hpp"

namespace kemas::scanner {

class ScannerFixture : public ::testing::Test {
 protected:
    template <class Options>
    Options options() {
        Options result;
        result.name = "gun";
        result.epoch = "e7";
        result.log = [this](std::string_view event, const std::string& detail) {
            log.emplace_back(event);
            details.push_back(detail);
        };
        return result;
    }
    OnScannedLine collect() {
        return [this](ScannedLine line) {
            if (!verdict.empty()) line.reply(verdict);
            lines.push_back(std::move(line));
        };
    }
    // Runs the loop until `done`, or too long.
    template <class Done>
    void until(Done done, int seconds = 20) {
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        loop.restart();
        while (!done() && std::chrono::steady_clock::now() < last) {
            loop.run_one_for(std::chrono::milliseconds(5));
            loop.restart();
        }
        ASSERT_TRUE(done());
    }
    void until_lines(std::size_t count) {
        until([&] { return lines.size() >= count; });
    }
    void run_ms(int ms) {
        loop.restart();
        loop.run_for(std::chrono::milliseconds(ms));
    }
    // Ends: nothing is left waiting.
    void drain() {
        loop.restart();
        loop.run();
    }
    std::vector<std::string> texts() const {
        std::vector<std::string> result;
        for (const ScannedLine& line : lines) result.push_back(line.text);
        return result;
    }
    boost::asio::io_context loop;
    std::vector<ScannedLine> lines;
    std::vector<std::string> log, details;
    std::string verdict;  // answered to every line at once; empty = later or never
};

}  // namespace kemas::scanner
