#include "drivers/printer/ipp_status.hpp"

#include <string_view>

namespace kemas::printer {
namespace {

struct Known {
    std::string_view reason, state, why;
};
constexpr Known known[] = {
    {"cover-open", "head-open", "The printer's head or cover is open: close it."},
    {"door-open", "head-open", "The printer's head or cover is open: close it."},
    {"interlock-open", "head-open", "The printer's head or cover is open: close it."},
    {"media-empty", "paper-out", "The printer is out of labels: load a roll."},
    {"media-needed", "paper-out", "The printer is out of labels: load a roll."},
    {"media-jam", "jam", "Labels are jammed in the printer: open it and clear them."},
    {"marker-supply-empty", "ribbon-out", "The printer's ribbon is used up: load one."},
    {"toner-empty", "ribbon-out", "The printer's toner is used up: load one."},
    {"paused", "paused", "The printer is paused: resume it."},
    {"moving-to-paused", "paused", "The printer is paused: resume it."},
    {"shutdown", "offline", "The printer is switched off: switch it on."},
    {"timed-out", "offline", "The print server cannot reach the printer: check its cable."},
    {"connecting-to-device", "offline",
     "The print server is still looking for the printer: check that it is on."},
};

bool ends(std::string& reason, std::string_view suffix) {
    if (!reason.ends_with(suffix)) return false;
    reason.resize(reason.size() - suffix.size());
    return true;
}

}  // namespace

PrinterSays understand_ipp(const IppPrinterFacts& facts) {
    PrinterSays says;
    std::string unnamed;
    for (std::string reason : facts.reasons) {
        if (ends(reason, "-warning") || ends(reason, "-report") || reason == "none") {
            // One of several trays, or (ippeveprinter) the only one: it waits, so the person must
            // see.
            if (reason == "media-low" || reason == "media-empty" || reason == "media-needed")
                says.state = "paper-low";
            continue;
        }
        const bool error = ends(reason, "-error");
        for (const Known& each : known)
            if (each.reason == reason && !says.obstacle)
                says.obstacle = NotReady{std::string(each.state), std::string(each.why)};
        if (error && unnamed.empty()) unnamed = reason;
    }
    if (!says.obstacle && (facts.state == 5 || !unnamed.empty()))
        says.obstacle = NotReady{"stopped", "The printer has stopped (" +
                                                (unnamed.empty() ? "no reason told" : unnamed) +
                                                "): look at its display or its print server."};
    if (!says.obstacle && !facts.accepts_jobs)
        says.obstacle =
            NotReady{"rejecting", "The print queue takes no jobs: accept jobs on its server."};
    if (!says.obstacle && facts.state < 3)
        says.obstacle = NotReady{"unknown", "The printer does not tell its state: look at it."};
    says.busy = facts.state == 4;
    if (says.obstacle)
        says.state = says.obstacle->state;
    else if (says.busy)
        says.state = "printing";
    return says;
}

IppJobEnd end_of(const IppJobFacts& facts) {
    if (facts.state == 9) return IppJobEnd::completed;
    return facts.state == 7 || facts.state == 8 ? IppJobEnd::broken_off : IppJobEnd::none;
}

}  // namespace kemas::printer
