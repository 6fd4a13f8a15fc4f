// A page as one job in each language beside ZPL. The page is a picture: no text of a customer is
// ever in the job, so none can become a command. Pure; knows no socket.
//
// Sources, and what is black: shared facts on TSPL (BITMAP: 0 is black), EPL2 (GW: 0), ESC/POS
// (GS v 0: 1), CPCL (CG: 1; to be seen on hardware), PWG 5102.4 (black_1: 1). Gap, darkness, speed,
// cutter and peeler are the printer's own settings and stay untouched.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/page.hpp"

namespace kemas::printer {

/// Dots a millimetre of a head: 203 dpi has 8, 300 dpi 12, 600 dpi 24.
int dots_per_mm(int dpi);

std::string encode_tspl(const Page& page);
std::string encode_epl2(const Page& page);
std::string encode_cpcl(const Page& page);
/// Rows from top to bottom without feeding: what follows the page is the printer's own setting.
std::string encode_escpos(const Page& page);
/// One page of the exact size with one image of one bit a dot, for printers behind IPP.
std::string encode_pdf(const Page& page);
/// PWG raster, black_1.
std::string encode_pwg(const Page& page);

enum class Output { zpl, tspl, epl2, escpos, cpcl, pdf, pwg };

/// By the name of a language ("tspl") or of an IPP format ("application/pdf", "image/pwg-raster").
std::optional<Output> output_named(std::string_view name);

/// The page as one job; the comment goes along where the language has one (ZPL).
std::string encode(Output output, const Page& page, std::string_view job_comment);

}  // namespace kemas::printer
