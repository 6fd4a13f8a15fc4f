// What a printer takes: in which language, at which density, on which label. From its settings and
// its profile.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/fault.hpp"
#include "core/page.hpp"
#include "drivers/printer/raster_codecs.hpp"
#include "ports/label_press.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

struct Paper {
    std::string printer;                                           // name
    std::optional<printer::Output> output = printer::Output::zpl;  // nothing: PNG
    std::string language = "zpl";                                  // for people
    std::vector<int> dpi;                                          // of its head; empty = not said
    std::int64_t width_tenths_mm = 0, height_tenths_mm = 0;        // of the label; 0 = not said
    int max_width_dots = 0;                                        // of its head; 0 = not said
};

// Faults: a profile that cannot be read.
Result<Paper> paper_of(const settings::PrinterSettings& printer);
// By name. A printer whose profile cannot be read was refused when it was made.
std::map<std::string, Paper> papers_of(const settings::Settings& settings);

/// Why the page must not go to that printer, naming dpi, width_mm or height_mm.
std::optional<RefusedLabel> misfit(const Page& page, const Paper& paper);
/// Why a label that is ZPL already must not.
std::optional<RefusedLabel> zpl_misfit(const Paper& paper);

/// The page as the bytes that printer takes.
std::string job_of(const Page& page, const Paper& paper, const std::string& comment);

}  // namespace kemas::app
