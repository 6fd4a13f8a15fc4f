// What a printer's reply of bytes means, by its profile. Pure: knows no printer and no clock;
// silence is for the driver to judge.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/profile/printer_profile.hpp"

namespace kemas::profile {

// The names that a profile may give a printer's state; none of them = ready.
bool is_printer_state(std::string_view name);
std::string printer_state_names();

// The states told by a reply to this query. Empty optional: the reply is not of the length that the
// profile says, or is of another form (zpl_host_status has a codec of its own).
std::optional<std::vector<std::string>> printer_states(const StatusQuery& query,
                                                       std::string_view reply);

}  // namespace kemas::profile
