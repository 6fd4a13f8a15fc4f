// Does the parcel weigh what is in it, and if not, which mistake explains it best. Knows contents
// and a settled weight, not orders or stations.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/quantities.hpp"
#include "core/weighing/expected.hpp"

namespace kemas::weighing {

struct Policy {
    // 3.5 standard deviations: 0.02 % false alarms at 94 % of missing units found, where a fixed
    // 2 % of the weight gives 3.2 % false alarms for the same (optimisation.md, 4).
    std::int64_t k_sigma_tenths = 35;
    Milligrams min_tolerance = grams(10);
    Milligrams max_tolerance = grams(2000);
};

enum class VerdictKind { ok, too_light, too_heavy, unknown };

// The simplest mistake that brings the difference back into the tolerance.
struct Cause {
    std::string sku, name;
    int units = 0;                            // -1: one is missing, +2: two too many
    std::optional<std::string> swapped_with;  // one unit of it lies there instead of one of `sku`
};

struct Verdict {
    using Kind = VerdictKind;
    VerdictKind kind = VerdictKind::unknown;
    Milligrams expected, tolerance;
    Milligrams difference;  // measured - expected
    std::optional<Cause> cause;
    std::vector<std::string> blind;  // SKUs of which one unit is lost in the tolerance: scan them
    std::vector<std::string> unweighed;  // SKUs without usable weight: why the kind is unknown
};

// |difference| <= tolerance is ok; the tolerance is k standard deviations within the policy's
// bounds. One usable weight missing makes the verdict unknown, whatever the scale shows. Among
// causes one unit wins over a swap with a lookalike, then two units of one SKU, three, a swap
// inside the parcel; among equals the closest.
Verdict judge(const Contents& contents, Milligrams measured_gross, Milligrams division,
              const Policy& policy = {});

// For a packer: "too light by 251 g (30 g allowed): 1 x SKU-1 (Blue mug) may be missing".
std::string to_text(const Verdict& verdict);

std::string_view to_text(VerdictKind kind);  // "ok", "too_light", ...

}  // namespace kemas::weighing
