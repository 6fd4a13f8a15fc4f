// Which call a package needs next: in the order its events asked for them, one at a time.
#include "core/rules/packages.hpp"

#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

constexpr int first_act = static_cast<int>(EffectKind::read_parameters);

// What the call is for is there already: it came with the order, as a file, or by the call before.
bool needless(const ChannelPackage& package, const Parcel& parcel, ChannelCall call) {
    switch (call) {
        case ChannelCall::parameters:
        case ChannelCall::arrange:
            return package.arranged > 0 || !parcel.tracking_number.empty();
        case ChannelCall::number:
            return !parcel.tracking_number.empty();
        case ChannelCall::label:
            return !parcel.label.empty();
        default:
            return false;
    }
}

ChannelPackage new_package(const Turn& turn, const Order& order, const Parcel& parcel,
                           const std::string& link) {
    ChannelPackage package;
    package.parcel = parcel.id;
    package.link = link;
    package.package_number = order.package_number;
    package.opened_at = turn.now();
    return package;
}

bool is_told(ChannelCall call) {
    return call == ChannelCall::handed_over;
}

}  // namespace

bool is_channel_act(EffectKind kind) {
    return kind >= EffectKind::read_parameters && kind <= EffectKind::answer_cancel;
}

EffectKind act_of(ChannelCall call) {
    return static_cast<EffectKind>(first_act + static_cast<int>(call));
}

ChannelCall call_of(EffectKind kind) {
    return static_cast<ChannelCall>(static_cast<int>(kind) - first_act);
}

std::optional<ChannelPackage> package_now(const Turn& turn, ParcelId id) {
    const auto& changes = turn.decision.changes;
    for (auto it = changes.rbegin(); it != changes.rend(); ++it)
        if (const auto* put = std::get_if<PutPackage>(&*it); put && put->package.parcel == id)
            return put->package;
    return turn.books.channel_package(id);
}

void go_on(Turn& turn, ChannelPackage& package, const Order& order, const Parcel& parcel) {
    while (!package.act && package.trouble.empty()) {
        const auto next = package.next();
        if (!next) return;
        if (needless(package, parcel, *next)) {
            ++package.done;
            continue;
        }
        if (is_stopped(order.state) && !is_told(*next)) return;
        // A request that may have left is looked for before another one is made.
        const int turn_no = *next == ChannelCall::arrange && package.asked_at.value ? 2 : 1;
        package.act = turn.plan(
            {act_of(*next), "", package.link, parcel.id, turn_no, "", package.package_number});
    }
}

void channel_event(Turn& turn, const Order& order, const Parcel& parcel, FloorEvent event) {
    if (parcel.arranged != Arranger::channel || order.package_number.empty()) return;
    auto package = package_now(turn, parcel.id);
    const auto link = package ? package->link : channel_link(turn.policy.channels, order.key);
    const auto plan = turn.policy.channels.find(link);
    if (plan == turn.policy.channels.end()) return;
    if (!package) package = new_package(turn, order, parcel, link);
    if (const auto calls = plan->second.events.find(event); calls != plan->second.events.end())
        for (const auto call : calls->second)
            if (std::ranges::find(package->wanted, call) == package->wanted.end())
                package->wanted.push_back(call);
    go_on(turn, *package, order, parcel);
    turn.change(PutPackage{*package});
}

void channel_event(Turn& turn, const Order& order, FloorEvent event) {
    if (order.arranged != Arranger::channel) return;
    for (const auto& parcel : turn.books.parcels_of(order.id))
        if (!parcel.voided_at.value) channel_event(turn, order, parcel, event);
}

void clear_trouble(Turn& turn, const Order& order) {
    if (order.arranged != Arranger::channel) return;
    for (const auto& parcel : turn.books.parcels_of(order.id)) {
        auto package = package_now(turn, parcel.id);
        if (!package || package->trouble.empty()) continue;
        package->trouble.clear();
        package->label_tries = 0;
        turn.change(PutPackage{*package});
    }
}

std::string why_no_label(const ChannelPackage& package) {
    if (!package.trouble.empty()) return package.trouble;
    const auto next = package.next();
    if (!next) return "its events ask for no label";
    return "waits for " + std::string(to_text(*next)) + " of " + package.package_number;
}

std::string refusal_of_ours(const Turn& turn, const Parcel& parcel) {
    if (parcel.arranged != Arranger::channel) return "";
    const auto order = turn.books.order(parcel.order);
    const auto tongue = turn.policy.tongue;
    const auto channel =
        order ? order->key.channel : rating::say(tongue, "its channel", "kanalnya");
    return channel +
           rating::say(tongue,
                       " arranges this shipment: its courier, number and label are the only ones",
                       " mengatur kiriman ini: hanya kurir, nomor dan labelnya yang berlaku");
}

std::string unwanted_call(const Turn& turn, const EffectRow& effect) {
    if (effect.kind == EffectKind::answer_cancel || effect.kind == EffectKind::tell_handed_over)
        return "";
    const auto parcel = turn.books.parcel(effect.parcel);
    if (!parcel) return "the parcel is gone";
    if (parcel->voided_at.value) return "the parcel is void";
    const auto order = turn.books.order(parcel->order);
    if (order && is_stopped(order->state))
        return number_of(*order) + " is " + std::string(to_text(order->state));
    return "";
}

void on_call_started(Turn& turn, const EffectRow& effect) {
    if (effect.kind != EffectKind::arrange_package || effect.revision > 1) return;
    auto package = turn.books.channel_package(effect.parcel);
    if (!package) return;
    package->asked_at = turn.now();
    turn.change(PutPackage{*package});
}

void on_call_unwanted(Turn& turn, const EffectRow& effect) {
    auto package = turn.books.channel_package(effect.parcel);
    if (!package) return;
    if (package->act == effect.id) package->act = {};
    if (effect.kind == EffectKind::change_slot) package->slot_asked.clear();
    turn.change(PutPackage{*package});
}

void on_call_unknown(Turn& turn, const EffectRow& effect, const std::string& detail) {
    turn.accept("package_unknown", {{"package", effect.reference}, {"detail", detail}});
}

void on_call_resolved(Turn& turn, const EffectRow& effect, const EffectResolved& in) {
    auto package = turn.books.channel_package(effect.parcel);
    const auto parcel = turn.books.parcel(effect.parcel);
    const auto order = parcel ? turn.books.order(parcel->order) : std::nullopt;
    if (!package || !order) return turn.refuse("effect_over");
    const bool done = in.outcome == Outcome::done;
    turn.change(SetEffect{in.effect, EffectState::resolved,
                          (done ? "done: " : "failed: ") + in.reason, in.by});
    if (effect.kind == EffectKind::change_slot) package->slot_asked.clear();
    if (effect.kind == EffectKind::answer_cancel) package->cancel_told_at = turn.now();
    if (package->act == effect.id) {
        package->act = {};
        if (done) ++package->done;
        if (done && effect.kind == EffectKind::arrange_package)
            package->arranged = std::max(package->arranged, 1);
        if (!done) package->trouble = "given up by " + in.by + ": " + in.reason;
        go_on(turn, *package, *order, *parcel);
    }
    turn.change(PutPackage{*package});
    turn.accept(done ? "resolved_done" : "resolved_failed", {{"effect", to_text(in.effect)}});
}

}  // namespace kemas
