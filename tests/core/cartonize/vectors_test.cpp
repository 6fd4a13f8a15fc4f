// The shared orders and cases, where they are present: how well it packs, not only that it may.
// Counts of work stand for time here; kemas-bench measures the clock.
#include "vectors.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "check.hpp"
#include "core/cartonize/cartonize.hpp"
#include "core/cartonize/load.hpp"

namespace kemas::cartonize {
namespace {

class SharedVectors : public ::testing::Test {
 protected:
    void SetUp() override {
        folder_ = shared_vectors();
        if (folder_.empty()) GTEST_SKIP() << "absent: ../shared/data/cartonization";
    }
    // Every one with KEMAS_LONG=1, else one in a few.
    static int stride(int few) { return std::getenv("KEMAS_LONG") ? 1 : few; }
    std::string folder_;
};

std::int64_t outer_of(const Plan& plan) {
    std::int64_t sum = 0;
    for (const auto& packed : plan.cartons)
        sum += packed.outer.length.value * packed.outer.width.value * packed.outer.height.value;
    return sum;
}

TEST_F(SharedVectors, NoOrderTakesMoreBoxesThanTheReference) {
    const auto cartons = read_cartons(folder_ + "boxes4.csv");
    const auto orders = read_orders(folder_ + "items.csv");
    const auto references = read_references(folder_ + "reference-results.csv");
    ASSERT_FALSE(cartons.empty());
    ASSERT_FALSE(orders.empty());
    std::int64_t boxes = 0, outer = 0, reference_boxes = 0, reference_outer = 0, at = 0;
    for (const auto& [id, items] : orders) {
        if (at++ % stride(6)) continue;
        const auto plan = pack(items, cartons);
        ASSERT_TRUE(plan) << id;
        ASSERT_EQ(fault_of(items, cartons, {}, *plan), "") << id;
        const auto& reference = references.at(id);
        EXPECT_LE(std::ssize(plan->cartons), reference.boxes) << id;
        boxes += std::ssize(plan->cartons);
        outer += outer_of(*plan);
        reference_boxes += reference.boxes;
        reference_outer += reference.outer_mm3;
    }
    EXPECT_LE(boxes, reference_boxes);
    EXPECT_LT(outer * 100, reference_outer * 98);  // 41.0 of 42.25 m3 on all of them
    if (stride(6) > 1) return;
    EXPECT_LE(boxes, 2'353);
    EXPECT_LE(outer, 41'000'000'000);
}

TEST_F(SharedVectors, ContainersAreNineTenthsFull) {
    std::int64_t permille = 0, count = 0;
    for (const auto* file : {"thpack1.txt", "thpack3.txt", "thpack5.txt", "thpack7.txt"}) {
        const auto containers = read_containers(folder_ + file);
        ASSERT_EQ(containers.size(), 100u) << file;
        for (std::size_t i = 0; i < containers.size(); i += static_cast<std::size_t>(stride(50))) {
            const auto& container = containers[i];
            Rules rules;
            rules.work_steps = load_steps;
            const auto loaded = load(container.items, container.carton, rules);
            ASSERT_TRUE(loaded);
            auto inside = container.items;
            for (std::size_t item = 0; item < inside.size(); ++item)
                inside[item].quantity -= loaded->left[item];
            const Plan plan{{loaded->packed}, false, 0};
            ASSERT_EQ(fault_of(inside, {container.carton}, rules, plan), "") << file << " " << i;
            permille += 1000 - loaded->packed.empty_permille;
            ++count;
        }
    }
    EXPECT_GE(permille, 900 * count);
}

TEST_F(SharedVectors, SolvesWhatUsersReportedElsewhereAsNotFound) {
    const auto cases = read_reported_cases(folder_ + "reported-hard-cases.json");
    ASSERT_EQ(cases.size(), 9u);
    Rules rules;
    rules.most_cartons = 1;
    for (const auto& reported : cases) {
        const auto& [carton, items] = reported.container;
        const auto plan = pack(items, {carton}, rules);
        ASSERT_EQ(plan.has_value(), reported.fits) << reported.id;
        if (!plan) continue;
        EXPECT_EQ(fault_of(items, {carton}, rules, *plan), "") << reported.id;
    }
}

}  // namespace
}  // namespace kemas::cartonize
