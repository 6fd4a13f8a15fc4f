#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/import_run.hpp"
#include "tools/kemasctl/problem.hpp"

namespace kemas::ctl {
namespace {

constexpr long kImportTimeout_ms = 300'000;  // a file of a million rows

struct ImportArgs {
    std::string kind, file;
    bool commit = false;
};

// What a person does once the file is in.
const std::map<std::string, std::string> next_steps{
    {"skus", "kemasctl import stock FILE.csv"},
    {"stock", "kemasctl import tariff FILE.csv"},
    {"tariff", "kemasctl import tracking-numbers FILE.csv"},
    {"tracking-numbers", "kemasctl import orders FILE.csv"},
    {"orders", "kemasctl status"},
    {"listings", "kemasctl report declared"},
};

Call import_call(const ImportRun& run, bool dry_run) {
    const auto name = std::filesystem::path(run.file).filename().string();
    Call call = post("/api/v1/imports/" + encode(run.kind) +
                         query({{"file", name}, {"dry_run", dry_run ? "true" : "false"}}),
                     run.body);
    call.content_type = "text/csv";
    call.timeout_ms = kImportTimeout_ms;
    return call;
}

void print_plan(const std::string& file, const object& answer) {
    fmt::print("{}: {} rows: {} new, {} changed, {} the same\n", file, count(answer, "rows"),
               count(answer, "new"), count(answer, "changed"), count(answer, "same"));
    for (const auto& example : list(answer, "examples")) fmt::print("  {}\n", text(example));
}

void import(Session& session, const ImportArgs& args) {
    auto body = read_file(args.file);
    if (!body) return session.complain(Exit::cannot, body.error().what);
    run_import(session,
               {args.kind, args.file, std::move(*body),
                "kemasctl import " + args.kind + " " + shell_quoted(args.file) + " --commit",
                next_steps.at(args.kind), args.commit});
}

}  // namespace

std::string shell_quoted(const std::string& name) {
    if (name.find_first_of(" '\"\\$&;()<>|*?`#!~") == name.npos) return name;
    std::string out = "'";
    for (const char c : name) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

void run_import(Session& session, const ImportRun& run) {
    const auto plan = session.ask(import_call(run, true));
    if (!plan) return;
    const auto& errors = list(*plan, "errors");
    if (!errors.empty()) session.exit = Exit::refused;
    const bool goes_on = run.commit && errors.empty();
    if (session.json && !goes_on) return session.print_raw();
    if (!session.json) print_plan(run.file, *plan);
    if (!errors.empty()) {
        fmt::print("\n{}", fault_table(errors));
        fmt::print("\nNothing is imported: {} {} to correct; then run this again.\n", errors.size(),
                   errors.size() == 1 ? "fault" : "faults");
        return;
    }
    if (!run.commit) {
        fmt::print("\nNothing is imported yet. To import it:\n  {}\n", run.again);
        return;
    }
    const auto done = session.ask(import_call(run, false));
    if (!done) return;
    if (!yes(*done, "committed")) {
        if (session.json) session.print_raw();
        return session.complain(Exit::refused,
                                fmt::format("{} is not imported, and kemasd does not "
                                            "say why; look at its log.",
                                            run.file));
    }
    if (session.json) return session.print_raw();
    fmt::print("\nImported. Next: {}\n", run.next);
}

void add_imports(CLI::App& app, Session& session) {
    const auto args = std::make_shared<ImportArgs>();
    auto* command =
        app.add_subcommand("import", "Show what a CSV file would change; with --commit, change it");
    command->add_option("KIND", args->kind, "What the file holds")
        ->check(
            CLI::IsMember({"listings", "orders", "skus", "stock", "tariff", "tracking-numbers"}))
        ->required();
    command->add_option("FILE", args->file, "The file")->required();
    command->add_flag("--commit", args->commit, "Import it when no row is at fault");
    command->callback([&session, args] { import(session, *args); });
}

}  // namespace kemas::ctl
