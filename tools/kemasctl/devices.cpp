#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <thread>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/commission.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

std::string age(std::int64_t ms) {
    if (ms < 0) return "never";
    return ms < 1'000 ? fmt::format("{} ms", ms) : span(ms / 1'000);
}

void list_devices(Session& session) {
    const auto answer = session.ask(get("/api/v1/devices"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    std::vector<Row> rows;
    for (const auto& item : list(*answer, "devices")) {
        const auto& device = as_object(item);
        std::string alarms;
        for (const auto& alarm : list(device, "alarms"))
            alarms += (alarms.empty() ? "" : ", ") + text(as_object(alarm), "what");
        rows.push_back({cell(device, "name"), cell(device, "kind"), cell(device, "stations"),
                        cell(device, "state"), age(count(device, "heard_ms")),
                        alarms.empty() ? "-" : alarms, cell(device, "address"),
                        cell(device, "error")});
    }
    if (rows.empty()) return fmt::print("The site file names no devices.\n");
    fmt::print(
        "{}",
        table({"DEVICE", "KIND", "STATION", "STATE", "HEARD", "ALARM", "ADDRESS", "ERROR"}, rows));
}

std::string weight_line(const object& weight) {
    if (weight.empty()) return "";
    const auto quality = text(weight, "quality");
    if (quality == "fault") return "none: " + text(weight, "why");
    if (!weight.contains("weight_g")) return "this driver does not show it";
    return fmt::format("{} g, {}, e = {} g, read {} ago", text(weight, "weight_g"),
                       quality == "good" ? "at rest" : "moving", text(weight, "division_g"),
                       age(count(weight, "age_ms")));
}

std::string code_line(const object& code) {
    if (code.empty()) return "";
    if (count(code, "count") == 0) return "none since the start";
    return fmt::format("{} ({} bytes: {}), {} ago", visible(raw_code(code)),
                       (text(code, "hex").size() + 1) / 3, text(code, "hex"),
                       age(count(code, "age_ms")));
}

void print_device(const object& device) {
    const auto& profile = part(device, "about_profile");
    const auto by = profile.empty() ? ""
                                    : fmt::format("{} {} ({})", text(profile, "vendor"),
                                                  text(profile, "model"), text(profile, "path"));
    std::vector<std::pair<std::string, std::string>> lines{
        {"device", text(device, "kind") + " " + text(device, "name")},
        {"stations", text(device, "stations")},
        {"address", text(device, "address")},
        {"profile", by},
        {"state", text(device, "state") + (yes(device, "up") ? "" : ": NOT WORKING")},
        {"error", text(device, "error")},
        {"last error", yes(device, "up") ? text(device, "last_error") : ""},
        {"heard", age(count(device, "heard_ms"))},
        {"weight", weight_line(part(device, "weight"))},
        {"calibration due", text(device, "calibration_due")},
        {"last code", code_line(part(device, "last_code"))}};
    for (const auto& alarm : list(device, "alarms"))
        lines.emplace_back("ALARM", text(as_object(alarm), "text"));
    for (const auto& fact : list(device, "live"))
        lines.emplace_back("  " + text(as_object(fact), "name"), text(as_object(fact), "text"));
    fmt::print("{}", pairs(lines));
}

struct Show {
    std::string name, kind;
    bool watch = false;
    int times = 0;  // of a watch; 0 = until it is ended
};

void show_device(Session& session, const Show& show) {
    const auto path = "/api/v1/devices/" + encode(show.name) + query({{"kind", show.kind}});
    for (int n = 1;; ++n) {
        const auto answer = session.ask(get(path));
        if (!answer) return;
        if (session.json) {
            session.print_raw();
        } else {
            if (show.watch) fmt::print("\x1b[H\x1b[2J");
            print_device(*answer);
        }
        std::fflush(stdout);
        if (!show.watch || n == show.times) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
}

struct Trigger {
    std::string name;
    bool off = false;
};

void trigger_reader(Session& session, const Trigger& trigger) {
    const auto path = "/api/v1/devices/" + encode(trigger.name) + "/trigger?kind=scanner";
    const auto answer = session.ask(post(path, trigger.off ? R"({"on":false})" : "{}"));
    if (!answer) return;
    if (session.json)
        session.print_raw();
    else
        fmt::print("{}\n", text(*answer, "text"));
}

}  // namespace

void add_devices(CLI::App& app, Session& session) {
    auto* devices = app.add_subcommand("devices", "What scanners, scales and printers say");
    devices->require_subcommand(1);
    devices->add_subcommand("list", "Every device of the site, and how it does")
        ->callback([&session] { list_devices(session); });
    auto show = std::make_shared<Show>();
    auto* one = devices->add_subcommand("show", "One device, and what it says right now");
    one->add_option("name", show->name, "As the site file names it")->required();
    one->add_option("--kind", show->kind, "When two kinds share the name")
        ->check(CLI::IsMember({"scanner", "scale", "printer"}));
    one->add_flag("--watch", show->watch, "Again twice a second, until Ctrl+C");
    one->add_option("--times", show->times, "End the watch after so many")
        ->check(CLI::Range(0, 1'000'000));
    one->callback([&session, show] { show_device(session, *show); });
    auto trigger = std::make_shared<Trigger>();
    auto* fire = devices->add_subcommand("trigger", "Make a fixed reader read");
    fire->add_option("name", trigger->name, "As the site file names it")->required();
    fire->add_flag("--off", trigger->off, "Stop reading instead");
    fire->callback([&session, trigger] { trigger_reader(session, *trigger); });
}

}  // namespace kemas::ctl
