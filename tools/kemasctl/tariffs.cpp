// kemasctl tariff: the tariff in force as a file, and other systems' rate tables into it.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "intake/area_tables.hpp"
#include "intake/tariff_csv.hpp"
#include "intake/tariff_sheets.hpp"
#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/import_run.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

constexpr long kExportTimeout_ms = 120'000;

struct SheetArgs {
    std::string file, grid;  // grid: of a zone chart
    std::string courier, service, areas, aliases;
    bool commit = false;
};

std::optional<std::string> tariff_in_force(Session& session) {
    auto call = get("/api/v1/tariff.csv");
    call.timeout_ms = kExportTimeout_ms;
    return session.ask_bytes(call);
}

void export_tariff(Session& session, const std::string& file) {
    const auto csv = tariff_in_force(session);
    if (!csv) return;
    if (file.empty() || file == "-") {
        fmt::print("{}", *csv);
        return;
    }
    std::ofstream out(file, std::ios::binary);
    out << *csv;
    out.close();
    if (!out) return session.complain(Exit::cannot, "Cannot write " + file + ".");
    fmt::print("The tariff in force is in {}.\n", file);
}

// Prints faults as "file:line, column: reason"; true when there are some.
bool print_faults(Session& session, const std::string& file, const intake::RowFaults& faults) {
    constexpr std::size_t most = 200;
    for (std::size_t i = 0; i < faults.size() && i < most; ++i) {
        const auto& fault = faults[i];
        fmt::print("{}{}: {}{}\n", file, fault.line > 0 ? ":" + std::to_string(fault.line) : "",
                   fault.column.empty() ? "" : fault.column + " ", fault.reason);
    }
    if (faults.size() > most) fmt::print("and {} more\n", faults.size() - most);
    if (!faults.empty()) session.exit = Exit::refused;
    return !faults.empty();
}

class SheetImporting {
 public:
    SheetImporting(Session& session, const SheetArgs& args) : session_(session), args_(args) {}

    void run() {
        if (!read_all()) return;
        const auto csv = tariff_in_force(session_);
        if (!csv) return;
        auto whole = intake::tariff_from_csv(*csv);
        if (print_faults(session_, "the tariff in force", whole.errors)) return;
        intake::SheetService of;
        of.currency = whole.tariff.currency;
        of.country = whole.tariff.country;
        std::vector<rating::ServiceRow> rules;
        for (const auto& row : whole.tariff.services)
            if (row.courier == args_.courier && row.code == args_.service) rules.push_back(row);
        if (rules.empty())
            return session_.complain(
                Exit::refused, fmt::format("The tariff in force has no service {} {}: a rate table "
                                           "says no rules, so import its service row first "
                                           "(kemasctl import tariff).",
                                           args_.courier, args_.service));
        of.service = rules.back();
        auto sheet = args_.grid.empty() ? intake::magento_rates_from_csv(table_, of)
                                        : intake::zone_grid_from_csv(table_, grid_, of);
        const bool bad = print_faults(session_, args_.file, sheet.errors);
        if (print_faults(session_, args_.grid, sheet.grid_errors) || bad) return nothing();
        sheet.part.services = rules;
        hand_on(intake::tariff_to_csv(intake::with_service(whole.tariff, sheet.part)));
    }

 private:
    void nothing() { fmt::print("\nNothing is imported: correct these, then run this again.\n"); }

    bool read(const std::string& file, std::string& into) {
        auto bytes = read_file(file);
        if (!bytes) return session_.complain(Exit::cannot, bytes.error().what), false;
        into = std::move(*bytes);
        return true;
    }

    bool read_all() {
        if (!read(args_.file, table_)) return false;
        if (!args_.grid.empty() && !read(args_.grid, grid_)) return false;
        std::string bytes;
        intake::Import<intake::NamedArea> areas;
        intake::Import<intake::AreaAlias> aliases;
        if (!args_.areas.empty()) {
            if (!read(args_.areas, bytes)) return false;
            areas = intake::areas_from_csv(bytes);
            if (print_faults(session_, args_.areas, areas.errors)) return nothing(), false;
        }
        if (!args_.aliases.empty()) {
            if (!read(args_.aliases, bytes)) return false;
            aliases = intake::aliases_from_csv(bytes);
            if (print_faults(session_, args_.aliases, aliases.errors)) return nothing(), false;
        }
        if (areas.rows.empty() && aliases.rows.empty()) return true;
        const intake::AreaNames names(std::move(areas.rows), std::move(aliases.rows));
        auto coded =
            intake::with_area_codes(table_, args_.grid.empty() ? "region/state" : "area", names);
        if (print_faults(session_, args_.file, coded.errors)) return nothing(), false;
        table_ = std::move(coded.csv);
        return true;
    }

    void hand_on(std::string csv) {
        ImportRun run{"tariff", args_.file, std::move(csv), "", "kemasctl quote", args_.commit};
        run.again = "kemasctl tariff " + std::string(args_.grid.empty() ? "magento " : "zones ") +
                    shell_quoted(args_.file);
        const std::pair<const char*, const std::string*> options[] = {
            {"", &args_.grid},
            {"--courier ", &args_.courier},
            {"--service ", &args_.service},
            {"--areas ", &args_.areas},
            {"--aliases ", &args_.aliases}};
        for (const auto& [name, value] : options)
            if (!value->empty()) run.again += " " + std::string(name) + shell_quoted(*value);
        run.again += " --commit";
        run_import(session_, run);
    }

    Session& session_;
    const SheetArgs& args_;
    std::string table_, grid_;
};

void add_sheet(CLI::App& group, Session& session, const char* name, const char* what, bool zones) {
    const auto args = std::make_shared<SheetArgs>();
    auto* command = group.add_subcommand(name, what);
    command->add_option(zones ? "CHART" : "FILE", args->file, "CSV")->required();
    if (zones)
        command->add_option("GRID", args->grid, "CSV: weights and a column for each zone")
            ->required();
    command->add_option("--courier", args->courier, "Whose rates they are")->required();
    command->add_option("--service", args->service, "Of the tariff in force; its rules stay")
        ->required();
    command->add_option("--areas", args->areas,
                        "CSV code,name,parent: names in the sheet become codes");
    command->add_option("--aliases", args->aliases, "CSV theirs,code: what the courier calls them");
    command->add_flag("--commit", args->commit, "Import it when no row is at fault");
    command->callback([&session, args] { SheetImporting(session, *args).run(); });
}

}  // namespace

void add_tariffs(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand("tariff", "The couriers' prices in force");
    group->require_subcommand(1);
    const auto file = std::make_shared<std::string>();
    auto* exported = group->add_subcommand("export", "Write them as the flat CSV");
    exported->add_option("FILE", *file, "Where to; otherwise to the terminal");
    exported->callback([&session, file] { export_tariff(session, *file); });
    add_sheet(*group, session, "magento", "Take one service's rates from Magento's table rates",
              false);
    add_sheet(*group, session, "zones", "Take one service's rates from a zone chart and its grid",
              true);
}

}  // namespace kemas::ctl
