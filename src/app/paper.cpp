#include "app/paper.hpp"

#include <algorithm>

#include "drivers/profile/load_profile.hpp"
#include "label/png.hpp"

namespace kemas::app {
namespace {

// A label may be a little narrower or shorter than its carrier says.
constexpr std::int64_t tolerance_tenths_mm = 15;

std::string millimetres(std::int64_t tenths) {
    return std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "") +
           " mm";
}

std::string list_of(const std::vector<int>& all) {
    std::string text;
    for (const int each : all) text += (text.empty() ? "" : " or ") + std::to_string(each);
    return text;
}

RefusedLabel refusal(const Paper& paper, std::string field, const std::string& why) {
    return {std::move(field), "The printer " + paper.printer + " " + why};
}

// The label on the roll must be as the page: a shorter one loses what is at the end.
std::optional<RefusedLabel> size_misfit(const Paper& paper, const char* field, std::int64_t page,
                                        std::int64_t label) {
    if (label == 0 || std::abs(page - label) <= tolerance_tenths_mm) return std::nullopt;
    return refusal(paper, field,
                   "has labels of " + millimetres(label) + " (" + field + "), the layout is " +
                       millimetres(page) + ": load the right labels or use another layout.");
}

}  // namespace

Result<Paper> paper_of(const settings::PrinterSettings& printer) {
    Paper paper;
    paper.printer = printer.name;
    paper.language = printer.language;
    if (!printer.profile.empty()) {
        const auto profile = profile::load_printer_profile(printer.profile);
        if (!profile) return tl::unexpected(profile.error());
        if (paper.language.empty()) paper.language = profile::name_of(profile->language);
        paper.dpi = profile->dpi;
        paper.max_width_dots = profile->max_width_dots;
    }
    if (paper.language.empty()) paper.language = "zpl";
    paper.output = printer::output_named(paper.language);
    // A queue that is told what the bytes are gets just that.
    if (printer.transport == settings::PrinterSettings::Transport::ipp) {
        if (const auto asked = printer::output_named(printer.format)) {
            paper.output = asked;
            paper.language = printer.format;
        } else if (printer.format == "image/png") {
            paper.output = std::nullopt;
            paper.language = printer.format;
        }
    }
    if (printer.dpi > 0) paper.dpi = {printer.dpi};
    paper.width_tenths_mm = printer.width_tenths_mm;
    paper.height_tenths_mm = printer.height_tenths_mm;
    return paper;
}

std::map<std::string, Paper> papers_of(const settings::Settings& settings) {
    std::map<std::string, Paper> all;
    for (const auto& printer : settings.printers)
        if (auto paper = paper_of(printer)) all.emplace(printer.name, std::move(*paper));
    return all;
}

std::optional<RefusedLabel> misfit(const Page& page, const Paper& paper) {
    if (!paper.dpi.empty() &&
        std::find(paper.dpi.begin(), paper.dpi.end(), page.dpi) == paper.dpi.end())
        return refusal(paper, "dpi",
                       "has " + list_of(paper.dpi) + " dpi, the layout is drawn for " +
                           std::to_string(page.dpi) + ": set dpi in the layout or the printer.");
    const int per_mm = printer::dots_per_mm(page.dpi);
    if (paper.max_width_dots > 0 && page.width > paper.max_width_dots)
        return refusal(paper, "width_mm",
                       "prints " + std::to_string(paper.max_width_dots) +
                           " dots across, the layout has " + std::to_string(page.width) +
                           ": use a narrower layout or a wider printer.");
    if (auto wrong =
            size_misfit(paper, "width_mm", page.width * 10 / per_mm, paper.width_tenths_mm))
        return wrong;
    return size_misfit(paper, "height_mm", page.height * 10 / per_mm, paper.height_tenths_mm);
}

std::optional<RefusedLabel> zpl_misfit(const Paper& paper) {
    if (paper.output == printer::Output::zpl) return std::nullopt;
    return refusal(paper, "label",
                   "speaks " + paper.language +
                       ", the channel's label is ZPL and is never redrawn: print it at a station "
                       "with a ZPL printer, or fetch it from the channel as PDF or PNG.");
}

std::string job_of(const Page& page, const Paper& paper, const std::string& comment) {
    if (!paper.output) return label::to_png(page);
    return printer::encode(*paper.output, page, comment);
}

}  // namespace kemas::app
