#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

std::string orders_line(const object& orders) {
    std::string states;
    for (const auto& state : part(orders, "by_state")) {
        if (text(state.value()) == "0") continue;
        states += fmt::format("{}{} {}", states.empty() ? ": " : ", ", text(state.value()),
                              std::string_view(state.key()));
    }
    return fmt::format("{} open, {} late{}", count(orders, "open"), count(orders, "late"), states);
}

std::string database_line(const object& link) {
    if (link.empty()) return "";
    const auto waiting = count(link, "waiting");
    auto line = std::string(yes(link, "up") ? "up" : "DOWN");
    line += waiting == 0 ? ", nothing waits"
                         : fmt::format(", {} facts wait, the oldest for {}", waiting,
                                       span(count(link, "oldest_s")));
    const auto error = text(link, "last_error");
    return error.empty() ? line : line + ": " + error;
}

std::string ledger_line(const object& ledger) {
    const auto& verified = part(ledger, "verified");
    return fmt::format("{}, {} entries, {} % verified", text(ledger, "state"), text(ledger, "seq"),
                       text(verified, "percent"));
}

std::string devices_line(const array& devices) {
    std::size_t up = 0;
    for (const auto& device : devices) up += yes(as_object(device), "up");
    return fmt::format("{} of {} up", up, devices.size());
}

std::string alarms_line(const object& alarms) {
    if (alarms.empty()) return "";
    const auto raised = list(alarms, "raised").size();
    return fmt::format("{} raised, {} lately cleared",
                       raised == 0 ? "none" : std::to_string(raised),
                       list(alarms, "cleared").size());
}

void print_summary(const object& status) {
    const auto &parcels = part(status, "parcels"), &effects = part(status, "effects");
    const auto &confirm = part(part(status, "latency_ms"), "confirm"),
               &wrong = part(status, "wrong_scans");
    fmt::print(
        "{}",
        pairs({
            {"site", fmt::format("{}, Kemas {}, {}", text(status, "site"), text(status, "version"),
                                 text(status, "now"))},
            {"ledger", ledger_line(part(status, "ledger"))},
            {"orders", orders_line(part(status, "orders"))},
            {"parcels", fmt::format("{} packed today, {} an hour now, {} shipped today",
                                    count(parcels, "packed_today"), count(parcels, "per_hour"),
                                    count(parcels, "shipped_today"))},
            {"effects", fmt::format("{} planned, {} started, {} unknown", count(effects, "planned"),
                                    count(effects, "started"), count(effects, "unknown"))},
            {"order database", database_line(part(part(status, "sync"), "orderdb"))},
            {"devices", devices_line(list(status, "devices"))},
            {"alarms", alarms_line(part(status, "alarms"))},
            {"confirm",
             fmt::format("p50 {} ms, p99 {} ms", text(confirm, "p50"), text(confirm, "p99"))},
            {"wrong scans",
             fmt::format("{} today, {} of 1000", count(wrong, "today"), text(wrong, "per_1000"))},
        }));
}

void print_section(const std::string& rows) {
    if (!rows.empty()) fmt::print("\n{}", rows);
}

void print_orders(const object& orders) {
    std::vector<Row> rows;
    std::vector<std::string> seen;
    for (const auto* name : {"late_list", "oldest"}) {
        for (const auto& item : list(orders, name)) {
            const auto& order = as_object(item);
            auto key =
                text(order, "channel") + '\n' + text(order, "shop") + '\n' + text(order, "order");
            if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
            seen.push_back(std::move(key));
            const auto late = count(order, "late_s");
            rows.push_back({cell(order, "order"), cell(order, "channel"), cell(order, "shop"),
                            cell(order, "state"), span(count(order, "age_s")),
                            late > 0 ? span(late) : "-", cell(order, "who"), cell(order, "why")});
        }
    }
    print_section(
        table({"ORDER", "CHANNEL", "SHOP", "STATE", "AGE", "LATE", "WHO ACTS", "WHY"}, rows));
}

void print_devices(const array& devices) {
    std::vector<Row> rows;
    for (const auto& item : devices) {
        const auto& device = as_object(item);
        const auto error = text(device, "error");
        rows.push_back({cell(device, "name"), cell(device, "kind"), cell(device, "state"),
                        span(count(device, "age_s")),
                        error.empty() ? cell(device, "last_error") : error});
    }
    print_section(table({"DEVICE", "KIND", "STATE", "AGE", "LAST ERROR"}, rows));
}

void print_alarms(const object& alarms) {
    std::vector<Row> rows;
    for (const auto* state : {"raised", "cleared"}) {
        for (const auto& item : list(alarms, state)) {
            const auto& alarm = as_object(item);
            const auto until = text(alarm, "cleared");
            rows.push_back({cell(alarm, "device"), cell(alarm, "kind"), cell(alarm, "since"),
                            until.empty() ? "STILL" : until, cell(alarm, "text")});
        }
    }
    print_section(table({"ALARM", "KIND", "SINCE", "CLEARED", "WHAT"}, rows));
}

void show_status(Session& session) {
    const auto answer = session.ask(get("/status"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    print_summary(*answer);
    print_alarms(part(*answer, "alarms"));
    print_orders(part(*answer, "orders"));
    print_devices(list(*answer, "devices"));
    if (count(part(*answer, "effects"), "unknown") > 0) {
        fmt::print("\nNobody knows whether some acts happened; see: kemasctl effects list\n");
    }
}

}  // namespace

void add_status(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("status", "Orders, parcels, devices and queues at a glance");
    command->callback([&session] { show_status(session); });
}

}  // namespace kemas::ctl
