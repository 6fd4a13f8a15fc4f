#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"

namespace kemas::ctl {
namespace {

void reload(Session& session) {
    const auto answer = session.ask(post("/api/v1/reload", "{}"));
    if (!answer) return;
    if (session.json) return session.print_raw();
    const auto &changed = list(*answer, "changed"), &waiting = list(*answer, "needs_restart");
    if (changed.empty() && waiting.empty()) return fmt::print("The files are as they were.\n");
    for (const auto& name : changed) fmt::print("made anew: {}\n", text(name));
    for (const auto& section : waiting)
        fmt::print("changed, but only a restart takes it: {}\n", text(section));
}

}  // namespace

void add_reload(CLI::App& app, Session& session) {
    app.add_subcommand("reload", "Read the site's files again, without stopping the rest")
        ->callback([&session] { reload(session); });
}

}  // namespace kemas::ctl
