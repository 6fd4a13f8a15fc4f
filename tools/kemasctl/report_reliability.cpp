// kemasctl report reliability: how couriers kept their word.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/reports.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

void report_reliability(Session& session, const std::string& area) {
    const auto answer = session.ask(
        get("/api/v1/reports/reliability" + (area.empty() ? "" : "?area=" + encode(area))));
    if (!answer) return;
    if (session.json) return session.print_raw();
    std::vector<Row> rows;
    for (const auto& item : list(*answer, "rows")) {
        const auto& one = as_object(item);
        const auto share = [&](const char* name) { return cell(one, name) + " %"; };
        rows.push_back({cell(one, "courier"), cell(one, "service"),
                        text(one, "area").empty() ? "all" : text(one, "area"), cell(one, "sent"),
                        share("on_time_percent"), share("returned_percent"), share("lost_percent"),
                        yes(one, "proven") ? "" : "not yet proven"});
    }
    fmt::print(
        "Parcels whose end was told from {} to before {}; a share is believed from {} "
        "parcels on.\n",
        text(*answer, "from"), text(*answer, "before"), count(*answer, "reliable_from"));
    if (rows.empty()) return fmt::print("No courier has told of any.\n");
    fmt::print(
        "\n{}",
        table({"COURIER", "SERVICE", "AREA", "SENT", "ON TIME", "RETURNED", "LOST", ""}, rows));
    if (const auto more = count(*answer, "left_out"); more > 0)
        fmt::print("{} more: name an area with --area.\n", more);
}

}  // namespace

void add_report_reliability(CLI::App& reports, Session& session) {
    const auto area = std::make_shared<std::string>();
    auto* reliability = reports.add_subcommand(
        "reliability", "How couriers kept their word, by service and destination");
    reliability->add_option("--area", *area, "Only this area, as in 31.74");
    reliability->callback([&session, area] { report_reliability(session, *area); });
}

}  // namespace kemas::ctl
