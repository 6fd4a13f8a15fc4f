// Zero and tare of a scale that speaks frames: the bytes to send, and what its own frames say about
// them. Pure: knows no line and no clock.
//
// Sources: MT-SICS reference (Z, T, TAC: A done, S done with a weight, I not now, + and - out of
// range; ES, ET, EL not understood); A&D AD-4406 p. 46-47 and AD-4401A p. 53 (the command is sent
// back, "I" it cannot now, "?" unknown); CAS CI-600D p. 76 and CI-400 p. 106 (sent back behind the
// device id, "!" failed, "?" not understood); Dini Argeo 3590 p. 68-69 and 3590EGT serial commands
// p. 7 (OK, which does not say that it was done; ERR01 to ERR04); Toledo continuous IND445 p. 50
// (no answer). So only MT-SICS tells that it is done; of the others the display must show it.
#pragma once

#include <string>
#include <string_view>

#include "drivers/profile/text_scale_profile.hpp"
#include "ports/scale.hpp"

namespace kemas::scale {

/// What this model is told; empty = its profile documents no such command.
const std::string& bytes_of(const profile::TextScaleProfile& profile, ScaleCommand what);
/// "zero", "tare", "clear tare".
std::string_view name_of(ScaleCommand what);

struct CommandAnswer {
    enum class Kind { none, done, refused };
    Kind kind = Kind::none;
    std::string why;  // of a refusal, with the next step
};

/// What one frame, heard after the command was sent, says about it. None: something else, or a
/// receipt that proves nothing.
CommandAnswer answer_to(const profile::TextScaleProfile& profile, const profile::SiteFacts& site,
                        ScaleCommand what, std::string_view frame);

}  // namespace kemas::scale
