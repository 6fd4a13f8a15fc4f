// What a scale's own frame means. Pure: knows no line and no clock; whether a reading is fresh is
// for the driver to say.
//
// Sources: Toledo continuous (KERN FTC p. 42, MT IND445 p. 50, MT 8217 p. 6-5, Cardinal 225 p. 126,
// Fairbanks FB3000 p. 55); MT-SICS (MT JS series p. 30, AL-IC p. 72, BTEK T104 p. 44; the answer to
// TA and the letters of S from the command set as widely implemented); CAS (CI-600D p. 74, CI-6000A
// p. 63); A&D (AD-4404 p. 82, EK-L p. 28, GC p. 51); Dini (3590EXP p. 65, LTP p. 43); HID POS scale
// usage page 0x8D (HID Point of Sale usage tables, weighing devices).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drivers/profile/text_scale_profile.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::scale {

/// The reading of one frame as FrameCutter cuts it; empty when it says nothing about the load (an
/// answer to a command, noise). Gross weight always: a net weight whose tare the frame does not
/// tell is the fault "net_shown". `division` is 0 where neither frame, profile nor site tell it.
/// Other faults: "overload", "underload", "error", "not_ready", "other_unit", "unit".
std::optional<ScaleReading> decode_frame(const profile::TextScaleProfile& profile,
                                         const profile::SiteFacts& site, std::string_view frame);

/// What profile and site together leave open, so that this scale cannot weigh; empty = nothing.
std::string weighing_gap(const profile::TextScaleProfile& profile, const profile::SiteFacts& site);

/// The frame as the weighing record keeps it: text as it is, other bytes as <0x8F>.
std::string frame_words(std::string_view frame);

/// What asks for one reading, and (mt_sics) what asks whether a tare is set; empty = the scale
/// sends by itself.
std::string reading_request(const profile::TextScaleProfile& profile);
std::string tare_question(const profile::TextScaleProfile& profile);
/// Whether this frame is the answer that there is none.
bool says_no_tare(const profile::TextScaleProfile& profile, std::string_view frame);

}  // namespace kemas::scale
