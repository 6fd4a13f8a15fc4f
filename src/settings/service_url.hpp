// Where a service of others is reached over HTTP, as the site file says. Knows no service.
#pragma once

#include <string>

#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

// `url`: needed; without a slash at its end; plain HTTP only on this computer.
std::string read_service_url(TableReader& table);
ServiceLimits read_service_limits(TableReader& table);

}  // namespace kemas::settings
