// Ids that the books give: counted up, so a replay makes the same ones.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace kemas {

using Seq = std::int64_t;  // place in the journal, from 1

template <class Tag>
struct Id {
    std::int64_t value = 0;  // 0 = none
    friend constexpr auto operator<=>(Id, Id) = default;
    explicit constexpr operator bool() const { return value != 0; }
};
using OrderId = Id<struct OrderTag>;
using ParcelId = Id<struct ParcelTag>;
using ManifestId = Id<struct ManifestTag>;
using ReturnId = Id<struct ReturnTag>;
using LabelFileId = Id<struct LabelFileTag>;
using LabelPageId = Id<struct LabelPageTag>;
using LabelRunId = Id<struct LabelRunTag>;

// An effect, by the input that asked for it and its place among that input's effects.
struct EffectId {
    Seq seq = 0;
    int index = 0;
    friend constexpr auto operator<=>(EffectId, EffectId) = default;
    explicit constexpr operator bool() const { return seq != 0; }
};
inline std::string to_text(EffectId id) {
    return std::to_string(id.seq) + "." + std::to_string(id.index);
}

// How the world names an order: numbers collide between marketplaces, so all three count.
struct OrderKey {
    std::string channel;      // "shopee", "webstore", "manual", ...
    std::string shop;         // the selling account
    std::string external_id;  // the channel's own number
    friend auto operator<=>(const OrderKey&, const OrderKey&) = default;
};

}  // namespace kemas
