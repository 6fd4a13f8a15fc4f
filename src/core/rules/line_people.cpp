// What people do at a conveyor line, and where its numbers begin.
#include <algorithm>

#include "core/line/layout.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// So many numbers are set aside at once; a belt never holds as many bodies that no book knows.
constexpr std::int64_t kSetAside = 10'000;

const line::Layout* layout_of(const Turn& turn, const std::string& line) {
    const auto known = turn.policy.lines.find(line);
    return known == turn.policy.lines.end() ? nullptr : &known->second;
}

}  // namespace

void on_line_started(Turn& turn, const LineStarted& in) {
    if (!layout_of(turn, in.line)) return turn.refuse("line_unknown", {{"line", in.line}});
    const auto last = turn.books.line_number(in.line);
    turn.change(PutLine{in.line, last + kSetAside});
    turn.accept("line_started", {{"line", in.line}, {"number", std::to_string(last)}});
}

void note_line_number(Turn& turn, const std::string& line, std::int64_t number) {
    if (turn.books.line_number(line) < number + kSetAside / 2)
        turn.change(PutLine{line, number + kSetAside});
}

void on_line_lane_switched(Turn& turn, const LineLaneSwitched& in) {
    const auto* const layout = layout_of(turn, in.line);
    if (!layout) return turn.refuse("line_unknown", {{"line", in.line}});
    if (!line::lane_named(*layout, in.lane))
        return turn.refuse("line_no_such_lane", {{"line", in.line}, {"lane", in.lane}});
    turn.change(SetLane{in.line, in.lane, in.open, in.by, in.reason});
    if (in.by.empty())
        return turn.attention("line_lane_doubted", {{"line", in.line}, {"lane", in.lane}});
    turn.accept(in.open ? "line_lane_opened" : "line_lane_shut",
                {{"line", in.line}, {"lane", in.lane}, {"by", in.by}});
}

void on_line_jam_clear_asked(Turn& turn, const LineJamClearAsked& in) {
    if (!layout_of(turn, in.line)) return turn.refuse("line_unknown", {{"line", in.line}});
    const bool of_feed = !in.feed.empty();
    const auto device = of_feed ? in.feed + " " + in.zone : in.line;
    const auto is_this = [&](const EffectRow& effect) {
        return effect.kind == EffectKind::clear_jam && effect.station == in.line &&
               effect.device == device;
    };
    if (!in.jammed)
        return turn.refuse(of_feed ? "feed_no_jam" : "line_no_jam", {{"device", device}});
    for (const auto state : {EffectState::planned, EffectState::started})
        for (const auto& effect : turn.books.effects_in(state))
            if (is_this(effect))
                return turn.refuse(of_feed ? "feed_clearing_already" : "line_clearing_already",
                                   {{"device", device}});
    // The jam of before is this person's to settle: they have looked.
    for (const auto& effect : turn.books.effects_in(EffectState::unknown))
        if (is_this(effect))
            turn.change(SetEffect{effect.id, EffectState::resolved, "failed: asked again", in.by});
    Effect effect;
    effect.kind = EffectKind::clear_jam;
    effect.station = in.line;
    effect.device = device;
    effect.about = in.by + ": " + in.reason;
    turn.plan(std::move(effect));
    turn.accept(of_feed ? "feed_clearing" : "line_clearing", {{"device", device}});
}

void on_jam_clear_ended(Turn& turn, const EffectRow& effect, EffectState state,
                        const std::string& detail) {
    const bool of_feed = effect.device != effect.station;
    if (state == EffectState::done)
        return turn.accept(of_feed ? "feed_jam_cleared" : "line_jam_cleared",
                           {{"device", effect.device}});
    if (state == EffectState::failed)
        return turn.attention(of_feed ? "feed_jam_stays" : "line_jam_stays",
                              {{"device", effect.device}, {"detail", detail}});
    turn.attention(of_feed ? "feed_jam_unknown" : "line_jam_unknown",
                   {{"device", effect.device}, {"detail", detail}});
}

}  // namespace kemas
