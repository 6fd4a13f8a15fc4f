// Why an order waits, and who must act: a field of the status for every open order, not a search
// in a log. For people; no rule depends on it.
#pragma once

#include <optional>
#include <string>

#include "core/books.hpp"

namespace kemas {

struct Waiting {
    std::string why;  // "label: recipient phone is empty"
    std::string who;  // "packer", "supervisor", "stock clerk", ...
};

// `station` is where it is open now, empty = nowhere; `parcel` the one under way and `print` the
// newest print of its label, if any.
Waiting waiting_for(const Order& order, const std::string& station,
                    const std::optional<Parcel>& parcel, const std::optional<EffectRow>& print);

}  // namespace kemas
