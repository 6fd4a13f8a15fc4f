// Eight simulated hours of the line from several seeds, with all its faults: parcels that went
// where they must not, and in-motion weights inside the limits of class Y(a).
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "benches.hpp"
#include "drivers/sim/line_run.hpp"

namespace kemas::bench {
namespace {

constexpr double hours = 8;
constexpr std::uint64_t seeds = 3;

void print(std::uint64_t seed, const sim::LineTally& tally) {
    const auto& truth = tally.truth;
    const auto n = [](std::int64_t value) { return static_cast<long long>(value); };
    std::printf(
        "  seed %llu: %lld parcels (%lld no-read, %lld slipped, %lld removed, %lld foreign)\n",
        static_cast<unsigned long long>(seed), n(truth.parcels), n(truth.no_reads),
        n(truth.slipped), n(truth.removed), n(truth.foreign));
    std::printf(
        "    %lld in their lanes, %lld in the reject lane, %lld round again, %lld wrong %s\n",
        n(truth.in_lanes), n(truth.in_reject), n(truth.again), n(truth.wrong),
        truth.first_wrong.c_str());
    std::printf("    diverts: %lld proven, %lld failed, %lld unknown; line distrusted %lld times\n",
                n(tally.diverted), n(tally.failed), n(tally.unknown), n(tally.distrusts));
    // Nobody is rejected for nothing: what is not in its lane stands here by its reason.
    std::printf("    rejected:");
    for (const auto& [reason, count] : tally.reasons)
        std::printf(" %s %lld", std::string(to_text(reason)).c_str(), n(count));
    std::printf("\n    weights: %lld of %lld inside Y(a)\n", n(tally.weighed_inside),
                n(tally.weighed));
    std::fflush(stdout);
}

}  // namespace

Figures line(const Setting& setting) {
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    const auto layout = sim::sample_layout();
    std::int64_t parcels = 0, wrong = 0, in_lanes = 0, false_proofs = 0, weighed = 0, inside = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const std::chrono::duration<double> took = Clock::now() - begun;
        if (seed > 1 && took.count() > setting.limit_s) break;
        sim::LinePlan plan;
        plan.seed = seed;
        const auto tally = sim::run_line(layout, plan, hours);
        print(seed, tally);
        if (tally.broken || tally.left_on_belt)
            throw std::runtime_error("the line broke a promise: " + tally.first_broken);
        parcels += tally.truth.parcels;
        wrong += tally.truth.wrong;
        in_lanes += tally.truth.in_lanes;
        false_proofs += tally.false_proofs;
        weighed += tally.weighed;
        inside += tally.weighed_inside;
    }
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return static_cast<double>(part) / static_cast<double>(whole);
    };
    return {{"parcels", static_cast<double>(parcels), 0},
            {"wrong_diverts", static_cast<double>(wrong), 0},
            {"false_proofs", static_cast<double>(false_proofs), 0},
            {"in_lane_share", share(in_lanes, parcels), 4},
            {"y_a_share", share(inside, weighed), 5}};
}

}  // namespace kemas::bench
