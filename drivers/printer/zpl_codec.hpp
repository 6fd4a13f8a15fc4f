// ZPL II, the words: a page as a job, a channel's own label made safe to pass through, the barcodes
// in it. Pure; knows no socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fault.hpp"
#include "core/page.hpp"

namespace kemas::printer {

/// One label as ZPL raster: `^XA ^FX comment ^FS ^PW ^LL ^FO0,0 ^GFA :Z64: ^PQ1 ^XZ`. States that
/// an earlier label may have left behind (origin, mirror, inversion, units) are set back first.
/// Black dots are 1. Of the comment only [A-Za-z0-9 =._/-] survives.
std::string encode_zpl(const Page& page, std::string_view job_comment);

/// The page of a label that encode_zpl() made; none for any other ZPL.
std::optional<Page> page_of(std::string_view zpl);

constexpr std::size_t largest_channel_zpl = 256 * 1024;  // bytes

/// A channel's label, fit to send: exactly one printing format, one copy, our job comment. Formats
/// that only set things up are merged into it. Commands that do not draw are left out: everything
/// that starts with ~ (~JR, ~JS, ~HS ...), media and head settings (^MM ^MN ^MT ^MD ^PR ^LT ^LS
/// ...), storage (^DF ^ID ^IS ~DY), saved settings (^JU), network, passwords and languages (^N* ^KP
/// ^SZ ^SX), ^PQ. A graphic stored by ~DG is put in place of its ^XG. Faults: too large, no or
/// several labels, changed prefixes (^CC ^CD ^CT), recalled formats (^XF ^IL), graphics it does not
/// bring along, binary graphics.
Result<std::string> channel_zpl(std::string_view zpl, std::string_view job_comment);

/// What the Code 128 fields (^BC) of a label read back as, without repeats: hex escapes (^FH) and
/// invocation codes (>; >: >5 >8 ...) resolved, a leading FNC1 left out, others as GS (0x1D).
std::vector<std::string> zpl_barcodes(std::string_view zpl);

/// CRC-16/XMODEM, which ^GF asks for over the Base64 text.
std::uint16_t crc16_xmodem(std::string_view bytes);

/// `text` with only what may stand in a ^FX comment, at most 120 characters.
std::string zpl_comment(std::string_view text);

}  // namespace kemas::printer
