// A courier's label as a page: its number as Code 128, in a PDF or a PNG of 100 x 150 mm. Knows no
// courier.
#pragma once

#include <string>

namespace kemas::sim {

// `format`: "pdf" or "png".
std::string label_paper(const std::string& format, const std::string& number);

}  // namespace kemas::sim
