// Shipments that a channel arranges: which calls there are, which event wants which, what the
// channel tells of a package, and what the books keep of it. Knows no connection.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/quantities.hpp"

namespace kemas {

enum class ChannelCall {
    parameters,  // how it may go
    arrange,
    number,
    label,
    packed,
    ready_to_ship,
    handed_over,
    change_slot,
    answer_cancel,
};
std::string_view to_text(ChannelCall call);
// One of those that events may want: neither change_slot nor answer_cancel.
std::optional<ChannelCall> channel_call(std::string_view word);

enum class FloorEvent { released, picking, picked, packed, printed, staged, handed_over };
inline constexpr int kFloorEvents = 7;
std::string_view to_text(FloorEvent event);

struct ChannelPlan {
    std::map<FloorEvent, std::vector<ChannelCall>> events;
    std::string method = "pickup";  // wanted, where there is a choice
    // A request in vain may arrive this late: an arrangement is read until then.
    Milliseconds horizon{120'000};
};
// As docs/channels.md has it.
std::map<FloorEvent, std::vector<ChannelCall>> usual_channel_events();

// By name: the orders' channel, or "channel/shop" for one selling account alone.
using ChannelPlans = std::map<std::string, ChannelPlan>;
// The name under which this order's channel is known; empty = it has no service of its own.
std::string channel_link(const ChannelPlans& plans, const OrderKey& key);

// ---- what a channel tells; the shape was checked, the content was not

enum class Progress { none, making, ready };
std::string_view to_text(Progress progress);

struct ChannelCancel {
    std::string id, state, reason;  // state: asked, accepted, refused, withdrawn
    Instant answer_by;              // 0 = not told
    friend auto operator<=>(const ChannelCancel&, const ChannelCancel&) = default;
};

// What a channel believes that a package weighs and measures, and charges for.
struct DeclaredLoad {
    Milligrams weight;  // 0 = not told
    Size size;          // all zero = not told
    friend auto operator<=>(const DeclaredLoad&, const DeclaredLoad&) = default;
};

struct PackageState {
    std::string package_number, order_number;
    Progress arrangement = Progress::none, number = Progress::none, label = Progress::none;
    int arrangement_no = 0;
    std::string method, slot, courier, service, tracking_number;
    bool packed = false, ready_to_ship = false, handed_over = false, cancelled = false;
    std::optional<ChannelCancel> cancel;
    std::optional<DeclaredLoad> declared;
    friend auto operator<=>(const PackageState&, const PackageState&) = default;
};

struct PickupSlot {
    std::string id;
    Instant from, to;
    friend auto operator<=>(const PickupSlot&, const PickupSlot&) = default;
};
struct ArrangeOption {
    std::string method, address;
    std::vector<PickupSlot> slots;
    friend auto operator<=>(const ArrangeOption&, const ArrangeOption&) = default;
};

// ---- as inputs

// The package as an answer, a look or the channel's own list tells it.
struct PackageTold {
    EffectId effect;   // 0 = unasked: it is on the channel's list
    std::string link;  // name of the channel
    bool looked_up = false;
    PackageState package;
};
struct PackageParametersTold {
    EffectId effect;
    std::string package_number;
    std::vector<ArrangeOption> options;
};
struct PackageLabelTold {
    EffectId effect;
    std::string package_number, tracking_number, format;
    std::string hash, bytes;
};
struct PackageRefused {  // the channel will not do it, and did nothing
    EffectId effect;
    std::string field, why;
};
struct SlotChangeAsked {  // by a person
    ParcelId parcel;
    std::string slot, by;
};

// ---- what the books keep

struct ChannelPackage {
    ParcelId parcel;
    std::string link, package_number;
    std::vector<ChannelCall> wanted;  // in the order the events asked for them
    int done = 0;                     // of them
    EffectId act;                     // of the next one, planned or under way; 0 = none
    int arranged = 0;                 // the arrangement_no adopted; 0 = none yet
    std::string method, address, slot;
    std::vector<PickupSlot> slots;  // as offered
    std::string slot_asked;         // by a person, until the channel has it
    std::string cancel_id, cancel_answer, cancel_why;
    Instant cancel_asked_at, cancel_by, cancel_told_at;  // told: the channel has our answer
    Instant asked_at;  // when it was last allowed to arrange; 0 = nothing is under way
    Instant label_at;  // when the label's bytes came
    int label_tries = 0;
    std::string trouble;  // refused or not to be believed: a person settles it
    Instant opened_at, told_at;
    std::optional<DeclaredLoad> declared;  // as told last

    std::optional<ChannelCall> next() const {
        if (done >= static_cast<int>(wanted.size())) return std::nullopt;
        return wanted[static_cast<std::size_t>(done)];
    }
};

}  // namespace kemas
