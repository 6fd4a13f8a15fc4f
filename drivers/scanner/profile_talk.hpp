// What a model's profile says about its scanner, as the drivers take it. Knows no site.
#pragma once

#include "drivers/profile/scanner_profile.hpp"
#include "drivers/scanner/scanner_options.hpp"

namespace kemas::scanner {

Protocol protocol_of(profile::ScannerProtocol protocol);

/// Framing, answers and what is sent on connecting; the rest of `to` stays.
void take_profile(const profile::ScannerProfile& from, ScannerOptions& to);

}  // namespace kemas::scanner
