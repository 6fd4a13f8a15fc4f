// Cuts what a scale sends by itself or in answer into frames. Pure; knows no meaning. A frame is
// cut at its marks, never by timing; noise between frames is dropped.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/profile/text_scale_profile.hpp"

namespace kemas::scale {

class FrameCutter {
 public:
    FrameCutter(profile::ScaleProtocol protocol, bool checksum)
        : protocol_(protocol), checksum_(checksum) {}

    /// Whole frames, in order, without their line ends (toledo_continuous: from STX to CR, and the
    /// checksum where the profile has one; hid_pos: reports of six bytes).
    std::vector<std::string> feed(std::string_view bytes);
    void reset() {
        waiting_.clear();
        overlong_ = false;
    }

 private:
    std::vector<std::string> cut_lines();
    std::vector<std::string> cut_reports();
    std::vector<std::string> cut_toledo();

    profile::ScaleProtocol protocol_;
    bool checksum_;
    std::string waiting_;
    bool overlong_ = false;  // the line under way is none of this scale
};

}  // namespace kemas::scale
