// What a channel answers about a package. An answer is a hint, a package that was read is the
// truth; what contradicts the books waits for a person.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

constexpr int most_label_tries = 5;
constexpr Milliseconds label_read_within{30'000};  // its pages, after its bytes came

struct Case {
    EffectRow effect;
    ChannelCall call;
    ChannelPackage package;
    Parcel parcel;
    Order order;
};

// The act an answer is about, while it is open.
std::optional<Case> open_case(Turn& turn, EffectId id) {
    const auto effect = turn.books.effect(id);
    const bool open =
        effect && is_channel_act(effect->kind) &&
        (effect->state == EffectState::started || effect->state == EffectState::unknown);
    auto package = open ? turn.books.channel_package(effect->parcel) : std::nullopt;
    auto parcel = open ? turn.books.parcel(effect->parcel) : std::nullopt;
    auto order = parcel ? turn.books.order(parcel->order) : std::nullopt;
    if (!package || !order) {
        turn.refuse("effect_over");
        return std::nullopt;
    }
    package->told_at = turn.now();
    return Case{*effect, call_of(effect->kind), *package, *parcel, *order};
}

void hold_order(Turn& turn, const Order& order, const std::string& why) {
    if (is_open(order.state) && order.state != OrderState::packed)
        set_state(turn, order, OrderState::on_hold, "kemas", "channel: " + why);
}

// The act is over without success, and only a person can tell how it goes on.
void give_up(Turn& turn, Case& at, const std::string& why, bool doubt) {
    turn.change(SetEffect{at.effect.id, EffectState::failed, why, "kemas"});
    if (at.package.act == at.effect.id) {
        at.package.act = {};
        at.package.trouble = std::string(to_text(at.call)) + ": " + why;
        hold_order(turn, at.order, at.package.trouble);
    }
    turn.change(PutPackage{at.package});
    if (doubt)
        return turn.attention("package_doubt", {{"package", at.package.package_number},
                                                {"call", std::string(to_text(at.call))},
                                                {"why", why}});
    turn.attention("package_refused", {{"package", at.package.package_number},
                                       {"call", std::string(to_text(at.call))},
                                       {"why", why}});
}

void not_yet(Turn& turn, const Case& at) {
    turn.change(PutPackage{at.package});
    turn.accept("package_not_yet",
                {{"package", at.package.package_number}, {"call", std::string(to_text(at.call))}});
}

// The channel has not done it: it may be asked once more, now.
void ask_again(Turn& turn, Case& at) {
    if (const auto why = unwanted_call(turn, at.effect); !why.empty()) {
        turn.change(SetEffect{at.effect.id, EffectState::failed, why, "kemas"});
        if (at.package.act == at.effect.id) at.package.act = {};
        turn.change(PutPackage{at.package});
        return turn.accept("package_unwanted", {{"package", at.package.package_number},
                                                {"call", std::string(to_text(at.call))}});
    }
    turn.change(SetEffect{at.effect.id, EffectState::started, "", ""});
    turn.change(PutPackage{at.package});
    turn.accept("package_ask_again",
                {{"package", at.package.package_number}, {"call", std::string(to_text(at.call))}});
}

// An answer that cannot be: what is so, a look tells.
void look(Turn& turn, Case& at, const std::string& why) {
    turn.change(SetEffect{at.effect.id, EffectState::unknown, why, ""});
    turn.change(PutPackage{at.package});
    turn.accept("package_unknown", {{"package", at.package.package_number}, {"detail", why}});
}

void done(Turn& turn, Case& at) {
    turn.change(SetEffect{at.effect.id, EffectState::done, "", ""});
    if (at.package.act == at.effect.id) {
        at.package.act = {};
        ++at.package.done;
        go_on(turn, at.package, at.order, at.parcel);
    }
    turn.change(PutPackage{at.package});
    turn.accept("package_done",
                {{"package", at.package.package_number}, {"call", std::string(to_text(at.call))}});
}

std::string other_parcel_with(const Turn& turn, const std::string& number, ParcelId own) {
    for (const auto& meaning : turn.books.meanings(number))
        if (meaning.kind == CodeKind::parcel && meaning.ref != std::to_string(own.value))
            return meaning.ref;
    return "";
}

// What the channel says otherwise than the books hold; "" = it fits.
std::string contradiction(const Turn& turn, const Case& at, const PackageState& told) {
    if (told.package_number != at.package.package_number)
        return "package_number is " + told.package_number;
    if (told.order_number != at.order.key.external_id)
        return "order_number is " + told.order_number + ", ours is " + at.order.key.external_id;
    if (told.tracking_number.empty()) return "";
    if (const auto other = other_parcel_with(turn, told.tracking_number, at.parcel.id);
        !other.empty())
        return told.tracking_number + " is the number of parcel " + other;
    const auto& ours = at.parcel.tracking_number;
    const bool same_arrangement = told.arrangement_no <= std::max(at.package.arranged, 1);
    if (!ours.empty() && same_arrangement && told.tracking_number != ours)
        return "a second number " + told.tracking_number + ", it has " + ours;
    return "";
}

void adopt_arrangement(Case& at, const PackageState& told) {
    at.package.arranged = told.arrangement_no;
    at.package.asked_at = {};
    if (!told.method.empty()) at.package.method = told.method;
    if (!told.slot.empty()) at.package.slot = told.slot;
}

void on_arranged(Turn& turn, Case& at, const PackageTold& in) {
    const auto& told = in.package;
    if (told.arrangement == Progress::ready) {
        adopt_arrangement(at, told);
        return done(turn, at);
    }
    if (told.arrangement == Progress::making) return not_yet(turn, at);
    if (!in.looked_up) return look(turn, at, "it says that nothing is arranged");
    const auto& plans = turn.policy.channels;
    const auto plan = plans.find(at.package.link);
    const auto horizon = plan == plans.end() ? ChannelPlan{}.horizon : plan->second.horizon;
    const auto& asked = at.package.asked_at;
    if (asked.value && (turn.now() - asked).value < horizon.value) return not_yet(turn, at);
    at.package.asked_at = turn.now();
    ask_again(turn, at);
}

void on_number(Turn& turn, Case& at, const PackageTold& in) {
    const auto& told = in.package;
    if (!in.looked_up) return not_yet(turn, at);  // a hint: the look that follows is the truth
    if (told.number == Progress::making) return not_yet(turn, at);
    if (told.number == Progress::none) return ask_again(turn, at);
    at.parcel.tracking_number = told.tracking_number;
    if (!told.courier.empty()) at.parcel.courier = told.courier;
    if (!told.service.empty()) at.parcel.service = told.service;
    at.package.arranged = std::max(at.package.arranged, told.arrangement_no);
    turn.change(PutParcel{at.parcel});
    turn.change(
        BindCode{told.tracking_number, {CodeKind::parcel, std::to_string(at.parcel.id.value), 1}});
    turn.fact(parcel_fact(at.order, at.parcel, "numbered", "kemas"));
    done(turn, at);
}

// Its bytes came; they are its label when a page of them shows its number.
void on_label_looked_at(Turn& turn, Case& at) {
    if (!at.parcel.label.empty()) return done(turn, at);
    const auto& came = at.package.label_at;
    if (came.value && (turn.now() - came).value < label_read_within.value) return not_yet(turn, at);
    if (++at.package.label_tries > most_label_tries)
        return give_up(turn, at, "the channel's label does not show " + at.parcel.tracking_number,
                       false);
    ask_again(turn, at);
}

void on_flag(Turn& turn, Case& at, bool is_so, bool looked_up) {
    if (is_so) return done(turn, at);
    if (!looked_up) return look(turn, at, "it says that it is not so");
    ask_again(turn, at);
}

void on_slot(Turn& turn, Case& at, const PackageTold& in) {
    if (in.package.slot == at.package.slot_asked) {
        at.package.slot = at.package.slot_asked;
        at.package.slot_asked.clear();
    }
    on_flag(turn, at, at.package.slot_asked.empty(), in.looked_up);
}

void on_cancel_answered(Turn& turn, Case& at, const PackageTold& in) {
    const auto& cancel = in.package.cancel;
    const bool open = cancel && cancel->id == at.package.cancel_id && cancel->state == "asked";
    if (!open) at.package.cancel_told_at = turn.now();
    on_flag(turn, at, !open, in.looked_up);
}

// The first option of the wanted method, else the first; of its slots the earliest still to come.
const ArrangeOption* option_of(const std::vector<ArrangeOption>& options,
                               const std::string& method) {
    for (const auto& option : options)
        if (option.method == method) return &option;
    return options.empty() ? nullptr : &options.front();
}

std::string slot_of(const ArrangeOption& option, Instant now) {
    const PickupSlot *coming = nullptr, *under_way = nullptr;
    for (const auto& slot : option.slots) {
        if (slot.from >= now && (!coming || slot.from < coming->from)) coming = &slot;
        if (slot.to > now && (!under_way || slot.to < under_way->to)) under_way = &slot;
    }
    const auto* chosen = coming ? coming : under_way;
    return chosen ? chosen->id : "";
}

}  // namespace

bool hear_declared(ChannelPackage& package, const PackageState& told) {
    if (!told.declared) return false;
    auto load = package.declared.value_or(DeclaredLoad{});
    if (told.declared->weight.value > 0) load.weight = told.declared->weight;
    if (told.declared->size != Size{}) load.size = told.declared->size;
    if (load == DeclaredLoad{} || load == package.declared) return false;
    package.declared = load;
    return true;
}

void on_package_told(Turn& turn, const PackageTold& in) {
    if (!in.effect) return on_package_unasked(turn, in);
    auto at = open_case(turn, in.effect);
    if (!at) return;
    const auto& told = in.package;
    if (const auto why = contradiction(turn, *at, told); !why.empty())
        return in.looked_up ? give_up(turn, *at, why, true) : look(turn, *at, why);
    hear_declared(at->package, told);  // every way from here keeps the package
    const bool anew = at->package.arranged > 0 && told.arrangement == Progress::ready &&
                      told.arrangement_no > at->package.arranged &&
                      at->package.act == at->effect.id;
    if (anew && in.looked_up) {
        turn.change(SetEffect{at->effect.id, EffectState::done, "arranged anew", ""});
        at->package.act = {};
        arranged_anew(turn, at->package, at->parcel, told);
        go_on(turn, at->package, at->order, at->parcel);
        turn.change(PutPackage{at->package});
        return turn.accept("package_anew", {{"package", told.package_number}});
    }
    switch (at->call) {
        case ChannelCall::arrange:
            return on_arranged(turn, *at, in);
        case ChannelCall::number:
            return on_number(turn, *at, in);
        case ChannelCall::label:
            return on_label_looked_at(turn, *at);
        case ChannelCall::packed:
            return on_flag(turn, *at, told.packed, in.looked_up);
        case ChannelCall::ready_to_ship:
            return on_flag(turn, *at, told.ready_to_ship, in.looked_up);
        case ChannelCall::handed_over:
            return on_flag(turn, *at, told.handed_over, in.looked_up);
        case ChannelCall::change_slot:
            return on_slot(turn, *at, in);
        case ChannelCall::answer_cancel:
            return on_cancel_answered(turn, *at, in);
        case ChannelCall::parameters:
            break;
    }
    ask_again(turn, *at);  // parameters: what is so does not say how it may go
}

void on_package_parameters_told(Turn& turn, const PackageParametersTold& in) {
    auto at = open_case(turn, in.effect);
    if (!at) return;
    if (at->call != ChannelCall::parameters) return turn.refuse("effect_over");
    const auto plan = turn.policy.channels.find(at->package.link);
    const auto method =
        plan == turn.policy.channels.end() ? ChannelPlan{}.method : plan->second.method;
    const auto* option = option_of(in.options, method);
    if (!option) return give_up(turn, *at, "the channel offers no way to ship", false);
    const auto slot = slot_of(*option, turn.now());
    if (option->method == "pickup" && slot.empty())
        return give_up(turn, *at, "the channel offers no pickup slot to come", false);
    at->package.method = option->method;
    at->package.address = option->address;
    at->package.slot = slot;
    at->package.slots = option->slots;
    done(turn, *at);
}

void on_package_label_told(Turn& turn, const PackageLabelTold& in) {
    auto at = open_case(turn, in.effect);
    if (!at) return;
    if (at->call != ChannelCall::label) return turn.refuse("effect_over");
    const auto wrong = [&](const std::string& why) {
        if (++at->package.label_tries > most_label_tries) return give_up(turn, *at, why, false);
        look(turn, *at, why);
    };
    if (in.package_number != at->package.package_number)
        return wrong("the label is of package " + in.package_number);
    if (in.tracking_number != at->parcel.tracking_number)
        return wrong("the label is of number " + in.tracking_number);
    // The door of every file of labels: kept now, read page by page, and bound by its barcodes.
    on_label_file_arrived(turn, {at->package.package_number + "." + in.format, "channel",
                                 at->package.link, in.hash, in.bytes});
    at->package.label_at = turn.now();
    turn.change(PutPackage{at->package});
    turn.accept("package_label_kept", {{"package", at->package.package_number},
                                       {"call", std::string(to_text(at->call))}});
}

void on_package_refused(Turn& turn, const PackageRefused& in) {
    auto at = open_case(turn, in.effect);
    if (!at) return;
    if (at->call == ChannelCall::change_slot) at->package.slot_asked.clear();
    if (at->call == ChannelCall::answer_cancel) at->package.cancel_told_at = turn.now();
    give_up(turn, *at, in.field + ": " + in.why, false);
}

}  // namespace kemas
