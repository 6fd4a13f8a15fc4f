#include "drivers/scale/frame_cutter.hpp"

namespace kemas::scale {
namespace {

constexpr std::size_t longest = 128;  // no protocol here has a frame of half that
constexpr std::size_t report_size = 6;
constexpr char stx = 0x02, cr = 0x0D;

// A 7-bit line read as 8 bits carries its parity in the highest bit.
char seven(char c) {
    return static_cast<char>(c & 0x7F);
}

}  // namespace

std::vector<std::string> FrameCutter::feed(std::string_view bytes) {
    waiting_ += bytes;
    std::vector<std::string> frames;
    if (protocol_ == profile::ScaleProtocol::toledo_continuous)
        frames = cut_toledo();
    else if (protocol_ == profile::ScaleProtocol::hid_pos)
        frames = cut_reports();
    else
        frames = cut_lines();
    return frames;
}

std::vector<std::string> FrameCutter::cut_lines() {
    std::vector<std::string> frames;
    for (;;) {
        const auto end = waiting_.find_first_of("\r\n");
        if (end == std::string::npos) {
            if (waiting_.size() > longest) {  // its end alone must not pass for a frame
                waiting_.clear();
                overlong_ = true;
            }
            return frames;
        }
        if (end > 0 && end <= longest && !overlong_) frames.push_back(waiting_.substr(0, end));
        overlong_ = false;
        waiting_.erase(0, end + 1);
    }
}

// hidraw hands over whole reports of six bytes, never a part.
std::vector<std::string> FrameCutter::cut_reports() {
    std::vector<std::string> frames;
    for (; waiting_.size() >= report_size; waiting_.erase(0, report_size))
        frames.push_back(waiting_.substr(0, report_size));
    return frames;
}

std::vector<std::string> FrameCutter::cut_toledo() {
    std::vector<std::string> frames;
    for (;;) {
        std::size_t start = 0;
        while (start < waiting_.size() && seven(waiting_[start]) != stx) ++start;
        waiting_.erase(0, start);
        std::size_t end = 1;
        while (end < waiting_.size() && seven(waiting_[end]) != cr && seven(waiting_[end]) != stx)
            ++end;
        const std::size_t whole = end + 1 + (checksum_ ? 1 : 0);
        if (end > longest) {
            waiting_.erase(0, end);
        } else if (end < waiting_.size() && seven(waiting_[end]) == stx) {
            waiting_.erase(0, end);  // the rest of this one never came
        } else if (waiting_.size() >= whole && end < waiting_.size()) {
            frames.push_back(waiting_.substr(0, whole));
            waiting_.erase(0, whole);
        } else {
            return frames;
        }
    }
}

}  // namespace kemas::scale
