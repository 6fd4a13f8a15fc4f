// What the channel changes under way: a cancellation, a new arrangement; and a pickup slot that a
// person wants changed.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

struct Verdict {
    bool accepted = false;
    std::string why;  // the state that decides it
};

// How far the parcel had come before the order was stopped.
std::string how_far(const Order& order, const Parcel& parcel) {
    if (parcel.staged_at.value) return "packed, taken off the line";
    if (order.state == OrderState::released) return "nobody had begun";
    return "was " + std::string(to_text(order.state));
}

// Asks the order to stop, as anybody's cancellation does.
Verdict stop_order(Turn& turn, const Order& order, const Parcel& parcel, const std::string& by,
                   const std::string& reason) {
    if (parcel.handed_over_at.value)
        return {false,
                "handed over to " + (parcel.courier.empty() ? "the courier" : parcel.courier)};
    on_cancel_asked(turn, {order.key, by, reason});
    const bool refused = turn.decision.answer.kind == Answer::Kind::refused;
    if (refused) return {false, std::string(to_text(order.state))};
    return {true, how_far(order, parcel)};
}

void hear_cancel(Turn& turn, ChannelPackage package, const Order& order, const Parcel& parcel,
                 const PackageState& told) {
    const auto id = told.cancel ? told.cancel->id : std::string("cancelled");
    if (package.cancel_id == id)
        return turn.accept("package_known", {{"package", package.package_number}});
    const auto reason = told.cancel && !told.cancel->reason.empty()
                            ? told.cancel->reason
                            : std::string("cancelled there");
    const auto verdict = stop_order(turn, order, parcel, package.link, reason);
    package.cancel_id = id;
    package.cancel_asked_at = turn.now();
    package.cancel_by = told.cancel ? told.cancel->answer_by : Instant{};
    package.cancel_answer = verdict.accepted ? "accepted" : "refused";
    package.cancel_why = verdict.why;
    package.cancel_told_at = {};
    turn.plan(
        {EffectKind::answer_cancel, "", package.link, parcel.id, 1, "", package.package_number});
    turn.change(PutPackage{package});
    if (verdict.accepted)
        return turn.accept("channel_cancel_accepted",
                           {{"order", number_of(order)}, {"why", verdict.why}});
    turn.attention("channel_cancel_refused", {{"order", number_of(order)}, {"why", verdict.why}});
}

std::string offered(const ChannelPackage& package) {
    std::string all;
    for (const auto& slot : package.slots) all += (all.empty() ? "" : ", ") + slot.id;
    return all.empty() ? "-" : all;
}

}  // namespace

void arranged_anew(Turn& turn, ChannelPackage& package, Parcel& parcel, const PackageState& told) {
    void_label(turn, parcel, "the channel arranged it anew", "kemas");
    parcel.tracking_number.clear();
    parcel.revision = 0;
    turn.change(
        BindCode{package.package_number, {CodeKind::parcel, std::to_string(parcel.id.value), 1}});
    turn.change(PutParcel{parcel});
    package.arranged = told.arrangement_no;
    if (!told.method.empty()) package.method = told.method;
    if (!told.slot.empty()) package.slot = told.slot;
    std::vector<ChannelCall> wanted{ChannelCall::number, ChannelCall::label};
    for (std::size_t i = static_cast<std::size_t>(package.done); i < package.wanted.size(); ++i)
        if (std::ranges::find(wanted, package.wanted[i]) == wanted.end())
            wanted.push_back(package.wanted[i]);
    package.wanted = std::move(wanted);
    package.done = 0;
    package.label_at = {};
    package.label_tries = 0;
}

void on_package_unasked(Turn& turn, const PackageTold& in) {
    const auto& told = in.package;
    auto package = turn.books.channel_package_by_number(in.link, told.package_number);
    auto parcel = package ? turn.books.parcel(package->parcel) : std::nullopt;
    const auto order = parcel ? turn.books.order(parcel->order) : std::nullopt;
    if (!order || order->key.external_id != told.order_number)
        return turn.refuse("package_foreign", {{"package", told.package_number}});
    package->told_at = turn.now();
    if (hear_declared(*package, told)) turn.change(PutPackage{*package});
    const bool cancel = told.cancelled || (told.cancel && told.cancel->state == "asked");
    if (cancel) return hear_cancel(turn, *package, *order, *parcel, told);
    const bool anew = package->arranged > 0 && told.arrangement == Progress::ready &&
                      told.arrangement_no > package->arranged;
    if (!anew || parcel->handed_over_at.value || parcel->voided_at.value)
        return turn.accept("package_known", {{"package", told.package_number}});
    if (package->act)  // it was about the arrangement before
        turn.change(SetEffect{package->act, EffectState::failed, "arranged anew", "kemas"});
    package->act = {};
    arranged_anew(turn, *package, *parcel, told);
    go_on(turn, *package, *order, *parcel);
    turn.change(PutPackage{*package});
    turn.attention("package_anew", {{"package", told.package_number}});
}

void on_slot_change_asked(Turn& turn, const SlotChangeAsked& in) {
    auto package = turn.books.channel_package(in.parcel);
    const auto parcel = turn.books.parcel(in.parcel);
    if (!package || !parcel)
        return turn.refuse("package_none", {{"parcel", std::to_string(in.parcel.value)}});
    const bool known =
        std::ranges::find(package->slots, in.slot, &PickupSlot::id) != package->slots.end();
    if (!known)
        return turn.refuse("slot_unknown", {{"slot", in.slot}, {"offered", offered(*package)}});
    if (parcel->handed_over_at.value || parcel->voided_at.value || package->arranged == 0)
        return turn.refuse("slot_fixed", {{"package", package->package_number}, {"slot", in.slot}});
    if (!package->slot_asked.empty())
        return turn.refuse("slot_changing",
                           {{"package", package->package_number}, {"slot", in.slot}});
    if (package->slot == in.slot)
        return turn.accept("slot_kept", {{"package", package->package_number}, {"slot", in.slot}});
    package->slot_asked = in.slot;
    turn.plan(
        {EffectKind::change_slot, "", package->link, parcel->id, 1, "", package->package_number});
    turn.change(PutPackage{*package});
    turn.accept("slot_asked", {{"package", package->package_number}, {"slot", in.slot}});
}

}  // namespace kemas
