#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

void list_manifests(Session& session) {
    const auto answer = session.ask(get("/api/v1/manifests"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    std::vector<Row> rows;
    for (const auto& entry : list(*answer, "manifests")) {
        const auto& manifest = as_object(entry);
        rows.push_back({cell(manifest, "id"), cell(manifest, "courier"), cell(manifest, "status"),
                        cell(manifest, "parcels"), cell(manifest, "opened_at"),
                        cell(manifest, "closed_at"), cell(manifest, "closed_by")});
    }
    if (rows.empty())
        return fmt::print("No manifest yet: the dock opens one with its first scan.\n");
    fmt::print("{}", table({"ID", "COURIER", "STATUS", "PARCELS", "OPENED", "CLOSED", "BY"}, rows));
}

void show_manifest(Session& session, const std::string& id) {
    const auto answer = session.ask(get("/api/v1/manifests/" + encode(id)));
    if (!answer) return;
    if (session.json) return session.print_raw();
    const object& manifest = *answer;
    fmt::print("{}", pairs({{"manifest", text(manifest, "id")},
                            {"courier", text(manifest, "courier")},
                            {"status", text(manifest, "status")},
                            {"station", text(manifest, "station")},
                            {"opened", text(manifest, "opened_at")},
                            {"closed", text(manifest, "closed_at")},
                            {"closed by", text(manifest, "closed_by")},
                            {"parcels", text(manifest, "parcels")}}));
    std::vector<Row> rows;
    for (const auto& entry : list(manifest, "contents")) {
        const auto& parcel = as_object(entry);
        rows.push_back({cell(parcel, "tracking_number"), cell(parcel, "service"),
                        cell(parcel, "weight_g"), cell(parcel, "handed_over_at")});
    }
    if (!rows.empty())
        fmt::print("\n{}", table({"TRACKING NUMBER", "SERVICE", "WEIGHT G", "HANDED OVER"}, rows));
}

}  // namespace

void add_manifests(CLI::App& app, Session& session) {
    const auto id = std::make_shared<std::string>();
    auto* group = app.add_subcommand("manifests", "What each courier took away");
    group->require_subcommand(1);
    group->add_subcommand("list", "The open manifests, then the newest closed ones")
        ->callback([&session] { list_manifests(session); });
    auto* show = group->add_subcommand("show", "The parcels of one manifest");
    show->add_option("ID", *id, "Number of the manifest")->required();
    show->callback([&session, id] { show_manifest(session, *id); });
}

}  // namespace kemas::ctl
