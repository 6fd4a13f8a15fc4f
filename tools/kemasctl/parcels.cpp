#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/effect_table.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

struct ParcelArgs {
    std::string id, out;
    Signature signature;
};

std::string path_of(const ParcelArgs& args, const std::string& rest = "") {
    return "/api/v1/parcels/" + encode(args.id) + rest;
}

std::string orders_text(const object& parcel) {
    std::string out;
    for (const auto& item : list(parcel, "orders")) {
        const auto& key = as_object(item);
        out += fmt::format("{}{} ({}, {})", out.empty() ? "" : "; ", text(key, "external_id"),
                           text(key, "channel"), text(key, "shop"));
    }
    return out;
}

std::string grams(const object& parcel, std::string_view name) {
    auto weight = text(parcel, name);
    return weight == "0.000" ? "" : weight;  // not weighed, or nothing known to expect
}

std::string weight_text(const object& parcel) {
    const auto weight = grams(parcel, "weight_g"), expected = grams(parcel, "expected_g");
    std::string out = weight.empty() ? "" : weight + " g";
    if (!expected.empty()) {
        out += fmt::format("{}expected {} g, tolerance {} g", out.empty() ? "" : ", ", expected,
                           text(parcel, "tolerance_g"));
    }
    const auto source = text(parcel, "weight_source");
    return source.empty() || out.empty() ? out : out + ", " + source;
}

void print_items(const object& parcel) {
    std::vector<Row> rows;
    for (const auto& entry : list(parcel, "items")) {
        const auto& item = as_object(entry);
        const auto& key = part(item, "order");
        rows.push_back({key.empty() ? cell(item, "order") : cell(key, "external_id"),
                        cell(item, "line_no"), cell(item, "sku"), cell(item, "quantity")});
    }
    if (!rows.empty()) fmt::print("\n{}", table({"ORDER", "LINE", "SKU", "QUANTITY"}, rows));
}

void show_parcel(Session& session, const ParcelArgs& args) {
    const auto answer = session.ask(get(path_of(args)));
    if (!answer) return;
    if (session.json) return session.print_raw();
    const object& parcel = *answer;
    const auto cost = text(parcel, "cost");
    fmt::print("{}",
               pairs({
                   {"parcel", fmt::format("{}, number {} of its order", text(parcel, "id"),
                                          text(parcel, "no"))},
                   {"status", text(parcel, "status")},
                   {"hold", text(parcel, "hold")},
                   {"orders", orders_text(parcel)},
                   {"station", text(parcel, "station")},
                   {"carton", text(parcel, "carton")},
                   {"courier", joined(text(parcel, "courier"), " ", text(parcel, "service"))},
                   {"arranged by", text(parcel, "arranged_by")},
                   {"tracking number", text(parcel, "tracking_number")},
                   {"weight", weight_text(parcel)},
                   {"cost", cost.empty() ? "" : cost + " " + text(parcel, "currency")},
                   {"label", fmt::format("revision {}, {} reprints", count(parcel, "revision"),
                                         count(parcel, "reprints"))},
                   {"closed", text(parcel, "closed_at")},
                   {"weighed", text(parcel, "weighed_at")},
                   {"labelled", text(parcel, "labelled_at")},
                   {"printed", text(parcel, "printed_at")},
                   {"staged", text(parcel, "staged_at")},
                   {"handed over", text(parcel, "handed_over_at")},
                   {"manifest", text(parcel, "manifest")},
                   {"voided", text(parcel, "voided_at")},
                   {"came back", text(parcel, "returned_at")},
               }));
    print_items(parcel);
    if (const auto& quote = list(parcel, "quote"); !quote.empty()) {
        fmt::print("\nPRICE\n");
        for (const auto& line : quote) fmt::print("{}\n", text(line));
    }
    if (const auto rows = effect_table(list(parcel, "effects")); !rows.empty()) {
        fmt::print("\n{}", rows);
    }
}

void save_label(Session& session, const ParcelArgs& args) {
    const auto kind = std::filesystem::path(args.out).extension().string();
    if (kind != ".zpl" && kind != ".png") {
        return session.complain(Exit::cannot,
                                fmt::format("--out {} must end in .zpl or .png.", args.out));
    }
    const auto bytes = session.ask_bytes(get(path_of(args, "/label" + kind)));
    if (!bytes) return;
    std::ofstream file(args.out, std::ios::binary | std::ios::trunc);
    file.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
    file.close();
    if (!file) {
        return session.complain(
            Exit::cannot,
            fmt::format("Cannot write {}; check the folder and its rights.", args.out));
    }
    if (!session.json) fmt::print("{}: {} bytes\n", args.out, bytes->size());
}

void reprint(Session& session, const ParcelArgs& args) {
    object body;
    body["by"] = args.signature.by;
    body["reason"] = args.signature.reason;
    act(session, path_of(args, "/reprint"), body);
}

}  // namespace

void add_parcels(CLI::App& app, Session& session) {
    const auto args = std::make_shared<ParcelArgs>();
    auto* group = app.add_subcommand("parcels", "Look at parcels and their labels");
    group->require_subcommand(1);
    const auto named = [&](const std::string& name, const std::string& what) {
        auto* command = group->add_subcommand(name, what);
        command->add_option("ID", args->id, "Parcel number or tracking number")->required();
        return command;
    };
    named("show", "Contents, weight, price and label of a parcel")->callback([&session, args] {
        show_parcel(session, *args);
    });
    auto* label = named("label", "Save the label as it was printed");
    label->add_option("--out", args->out, "Where to; the name ends in .zpl or .png")->required();
    label->callback([&session, args] { save_label(session, *args); });
    auto* again = named("reprint", "Print the label once more, marked as a reprint");
    add_signature(*again, args->signature);
    again->callback([&session, args] { reprint(session, *args); });
}

}  // namespace kemas::ctl
