// Stories of bought numbers: a house, and what lives at the courier.
#pragma once

#include "tests/courier/number_house.hpp"

namespace kemas::testing {

struct Bought : ::testing::Test {
    explicit Bought(sim::CourierWorld::Options options = {},
                    Site site = NumberHouse::site_with_courier(false))
        : house(std::move(options), std::move(site)) {}

    NumberHouse house;
    std::size_t live() const {
        std::size_t count = 0;
        for (const auto& made : house.world.made()) count += made.voided ? 0 : 1;
        return count;
    }
    std::string number_of(const std::string& order) const {
        return house.story.parcel_of(order).tracking_number;
    }
};

}  // namespace kemas::testing
