// Scanner lines of the form `#id;code`: the sender numbers its scans so that a repeat after a lost
// answer is answered again and not counted again. Does not remember ids.
#pragma once

#include <optional>
#include <string_view>

namespace kemas::barcode {

struct SentCode {
    std::optional<std::string_view> id;  // 1 to 64 visible ASCII characters without `;`
    std::string_view code;
};

// A line without a well-formed id is all code. Views into `line`.
SentCode split_sender_id(std::string_view line);

}  // namespace kemas::barcode
