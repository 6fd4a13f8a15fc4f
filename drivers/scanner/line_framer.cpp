#include "drivers/scanner/line_framer.hpp"

#include <algorithm>
#include <utility>

namespace kemas::scanner {
namespace {

constexpr char kStx = '\x02', kGs = '\x1D';

bool allowed(char c) {
    return (c >= ' ' && c <= '~') || c == kGs;
}

bool holds(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::optional<Frame> LineFramer::next(std::string_view& bytes) {
    while (!bytes.empty()) {
        const char c = bytes.front();
        bytes.remove_prefix(1);
        if (options_.terminators.find(c) != std::string::npos) {
            const bool discarded = std::exchange(discarding_, false);
            begun_ = false;
            std::string text = std::exchange(text_, {});
            if (discarded || text.empty()) continue;
            Frame frame{Frame::Kind::code, {}};
            if (text == options_.heartbeat || holds(options_.ignore, text))
                frame.kind = Frame::Kind::heartbeat;
            if (text == options_.no_read || holds(options_.no_reads, text))
                frame.kind = Frame::Kind::no_read;
            frame.text = std::move(text);
            return frame;
        }
        if (discarding_) continue;
        const bool first = !std::exchange(begun_, true);
        if (c == kStx && first) continue;
        if (!allowed(c) || text_.size() == options_.max_bytes) {
            discarding_ = true;
            text_.clear();
            return Frame{allowed(c) ? Frame::Kind::oversized : Frame::Kind::control, {}};
        }
        text_.push_back(c);
    }
    return std::nullopt;
}

bool LineFramer::reset() {
    const bool dropped = !text_.empty();
    text_.clear();
    begun_ = discarding_ = false;
    return dropped;
}

}  // namespace kemas::scanner
