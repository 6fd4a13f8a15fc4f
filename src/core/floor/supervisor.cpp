#include "core/floor/supervisor.hpp"

#include "core/floor/flows.hpp"

namespace kemas {
namespace {

constexpr const char* ask_override = "override";
constexpr const char* ask_weight = "weight";
constexpr const char* ask_reprint = "reprint";

void approve(Turn& turn, const std::string& what, const std::string& arg, const std::string& by) {
    if (what == ask_override) return override_verdict(turn, arg, by);
    if (what == ask_reprint) return reprint_here(turn, arg, by);
    const auto colon = arg.find(':');
    type_weight(turn, std::stoll(arg.substr(0, colon)), arg.substr(colon + 1), by);
}

}  // namespace

bool is_supervisor(const Turn& turn, const std::string& id) {
    const auto who = turn.books.operator_by_id(id);
    return who && who->supervisor;
}

void ask_supervisor(Turn& turn, const std::string& what, const std::string& arg) {
    if (is_supervisor(turn, turn.station.operator_id))
        return approve(turn, what, arg, turn.station.operator_id);
    turn.station.asked = what;
    turn.station.asked_arg = arg;
    turn.accept("supervisor_needed");
}

bool answer_with_badge(Turn& turn, const std::string& operator_id) {
    const auto what = turn.station.asked;
    if (what != ask_override && what != ask_weight && what != ask_reprint) return false;
    if (refuse_if_stopped(turn)) return true;
    if (!is_supervisor(turn, operator_id)) {
        const auto who = turn.books.operator_by_id(operator_id);
        turn.refuse("not_supervisor", {{"name", who ? who->name : operator_id}});
        return true;
    }
    const auto arg = turn.station.asked_arg;
    turn.station.asked.clear();
    approve(turn, what, arg, operator_id);
    return true;
}

}  // namespace kemas
