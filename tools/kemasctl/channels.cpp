#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

std::string waiting_text(const object& channel) {
    std::string text_;
    for (const auto& item : list(channel, "waiting")) {
        const auto& each = as_object(item);
        text_ += (text_.empty() ? "" : ", ") + cell(each, "packages") + " for " + cell(each, "for");
    }
    return text_.empty() ? "-" : text_;
}

void print_channels(const array& channels) {
    std::vector<Row> rows;
    for (const auto& item : channels) {
        const auto& channel = as_object(item);
        const auto& link = part(channel, "connection");
        rows.push_back({cell(channel, "name"),
                        link.empty() ? "not in the site's file" : cell(link, "breaker"),
                        cell(channel, "without_label"), waiting_text(channel), cell(link, "heard"),
                        cell(link, "error")});
    }
    if (rows.empty()) fmt::print("No channel arranges shipments over a service here.\n");
    fmt::print("{}", table({"CHANNEL", "BREAKER", "NO LABEL YET", "WAITING", "HEARD", "LAST ERROR"},
                           rows));
}

void print_packages(const array& packages) {
    std::vector<Row> rows;
    for (const auto& item : packages) {
        const auto& package = as_object(item);
        rows.push_back({cell(package, "package_number"), cell(package, "channel"),
                        cell(package, "order"), cell(package, "parcel"),
                        cell(package, "tracking_number"), cell(package, "why"),
                        cell(package, "slot"), cell(package, "effect")});
    }
    if (!rows.empty())
        fmt::print("\n{}", table({"PACKAGE", "CHANNEL", "ORDER", "PARCEL", "TRACKING", "WHY",
                                  "SLOT", "EFFECT"},
                                 rows));
}

void show_channels(Session& session) {
    const auto answer = session.ask(get("/api/v1/channels"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    print_channels(list(*answer, "channels"));
    print_packages(list(*answer, "packages"));
}

struct SlotArgs {
    std::string parcel, slot, by;
};

}  // namespace

void add_channels(CLI::App& app, Session& session) {
    auto* channels = app.add_subcommand(
        "channels", "Channels that arrange shipments, and the packages that wait for them");
    auto args = std::make_shared<SlotArgs>();
    auto* slot = channels->add_subcommand("slot", "Have a parcel picked up at another time");
    slot->add_option("PARCEL", args->parcel, "Its tracking number, or its own")->required();
    slot->add_option("SLOT", args->slot, "One of those the channel offered")->required();
    slot->add_option("--by", args->by, "Who wants it")->required();
    slot->callback([&session, args] {
        object body;
        body["slot"] = args->slot;
        body["by"] = args->by;
        act(session, "/api/v1/parcels/" + encode(args->parcel) + "/slot", body);
    });
    channels->callback([&session, channels] {
        if (channels->get_subcommands().empty()) show_channels(session);
    });
}

}  // namespace kemas::ctl
