// Scanners that send lines: plain ones, Honeywell's Host ACK, DataMan and Keyence readers. Knows
// what each sends that is no code, and how each is answered.
#pragma once

#include "drivers/scanner/talk.hpp"

namespace kemas::scanner {

class LineTalk : public Talk {
 public:
    explicit LineTalk(TalkOptions options);
    std::optional<Frame> next(std::string_view& bytes) override;
    bool reset() override { return framer_.reset(); }
    std::string answer(const std::string& line) const override;
    std::string news(const std::string& line) const override;
    int answer_within_ms() const override;

 private:
    TalkOptions options_;
    LineFramer framer_;
};

}  // namespace kemas::scanner
