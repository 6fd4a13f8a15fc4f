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

// The prefix and the separator may hold what no code may.
bool LineFramer::fits(char c) const {
    const std::size_t at = text_.size();
    return allowed(c) || (at < options_.prefix.size() && c == options_.prefix[at]) ||
           options_.separator.find(c) != std::string::npos;
}

Frame LineFramer::frame_of(std::string text) const {
    Frame frame{Frame::Kind::code, {}};
    if (text == options_.heartbeat || holds(options_.ignore, text))
        frame.kind = Frame::Kind::heartbeat;
    if (text == options_.no_read || holds(options_.no_reads, text))
        frame.kind = Frame::Kind::no_read;
    frame.text = std::move(text);
    return frame;
}

void LineFramer::take_whole(std::string text) {
    Frame whole = frame_of(text);
    // What a reader says of itself comes without the prefix of its codes.
    if (whole.kind != Frame::Kind::code) return ready_.push_back(std::move(whole));
    if (!text.starts_with(options_.prefix)) return ready_.push_back({Frame::Kind::headless, {}});
    text.erase(0, options_.prefix.size());
    const std::string& between = options_.separator;
    for (std::size_t at = 0; !between.empty() && at != std::string::npos;) {
        at = text.find(between);
        if (at == std::string::npos) break;
        if (at > 0) ready_.push_back(frame_of(text.substr(0, at)));
        text.erase(0, at + between.size());
    }
    if (!text.empty()) ready_.push_back(frame_of(std::move(text)));
    for (Frame& each : ready_)
        if (!std::all_of(each.text.begin(), each.text.end(), allowed))
            each = {Frame::Kind::control, {}};  // a piece of a separator
}

std::optional<Frame> LineFramer::next(std::string_view& bytes) {
    const auto first_ready = [this]() -> std::optional<Frame> {
        if (ready_.empty()) return std::nullopt;
        Frame frame = std::move(ready_.front());
        ready_.pop_front();
        return frame;
    };
    if (auto frame = first_ready()) return frame;
    while (!bytes.empty()) {
        const char c = bytes.front();
        bytes.remove_prefix(1);
        if (options_.terminators.find(c) != std::string::npos) {
            const bool discarded = std::exchange(discarding_, false);
            begun_ = false;
            std::string text = std::exchange(text_, {});
            if (discarded || text.empty()) continue;
            take_whole(std::move(text));
            if (auto frame = first_ready()) return frame;
            continue;
        }
        if (discarding_) continue;
        const bool first = !std::exchange(begun_, true);
        if (c == kStx && first && !options_.prefix.starts_with(kStx)) continue;
        if (!fits(c) || text_.size() == options_.max_bytes + options_.prefix.size()) {
            discarding_ = true;
            text_.clear();
            return Frame{fits(c) ? Frame::Kind::oversized : Frame::Kind::control, {}};
        }
        text_.push_back(c);
    }
    return std::nullopt;
}

bool LineFramer::reset() {
    const bool dropped = !text_.empty();
    text_.clear();
    ready_.clear();
    begun_ = discarding_ = false;
    return dropped;
}

}  // namespace kemas::scanner
