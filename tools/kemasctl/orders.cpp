#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

struct OrderArgs {
    std::string number, channel, shop, file;
    Signature signature;
};

std::string path_of(const OrderArgs& args, const std::string& verb = "") {
    return "/api/v1/orders/" + encode(args.number) + verb +
           query({{"channel", args.channel}, {"shop", args.shop}});
}

void print_lines(const array& lines) {
    std::vector<Row> rows;
    for (const auto& item : lines) {
        const auto& line = as_object(item);
        Row row;
        for (const auto* name : {"no", "sku", "name", "ordered", "picked", "packed", "short"})
            row.push_back(cell(line, name));
        rows.push_back(std::move(row));
    }
    if (rows.empty()) return;
    fmt::print("\n{}",
               table({"LINE", "SKU", "NAME", "ORDERED", "PICKED", "PACKED", "SHORT"}, rows));
}

void print_parcels(const array& parcels) {
    std::vector<Row> rows;
    for (const auto& item : parcels) {
        const auto& parcel = as_object(item);
        rows.push_back(
            {cell(parcel, "id"), cell(parcel, "tracking_number"), cell(parcel, "status")});
    }
    if (!rows.empty()) fmt::print("\n{}", table({"PARCEL", "TRACKING NUMBER", "STATUS"}, rows));
}

void show_order(Session& session, const OrderArgs& args) {
    const auto answer = session.ask(get(path_of(args)));
    if (!answer) return;
    if (session.json) return session.print_raw();
    const object& order = *answer;
    auto state = joined(text(order, "state"), " since ", text(order, "state_since"));
    state = joined(joined(state, " by ", text(order, "by")), ": ", text(order, "reason"));
    fmt::print("{}", pairs({
                         {"order", fmt::format("{} ({}, {})", text(order, "external_id"),
                                               text(order, "channel"), text(order, "shop"))},
                         {"state", state},
                         {"why it waits", text(order, "why")},
                         {"who must act", text(order, "who")},
                         {"owner", text(order, "owner")},
                         {"received", text(order, "received_at")},
                         {"ship by", text(order, "ship_by")},
                         {"value", text(order, "value")},
                         {"cash on delivery", text(order, "cod_amount")},
                         {"courier", joined(text(order, "courier"), " ", text(order, "service"))},
                         {"arranged by", text(order, "arranged_by")},
                         {"package", text(order, "package_number")},
                         {"combined in", text(order, "combine_group")},
                     }));
    print_lines(list(order, "lines"));
    print_parcels(list(order, "parcels"));
}

void change_order(Session& session, const OrderArgs& args, const std::string& verb) {
    object body;
    body["by"] = args.signature.by;
    body["reason"] = args.signature.reason;
    act(session, path_of(args, "/" + verb), body);
}

void add_from_file(Session& session, const OrderArgs& args) {
    auto body = read_file(args.file);
    if (!body) return session.complain(Exit::cannot, body.error().what);
    const auto answer = session.ask(post("/api/v1/orders", std::move(*body)));
    if (!answer) return;
    std::vector<Row> rows;
    std::size_t refused = 0;
    for (const auto& item : list(*answer, "results")) {
        const auto& result = as_object(item);
        refused += text(result, "outcome") == "refused";
        const auto state = text(result, "state");
        rows.push_back({cell(result, "external_id"), cell(result, "channel"), cell(result, "shop"),
                        cell(result, "outcome"), state.empty() ? cell(result, "detail") : state});
    }
    if (refused > 0) session.exit = Exit::refused;
    if (session.json) return session.print_raw();
    fmt::print("{}", table({"ORDER", "CHANNEL", "SHOP", "OUTCOME", "STATE"}, rows));
    if (refused > 0) {
        fmt::print(
            "\n{} of {} refused, the others are taken; correct the refused ones and add the "
            "same file again.\n",
            refused, rows.size());
    }
}

}  // namespace

void add_orders(CLI::App& app, Session& session) {
    const auto args = std::make_shared<OrderArgs>();
    auto* group = app.add_subcommand("orders", "Look at orders, stop them, add them");
    group->require_subcommand(1);
    const auto named = [&](const std::string& name, const std::string& what) {
        auto* command = group->add_subcommand(name, what);
        command->add_option("NUMBER", args->number, "The channel's own number")->required();
        command->add_option("--channel", args->channel, "When several channels use the number");
        command->add_option("--shop", args->shop, "When several shops use the number");
        return command;
    };
    named("show", "State, lines and parcels of an order")->callback([&session, args] {
        show_order(session, *args);
    });
    for (const auto& [verb, what] : {std::pair{"cancel", "Stop an order for good"},
                                     std::pair{"hold", "Stop an order until it is released"},
                                     std::pair{"release", "Let a held order go on"}}) {
        auto* command = named(verb, what);
        add_signature(*command, args->signature);
        command->callback(
            [&session, args, verb = std::string(verb)] { change_order(session, *args, verb); });
    }
    auto* add = group->add_subcommand("add", "Send orders; an order that is known stays as it is");
    add->add_option("FILE", args->file, "JSON: one order or many; - for the standard input")
        ->required();
    add->callback([&session, args] { add_from_file(session, *args); });
}

}  // namespace kemas::ctl
