#include "core/declared/comparison.hpp"

#include <algorithm>
#include <array>

#include "core/declared/load.hpp"

namespace kemas::declared {

std::string_view to_text(Told told) {
    constexpr std::array<std::string_view, 3> words{"nowhere", "catalogue", "package"};
    return words[static_cast<std::size_t>(told)];
}

std::string_view to_text(Found found) {
    constexpr std::array<std::string_view, 3> words{"nowhere", "parcels", "sku_list"};
    return words[static_cast<std::size_t>(found)];
}

std::vector<Comparison::Part> Comparison::parts_of(const SentParcel& parcel,
                                                   const Sources& sources) {
    std::vector<Part> parts;
    for (const auto& item : parcel.items) {
        if (item.count <= 0) continue;
        const auto [at, is_new] = wares_.try_emplace(Key{item.channel, item.shop, item.sku});
        if (is_new) at->second.known = sources.sku(item);
        const auto have = std::ranges::find(parts, &at->second, &Part::ware);
        if (have == parts.end())
            parts.push_back({&at->second, item.count});
        else
            have->units += item.count;
    }
    return parts;
}

std::optional<DeclaredLoad> Comparison::declared_load(const SentParcel& parcel,
                                                      const std::vector<Part>& parts) const {
    LoadSum sum;
    for (const auto& part : parts)
        sum.add(part.ware->known.listed.value_or(DeclaredLoad{}), part.units);
    auto load = sum.sum();
    if (parcel.declared && parcel.declared->weight.value > 0) load.weight = parcel.declared->weight;
    if (parcel.declared && parcel.declared->size != Size{}) load.size = parcel.declared->size;
    if (load.weight.value <= 0) return std::nullopt;
    return load;
}

// A parcel of one SKU tells what a unit weighs, packed and not.
void Comparison::add_alone(const SentParcel& parcel, const Part& part) {
    auto& ware = *part.ware;
    if (parcel.gross > parcel.tare)
        ware.alone.push_back((parcel.gross - parcel.tare).value / part.units);
    ware.packaging += parcel.tare.value;
    if (part.units == 1 && parcel.rigid && parcel.outer != Size{}) ++ware.boxes[parcel.outer];
    if (!parcel.declared) return;
    if (parcel.declared->weight.value > 0)
        ware.told.push_back(parcel.declared->weight.value / part.units);
    if (part.units == 1 && parcel.declared->size != Size{}) ware.told_size = parcel.declared->size;
}

void Comparison::add_package(const SentParcel& parcel, std::optional<Money> cost) {
    const auto weight = parcel.declared->weight.value, gross = parcel.gross.value;
    const auto volume = volume_mm3(parcel.declared->size), outer = volume_mm3(parcel.outer);
    if (!is_off(weight, gross, share_) && !is_off(volume, outer, share_)) return;
    report_.packages.push_back(
        {parcel, off_basis_points(weight, gross), off_basis_points(volume, outer), cost});
}

void Comparison::add(const SentParcel& parcel, const Sources& sources) {
    if (!parcel.on_scale || parcel.gross.value <= 0) {
        ++report_.not_on_scale;
        return;
    }
    const auto parts = parts_of(parcel, sources);
    if (parts.empty()) return;
    ++report_.compared;
    const auto divisor = sources.divisor(parcel);
    for (const auto& part : parts) {
        ++part.ware->parcels;
        part.ware->units += part.units;
        if (divisor > 0) ++part.ware->divisors[divisor];
    }
    std::optional<Money> cost;
    const auto declared = declared_load(parcel, parts);
    if (declared) {
        const DeclaredLoad ours{parcel.gross,
                                parcel.outer == Size{} ? declared->size : parcel.outer};
        const auto as_sent = sources.price(parcel, ours);
        const auto as_declared = as_sent ? sources.price(parcel, *declared) : std::nullopt;
        if (as_declared) cost = *as_sent - *as_declared;
    } else {
        ++report_.not_declared;
    }
    if (parts.size() == 1) {
        add_alone(parcel, parts.front());
        parts.front().ware->difference.add(cost);
        return;
    }
    mixed_.push_back({parts, parcel.tare, cost});
    if (parcel.declared) add_package(parcel, cost);
}

}  // namespace kemas::declared
