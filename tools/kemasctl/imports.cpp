#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
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
};

std::string quoted(const std::string& name) {  // as a shell takes it back
    if (name.find_first_of(" '\"\\$&;()<>|*?`#!~") == name.npos) return name;
    std::string out = "'";
    for (const char c : name) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

Call import_call(const ImportArgs& args, const std::string& body, bool dry_run) {
    const auto name = std::filesystem::path(args.file).filename().string();
    Call call = post("/api/v1/imports/" + encode(args.kind) +
                         query({{"file", name}, {"dry_run", dry_run ? "true" : "false"}}),
                     body);
    call.content_type = "text/csv";
    call.timeout_ms = kImportTimeout_ms;
    return call;
}

void print_plan(const ImportArgs& args, const object& answer) {
    fmt::print("{}: {} rows: {} new, {} changed, {} the same\n", args.file, count(answer, "rows"),
               count(answer, "new"), count(answer, "changed"), count(answer, "same"));
    for (const auto& example : list(answer, "examples")) fmt::print("  {}\n", text(example));
}

void import(Session& session, const ImportArgs& args) {
    const auto body = read_file(args.file);
    if (!body) return session.complain(Exit::cannot, body.error().what);
    const auto plan = session.ask(import_call(args, *body, true));
    if (!plan) return;
    const auto& errors = list(*plan, "errors");
    if (!errors.empty()) session.exit = Exit::refused;
    const bool goes_on = args.commit && errors.empty();
    if (session.json && !goes_on) return session.print_raw();
    if (!session.json) print_plan(args, *plan);
    if (!errors.empty()) {
        fmt::print("\n{}", fault_table(errors));
        fmt::print("\nNothing is imported: {} {} to correct; then run this again.\n", errors.size(),
                   errors.size() == 1 ? "fault" : "faults");
        return;
    }
    if (!args.commit) {
        fmt::print("\nNothing is imported yet. To import it:\n  kemasctl import {} {} --commit\n",
                   args.kind, quoted(args.file));
        return;
    }
    const auto done = session.ask(import_call(args, *body, false));
    if (!done) return;
    if (!yes(*done, "committed")) {
        if (session.json) session.print_raw();
        return session.complain(Exit::refused,
                                fmt::format("{} is not imported, and kemasd does not "
                                            "say why; look at its log.",
                                            args.file));
    }
    if (session.json) return session.print_raw();
    fmt::print("\nImported. Next: {}\n", next_steps.at(args.kind));
}

}  // namespace

void add_imports(CLI::App& app, Session& session) {
    const auto args = std::make_shared<ImportArgs>();
    auto* command =
        app.add_subcommand("import", "Show what a CSV file would change; with --commit, change it");
    command->add_option("KIND", args->kind, "What the file holds")
        ->check(CLI::IsMember({"orders", "skus", "stock", "tariff", "tracking-numbers"}))
        ->required();
    command->add_option("FILE", args->file, "The file")->required();
    command->add_flag("--commit", args->commit, "Import it when no row is at fault");
    command->callback([&session, args] { import(session, *args); });
}

}  // namespace kemas::ctl
