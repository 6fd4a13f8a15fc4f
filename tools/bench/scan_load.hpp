// Scanners in a closed loop over real sockets: each sends its next scan when the last was answered.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "floor.hpp"

namespace kemas::bench {

class ScanLoad {
 public:
    // Connects one scanner to each port.
    explicit ScanLoad(const std::vector<std::uint16_t>& ports);
    ScanLoad(const ScanLoad&) = delete;
    ScanLoad& operator=(const ScanLoad&) = delete;
    ~ScanLoad();

    // One scan, awaited. Throws when it is refused.
    void scan(std::size_t scanner, const std::string& code);
    // The first `scanners` scan their own code for so long; the time of each in microseconds. A
    // refusal is thrown: it would be no confirmation.
    Samples run(std::size_t scanners, const std::vector<std::string>& codes, double seconds);

 private:
    struct Line {
        int fd = -1;
        std::string sender, heard;
        std::uint64_t count = 0;
        double sent_at = 0;
    };
    void send(Line& line, const std::string& code);
    bool hear(Line& line);  // true = its answer is whole

    std::vector<Line> lines_;
    int poll_ = -1;
};

}  // namespace kemas::bench
