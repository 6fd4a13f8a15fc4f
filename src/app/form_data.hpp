// The file in a request's body: the body itself, or the first file of multipart/form-data (RFC
// 7578). Knows no label.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace kemas::app {

struct FormFile {
    std::string name;  // as sent, without folders; may be empty
    std::string bytes;
};

/// Errors, in words: a form without boundary, without a file, or cut off.
tl::expected<FormFile, std::string> file_in(std::string_view content_type, std::string_view body);

}  // namespace kemas::app
