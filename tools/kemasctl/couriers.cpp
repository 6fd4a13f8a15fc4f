#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

std::string connection_text(const object& courier) {
    const auto& link = part(courier, "connection");
    if (link.empty()) return "-";
    auto line = "breaker " + text(link, "breaker");
    if (const auto until = text(link, "open_until"); !until.empty()) line += " until " + until;
    return line;
}

void print_couriers(const array& couriers) {
    std::vector<Row> services, links;
    for (const auto& item : couriers) {
        const auto& courier = as_object(item);
        for (const auto& entry : list(courier, "services")) {
            const auto& service = as_object(entry);
            services.push_back({cell(courier, "name"), cell(service, "service"),
                                cell(service, "numbers"), cell(service, "rule"),
                                cell(service, "free"), cell(service, "used"),
                                cell(service, "low_water"), yes(service, "low") ? "LOW" : "-",
                                cell(service, "instead")});
        }
        const auto& link = part(courier, "connection");
        if (link.empty()) continue;
        links.push_back({cell(courier, "name"), connection_text(courier), cell(link, "waiting"),
                         cell(courier, "asked"), cell(courier, "voiding"),
                         cell(courier, "doubtful"), cell(link, "heard"), cell(link, "error")});
    }
    if (services.empty()) fmt::print("No courier has numbers yet: import some.\n");
    fmt::print("{}", table({"COURIER", "SERVICE", "NUMBERS", "RULE", "FREE", "USED", "LOW WATER",
                            "LOW", "INSTEAD"},
                           services));
    if (!links.empty())
        fmt::print("\n{}", table({"COURIER", "CONNECTION", "ACTS", "ASKED", "VOIDING", "DOUBTFUL",
                                  "HEARD", "LAST ERROR"},
                                 links));
}

void print_waiting(const array& waiting) {
    std::vector<Row> rows;
    bool doubt = false;
    for (const auto& item : waiting) {
        const auto& ask = as_object(item);
        doubt = doubt || text(ask, "state") == "doubtful";
        rows.push_back({cell(ask, "reference"), cell(ask, "courier"), cell(ask, "order"),
                        cell(ask, "state"), cell(ask, "effect"), cell(ask, "detail")});
    }
    if (!rows.empty())
        fmt::print("\n{}",
                   table({"REFERENCE", "COURIER", "ORDER", "STATE", "EFFECT", "DETAIL"}, rows));
    if (doubt)
        fmt::print(
            "\nAsk the courier about the doubtful ones, then: kemasctl effects resolve EFFECT\n");
}

void show_couriers(Session& session) {
    const auto answer = session.ask(get("/api/v1/couriers"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    print_couriers(list(*answer, "couriers"));
    print_waiting(list(*answer, "waiting"));
}

void track(Session& session, const std::string& number) {
    const auto answer = session.ask(get("/api/v1/couriers/track?number=" + encode(number)));
    if (!answer) return;
    if (session.json) return session.print_raw();
    fmt::print("{} {} {}, our reference {}\n", text(*answer, "courier"), text(*answer, "service"),
               text(*answer, "tracking_number"), text(*answer, "reference"));
    std::vector<Row> rows;
    for (const auto& item : list(*answer, "events")) {
        const auto& event = as_object(item);
        rows.push_back({cell(event, "at"), cell(event, "status"), cell(event, "place")});
    }
    if (rows.empty()) return fmt::print("The courier says nothing about it yet.\n");
    fmt::print("{}", table({"AT", "STATUS", "PLACE"}, rows));
}

}  // namespace

void add_couriers(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand("couriers",
                                     "Where numbers come from, how many are left, and which wait");
    auto* tracked = group->add_subcommand("track", "Ask the courier what became of a parcel");
    const auto number = std::make_shared<std::string>();
    tracked->add_option("NUMBER", *number, "Tracking number")->required();
    tracked->callback([&session, number] { track(session, *number); });
    group->callback([&session, group] {
        if (group->get_subcommands().empty()) show_couriers(session);
    });
}

}  // namespace kemas::ctl
