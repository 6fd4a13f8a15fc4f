#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/effect_table.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

struct EffectArgs {
    std::string state, id, outcome, number;
    Signature signature;
};

void show_effects(Session& session, const EffectArgs& args) {
    const auto answer = session.ask(get("/api/v1/effects" + query({{"state", args.state}})));
    if (!answer) return;
    if (session.json) return session.print_raw();
    const auto& effects = list(*answer, "effects");
    if (effects.empty()) {
        fmt::print("No {} act.\n", args.state.empty() ? "open" : args.state);
        return;
    }
    fmt::print("{}", effect_table(effects));
    for (const auto& item : effects) {
        const auto& effect = as_object(item);
        if (text(effect, "state") != "unknown") continue;
        fmt::print(
            "\nLook at {} whether it happened, then say so:\n"
            "  kemasctl effects resolve {} done|failed --by WHO --reason TEXT\n",
            cell(effect, "device"), text(effect, "id"));
        break;
    }
}

void resolve(Session& session, const EffectArgs& args) {
    object body;
    body["outcome"] = args.outcome;
    body["by"] = args.signature.by;
    body["reason"] = args.signature.reason;
    if (!args.number.empty()) body["tracking_number"] = args.number;
    act(session, "/api/v1/effects/" + encode(args.id) + "/resolve", body);
}

}  // namespace

std::string effect_table(const array& effects) {
    std::vector<Row> rows;
    for (const auto& item : effects) {
        const auto& effect = as_object(item);
        const auto started = text(effect, "started_at");
        rows.push_back(
            {cell(effect, "id"), cell(effect, "kind"), cell(effect, "state"),
             cell(effect, "device"), cell(effect, "parcel"), cell(effect, "tracking_number"),
             started.empty() ? cell(effect, "planned_at") : started, cell(effect, "detail")});
    }
    return table(
        {"EFFECT", "KIND", "STATE", "DEVICE", "PARCEL", "TRACKING NUMBER", "SINCE", "DETAIL"},
        rows);
}

void add_effects(CLI::App& app, Session& session) {
    const auto args = std::make_shared<EffectArgs>();
    auto* group = app.add_subcommand("effects", "Physical acts that are open, or in doubt");
    group->require_subcommand(1);
    auto* show = group->add_subcommand("list", "Acts that are planned, started or unknown");
    show->add_option("--state", args->state, "Only these")
        ->check(CLI::IsMember({"planned", "started", "unknown"}));
    show->callback([&session, args] { show_effects(session, *args); });
    auto* settle = group->add_subcommand("resolve", "Say what became of an unknown act");
    settle->add_option("ID", args->id, "As in the list: 48102.0")->required();
    settle->add_option("OUTCOME", args->outcome, "What a person saw")
        ->check(CLI::IsMember({"done", "failed"}))
        ->required();
    settle->add_option("--number", args->number, "Of a courier's number that is done: which");
    add_signature(*settle, args->signature);
    settle->callback([&session, args] { resolve(session, *args); });
}

}  // namespace kemas::ctl
