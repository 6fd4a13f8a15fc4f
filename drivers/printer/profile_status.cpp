#include "drivers/printer/profile_status.hpp"

#include <algorithm>

#include "drivers/printer/byte_status.hpp"
#include "drivers/profile/printer_status.hpp"

namespace kemas::printer {
namespace {

std::size_t reply_size(const StatusQueries& queries) {
    std::size_t size = 0;
    for (const auto& query : queries) size += static_cast<std::size_t>(query.reply_bytes);
    return size;
}

// What hinders most comes first: of several only one is told.
struct Meaning {
    std::string_view name;
    NotReady obstacle;
};

const std::vector<Meaning>& obstacles() {
    static const std::vector<Meaning> all{
        {"head_open", {"head-open", "The printer's head or cover is open: close it."}},
        {"cover_open", {"head-open", "The printer's head or cover is open: close it."}},
        {"paper_out", {"paper-out", "The printer is out of labels: load a roll."}},
        {"paper_jam", {"jam", "Labels are jammed in the printer: open it and clear them."}},
        {"ribbon_out", {"ribbon-out", "The printer's ribbon is used up: load one."}},
        {"cutter", {"cutter", "The printer's cutter is stuck: clear it."}},
        {"temperature", {"temperature", "The printer is too hot or too cold: let it settle."}},
        {"error",
         {"error",
          "The printer reports an error: look at its lamps; if it stays, switch it off and on, "
          "then call service."}},
        {"paused", {"paused", "The printer is paused: press its pause key."}},
        {"feeding", {"feeding", "Somebody holds the printer's feed key: let it go."}},
        {"offline", {"offline", "The printer is off line: look at its lamps."}},
    };
    return all;
}

}  // namespace

StatusQueries byte_queries(const profile::PrinterProfile& profile) {
    for (const auto& query : profile.queries)
        if (query.reply != profile::StatusQuery::Reply::bytes) return {};
    return profile.queries;
}

std::string question_of(const StatusQueries& queries) {
    std::string question;
    for (const auto& query : queries) question += query.ask;
    return question;
}

bool is_whole_answer(const StatusQueries& queries, std::string_view heard) {
    return heard.size() >= reply_size(queries);
}

Result<PrinterSays> understand(Language language, const StatusQueries& queries,
                               std::string_view heard) {
    // The newest answer to a single question: an older one may be late.
    const std::size_t size = reply_size(queries);
    heard = queries.size() == 1 ? heard.substr(heard.size() - size) : heard.substr(0, size);
    if (const auto strange = not_of(language, heard)) return tl::unexpected(*strange);
    std::vector<std::string> told;
    for (const auto& query : queries) {
        const auto bytes = static_cast<std::size_t>(query.reply_bytes);
        const auto states = profile::printer_states(query, heard.substr(0, bytes));
        if (states) told.insert(told.end(), states->begin(), states->end());
        heard.remove_prefix(bytes);
    }
    const auto is = [&](std::string_view name) {
        return std::find(told.begin(), told.end(), name) != told.end();
    };
    PrinterSays says;
    for (const auto& [name, obstacle] : obstacles()) {
        if (!is(name)) continue;
        says.obstacle = obstacle;
        says.state = obstacle.state;
        return says;
    }
    says.busy = is("busy") || is("printing") || is("resetting");
    if (says.busy)
        says.state = "printing";
    else if (is("waiting_to_be_taken"))
        says.state = "take-label";
    else if (is("paper_low"))
        says.state = "paper-low";
    else if (is("battery_low"))
        says.state = "battery-low";
    return says;
}

}  // namespace kemas::printer
