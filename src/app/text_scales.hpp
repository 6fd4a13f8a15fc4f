// Scales that speak frames of their own, made from the settings and their profile.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "core/fault.hpp"
#include "drivers/profile/text_scale_profile.hpp"
#include "ports/scale.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

// Fault: profile and site together cannot weigh.
Result<std::unique_ptr<Scale>> make_text_scale(const boost::asio::any_io_executor& loop,
                                               profile::TextScaleProfile profile,
                                               const settings::ScaleSettings& from);

}  // namespace kemas::app
