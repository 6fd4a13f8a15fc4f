// What the site file says of a scale, in the words of its profile.
#pragma once

#include "drivers/profile/scale_profile.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

profile::SiteFacts site_facts(const settings::ScaleSettings& scale);

}  // namespace kemas::app
