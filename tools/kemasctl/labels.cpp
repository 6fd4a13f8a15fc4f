// kemasctl labels: files of labels, the pages nobody could place, and runs of labels.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

constexpr long kFileTimeout_ms = 120'000;  // 32 MiB to a busy ledger

struct LabelArgs {
    std::string file, page, parcel, station, channel, courier, by, run, number;
    int most = 500, last = 0;
    Signature signature;
};

std::string codes_of(const object& page) {
    std::string all;
    for (const auto& code : list(page, "codes"))
        all = joined(std::move(all), ", ", text(as_object(code), "text"));
    return all;
}

void import_file(Session& session, const LabelArgs& args) {
    auto bytes = read_file(args.file);
    if (!bytes) return session.complain(Exit::cannot, bytes.error().what);
    const auto name = std::filesystem::path(args.file).filename().string();
    auto call =
        post("/api/v1/labels" + query({{"name", name}, {"by", args.by}}), std::move(*bytes));
    call.content_type = "application/octet-stream";
    call.timeout_ms = kFileTimeout_ms;
    const auto answer = session.ask(call);
    if (!answer) return;
    if (session.json) return session.print_raw();
    fmt::print("{}\nIts pages: kemasctl labels show {}\n", text(*answer, "text"),
               count(*answer, "id"));
}

void list_files(Session& session) {
    const auto answer = session.ask(get("/api/v1/labels"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    std::vector<Row> rows;
    for (const auto& item : list(*answer, "files")) {
        const auto& file = as_object(item);
        rows.push_back({cell(file, "id"), cell(file, "name"), cell(file, "source"),
                        cell(file, "arrived_at"), cell(file, "state"), cell(file, "pages"),
                        cell(file, "fault")});
    }
    fmt::print("{}", table({"FILE", "NAME", "FROM", "ARRIVED", "STATE", "PAGES", "FAULT"}, rows));
}

void print_pages(const array& pages) {
    std::vector<Row> rows;
    for (const auto& item : pages) {
        const auto& page = as_object(item);
        rows.push_back({cell(page, "id"), cell(page, "file"), cell(page, "page"),
                        cell(page, "state"), cell(page, "tracking_number"), codes_of(page),
                        cell(page, "reason")});
    }
    fmt::print("{}", table({"PAGE", "FILE", "NO", "STATE", "PARCEL", "BARCODES", "WHY"}, rows));
}

void show_file(Session& session, const LabelArgs& args) {
    const auto answer = session.ask(get("/api/v1/labels/" + encode(args.file)));
    if (!answer) return;
    if (session.json) return session.print_raw();
    fmt::print("{}: {}, {} pages {}\n", text(*answer, "name"), text(*answer, "state"),
               count(*answer, "pages"), text(*answer, "fault"));
    print_pages(list(*answer, "found"));
}

void show_unmatched(Session& session) {
    const auto answer = session.ask(get("/api/v1/labels/unmatched"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    if (list(*answer, "pages").empty()) {
        fmt::print("Every page has its parcel.\n");
        return;
    }
    print_pages(list(*answer, "pages"));
    fmt::print(
        "\nSee its picture, then say whose it is (or at /labels in a browser):\n"
        "  kemasctl labels picture PAGE FILE.png\n"
        "  kemasctl labels bind PAGE PARCEL --by WHO --reason TEXT\n"
        "  kemasctl labels discard PAGE --by WHO --reason TEXT\n");
}

void save_picture(Session& session, const LabelArgs& args) {
    const auto png =
        session.ask_bytes(get("/api/v1/labels/pages/" + encode(args.page) + "/picture"));
    if (!png) return;
    if (args.file == "-") {
        std::fwrite(png->data(), 1, png->size(), stdout);
        return;
    }
    std::ofstream file(args.file, std::ios::binary | std::ios::trunc);
    file.write(png->data(), static_cast<std::streamsize>(png->size()));
    file.flush();
    if (!file)
        return session.complain(Exit::cannot, args.file + " cannot be written: name another file");
    fmt::print("{}: the picture of page {}\n", args.file, args.page);
}

object signed_by(const LabelArgs& args) {
    return {{"by", args.signature.by}, {"reason", args.signature.reason}};
}

void bind(Session& session, const LabelArgs& args) {
    auto body = signed_by(args);
    body["parcel"] = args.parcel;
    act(session, "/api/v1/labels/pages/" + encode(args.page) + "/bind", body);
}

void rearranged(Session& session, const LabelArgs& args) {
    auto body = signed_by(args);
    body["tracking_number"] = args.number;
    act(session, "/api/v1/parcels/" + encode(args.parcel) + "/rearranged", body);
}

void run(Session& session, const LabelArgs& args) {
    act(session, "/api/v1/label-runs",
        {{"station", args.station},
         {"channel", args.channel},
         {"courier", args.courier},
         {"most", args.most},
         {"by", args.by}});
}

CLI::App* named(CLI::App& group, const char* name, const char* what) {
    return group.add_subcommand(name, what);
}

void add_pages(CLI::App& group, Session& session, const std::shared_ptr<LabelArgs>& args) {
    auto* unmatched = named(group, "unmatched", "Pages that wait for a person or their order");
    unmatched->callback([&session] { show_unmatched(session); });
    auto* picture = named(group, "picture", "Save the picture of a page, a PNG");
    picture->add_option("page", args->page, "The page's number")->required();
    picture->add_option("file", args->file, "Where to; - = standard output")->required();
    picture->callback([&session, args] { save_picture(session, *args); });
    auto* to = named(group, "bind", "Say whose label a page is");
    to->add_option("page", args->page, "The page's number")->required();
    to->add_option("parcel", args->parcel, "Tracking number, or the parcel's own")->required();
    add_signature(*to, args->signature);
    to->callback([&session, args] { bind(session, *args); });
    auto* away = named(group, "discard", "Say that a page is nobody's label");
    away->add_option("page", args->page, "The page's number")->required();
    add_signature(*away, args->signature);
    away->callback([&session, args] {
        act(session, "/api/v1/labels/pages/" + encode(args->page) + "/discard", signed_by(*args));
    });
    auto* anew = named(group, "void", "The channel arranged a shipment anew: its label is void");
    anew->add_option("parcel", args->parcel, "Tracking number, or the parcel's own")->required();
    anew->add_option("--number", args->number, "The new number; none = it stays");
    add_signature(*anew, args->signature);
    anew->callback([&session, args] { rearranged(session, *args); });
}

void add_runs(CLI::App& group, Session& session, const std::shared_ptr<LabelArgs>& args) {
    auto* begin = named(group, "run", "Print labels of released orders in pick order");
    begin->add_option("station", args->station, "On whose printer")->required();
    begin->add_option("--by", args->by, "Who asks")->required();
    begin->add_option("--channel", args->channel, "Only of this channel");
    begin->add_option("--courier", args->courier, "Only of this courier");
    begin->add_option("--most", args->most, "At most so many")->check(CLI::Range(1, 500));
    begin->callback([&session, args] { run(session, *args); });
    auto* settle = named(group, "settle", "Say which label of a broken run is the last in hand");
    settle->add_option("run", args->run, "The run's number")->required();
    settle->add_option("last", args->last, "Its place in the run; 0 = none")->required();
    settle->add_option("--by", args->by, "Who says so")->required();
    settle->callback([&session, args] {
        act(session, "/api/v1/label-runs/" + encode(args->run) + "/settle",
            {{"last", args->last}, {"by", args->by}});
    });
}

}  // namespace

void add_labels(CLI::App& app, Session& session) {
    const auto args = std::make_shared<LabelArgs>();
    auto* group = app.add_subcommand("labels", "Labels that come as files");
    group->require_subcommand(1);
    auto* bring = named(*group, "import", "Bring a file: PDF, PNG, ZPL or ZIP of these");
    bring->add_option("file", args->file, "The file")->required();
    bring->add_option("--by", args->by, "Who brings it");
    bring->callback([&session, args] { import_file(session, *args); });
    named(*group, "list", "The newest files")->callback([&session] { list_files(session); });
    auto* show = named(*group, "show", "What became of a file's pages");
    show->add_option("file", args->file, "The file's number")->required();
    show->callback([&session, args] { show_file(session, *args); });
    add_pages(*group, session, args);
    add_runs(*group, session, args);
}

}  // namespace kemas::ctl
