// `kemasctl layouts` and `kemasctl print`: item, tote, location and badge labels, command sheets,
// packing slips, returns.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <memory>

#include "intake/csv.hpp"
#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"

namespace kemas::ctl {
namespace {
namespace json = boost::json;

struct PrintArgs {
    std::string layout, printer, by, parcel, file, preview;
    std::vector<std::string> fields;  // NAME=VALUE
    int copies = 1;
};

// The names of a list, without those of another one.
std::string list_text(const object& layout, std::string_view name, const array* without = nullptr) {
    std::string out;
    for (const auto& each : list(layout, name))
        if (!without || std::find(without->begin(), without->end(), each) == without->end())
            out += (out.empty() ? "" : ", ") + std::string(each.as_string());
    return out;
}

void show_layouts(Session& session) {
    const auto answer = session.ask(get("/api/v1/layouts"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    for (const auto& entry : list(*answer, "layouts")) {
        const auto& layout = as_object(entry);
        fmt::print("{}  ({} x {} mm)\n", text(layout, "name"), text(layout, "width_mm"),
                   text(layout, "height_mm"));
        const auto needs = list_text(layout, "required");
        if (!needs.empty()) fmt::print("  needs     {}\n", needs);
        const auto more = list_text(layout, "fields", &list(layout, "required"));
        if (!more.empty()) fmt::print("  may have  {}\n", more);
    }
    fmt::print(
        "\nSite, date, and what a --parcel, a sku or a badge tells need not be given.\n"
        "One label:  kemasctl print tote-100x50 --printer printer-1 --by WHO tote=T-17\n"
        "Many:       kemasctl print tote-100x50 --printer printer-1 --by WHO --file totes.csv\n");
}

// The rows of a CSV file, its first line naming the fields. Nothing: the person was told why.
std::optional<json::array> rows_of(Session& session, const std::string& file) {
    const auto bytes = read_file(file);
    if (!bytes) {
        session.complain(Exit::cannot, bytes.error().what);
        return std::nullopt;
    }
    const auto csv = intake::read_csv(*bytes);
    if (!csv.errors.empty()) {
        session.complain(Exit::cannot, file + ": " + intake::to_text(csv.errors.front()));
        return std::nullopt;
    }
    if (csv.rows.size() < 2) {
        session.complain(Exit::cannot,
                         file + ": expected a line with the fields' names, and a line a label");
        return std::nullopt;
    }
    const auto& names = csv.rows.front().cells;
    json::array rows;
    for (std::size_t i = 1; i < csv.rows.size(); ++i) {
        const auto& row = csv.rows[i];
        if (row.cells.size() != names.size()) {
            session.complain(Exit::cannot,
                             fmt::format("{}: line {} has {} cells, its first line names {}", file,
                                         row.line, row.cells.size(), names.size()));
            return std::nullopt;
        }
        json::object fields;
        for (std::size_t c = 0; c < names.size(); ++c)
            if (!row.cells[c].empty()) fields[names[c]] = row.cells[c];
        rows.push_back(std::move(fields));
    }
    return rows;
}

std::optional<json::object> body_of(Session& session, const PrintArgs& args) {
    json::object body{{"layout", args.layout}, {"copies", args.copies}};
    if (!args.printer.empty()) body["printer"] = args.printer;
    if (!args.by.empty()) body["by"] = args.by;
    if (!args.parcel.empty()) body["parcel"] = args.parcel;
    if (!args.file.empty()) {
        auto rows = rows_of(session, args.file);
        if (!rows) return std::nullopt;
        body["rows"] = std::move(*rows);
        return body;
    }
    json::object fields;
    for (const auto& each : args.fields) {
        const auto equals = each.find('=');
        if (equals == std::string::npos || equals == 0) {
            session.complain(Exit::cannot, "\"" + each +
                                               "\" is no field: write NAME=VALUE, as in tote=T-17. "
                                               "`kemasctl layouts` names them.");
            return std::nullopt;
        }
        fields[each.substr(0, equals)] = each.substr(equals + 1);
    }
    body["fields"] = std::move(fields);
    return body;
}

void save_preview(Session& session, const PrintArgs& args, const json::object& body) {
    if (!args.preview.ends_with(".png"))
        return session.complain(Exit::cannot, "--preview " + args.preview + " must end in .png.");
    const auto png = session.ask_bytes(post("/api/v1/prints/preview", json::serialize(body)));
    if (!png) return;
    std::ofstream file(args.preview, std::ios::binary | std::ios::trunc);
    file.write(png->data(), static_cast<std::streamsize>(png->size()));
    file.close();
    if (!file)
        return session.complain(
            Exit::cannot, "Cannot write " + args.preview + "; check the folder and its rights.");
    if (!session.json) fmt::print("{}: {} bytes, nothing was printed\n", args.preview, png->size());
}

void print(Session& session, const PrintArgs& args) {
    const auto body = body_of(session, args);
    if (!body) return;
    if (!args.preview.empty()) return save_preview(session, args, *body);
    if (args.printer.empty() || args.by.empty())
        return session.complain(Exit::cannot,
                                "Give --printer and --by; or --preview FILE.png to look at it.");
    const auto answer = session.ask(post("/api/v1/prints", json::serialize(*body)));
    if (!answer) return;
    if (session.json) return session.print_raw();
    fmt::print("{}\n", text(*answer, "text"));
    for (const auto& entry : list(*answer, "sheets")) {
        const auto& sheet = as_object(entry);
        fmt::print("  {} x {}\n", text(sheet, "copies"), text(sheet, "sheet"));
    }
}

}  // namespace

void add_prints(CLI::App& app, Session& session) {
    auto* layouts = app.add_subcommand("layouts", "What can be printed, and its fields");
    layouts->callback([&session] { show_layouts(session); });

    auto args = std::make_shared<PrintArgs>();
    auto* command = app.add_subcommand(
        "print", "Print item, tote, location or badge labels, command sheets, packing slips");
    command->add_option("layout", args->layout, "As `kemasctl layouts` names it")->required();
    command->add_option("fields", args->fields, "NAME=VALUE, as in tote=T-17");
    command->add_option("--printer", args->printer, "As the site file names it");
    command->add_option("--by", args->by, "Who asks: an operator's id");
    command->add_option("--parcel", args->parcel,
                        "Take the fields from this parcel or order: packing slip, return");
    command
        ->add_option("--file", args->file, "CSV: its first line names the fields, a line a label")
        ->excludes("fields");
    command->add_option("--copies", args->copies, "Of each")->check(CLI::Range(1, 100));
    command->add_option("--preview", args->preview, "Save the first one as FILE.png instead");
    command->callback([&session, args] { print(session, *args); });
}

}  // namespace kemas::ctl
