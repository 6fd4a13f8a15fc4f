// What stands on a scanner's set-up sheet: the codes of its profile in order, then the codes that
// Kemas checks it with. Fields of a layout of kind "setup", a page each; draws nothing.
#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "app/sheet_fields.hpp"
#include "drivers/profile/scanner_profile.hpp"
#include "label/barcode.hpp"
#include "label/content.hpp"

namespace kemas::app {

/// `asked` names the scanner, and may name one page ("2") and the bluetooth_address of the host;
/// a code that needs the address is left out without it. A refusal names the field at fault.
/// Reads the scanner's profile from disk: not for the loop.
tl::expected<std::vector<Fields>, label::LabelRefusal> setup_pages(
    const settings::Settings& settings, const Fields& asked);

// How the code is drawn.
label::Symbology symbology_of(const profile::SetupCode& code);

}  // namespace kemas::app
