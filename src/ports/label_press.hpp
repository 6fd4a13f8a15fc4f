// Makes the bytes that a printer gets. Drawing takes milliseconds, so it happens elsewhere and the
// answer comes back on the loop thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "core/books.hpp"

namespace kemas {

struct PreparedLabel {
    std::string hash, bytes;
    bool unmarked = false;  // a reprint on which the mark found no place: a person writes it
};
struct RefusedLabel {
    std::string field, why;
};

class LabelPress {
 public:
    using OnPrepared = std::function<void(tl::expected<PreparedLabel, RefusedLabel>)>;
    using OnBytes = std::function<void(std::optional<std::string>)>;

    virtual ~LabelPress() = default;
    // Draws the parcel's label, or makes the channel's own ready to be passed on.
    virtual void prepare(const EffectRow& effect, OnPrepared on_prepared) = 0;
    // The bytes the ledger keeps for the parcel's newest revision; none when they were erased.
    virtual void fetch(const EffectRow& effect, OnBytes on_bytes) = 0;
};

}  // namespace kemas
