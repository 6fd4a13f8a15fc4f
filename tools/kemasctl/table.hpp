// Text set in columns for a terminal. Knows nothing of what it says.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kemas::ctl {

using Row = std::vector<std::string>;

// A head and rows, two blanks between columns; a column of whole numbers stands on the right.
// Empty text when there are no rows.
std::string table(const Row& head, const std::vector<Row>& rows);

// "name  value" lines; pairs without a value are left out.
std::string pairs(const std::vector<std::pair<std::string, std::string>>& given);

}  // namespace kemas::ctl
