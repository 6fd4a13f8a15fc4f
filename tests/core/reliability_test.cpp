#include "core/rating/reliability.hpp"

#include <gmock/gmock.h>

namespace kemas::rating {
namespace {

using testing::ElementsAre;

TEST(AreasAround, AreThePartsOfACode) {
    EXPECT_THAT(areas_around("31.74.05.1001"),
                ElementsAre("", "31", "31.74", "31.74.05", "31.74.05.1001"));
    EXPECT_THAT(areas_around("3174051001"), ElementsAre("", "31", "3174", "317405", "3174051001"));
    EXPECT_THAT(areas_around("3174"), ElementsAre("", "31", "3174"));
    EXPECT_THAT(areas_around("CGK10"), ElementsAre("", "CGK10"));
    EXPECT_THAT(areas_around(""), ElementsAre(""));
}

TEST(Reliability, IsOfTheSmallestAreaThatIsProven) {
    const Reliability known(with_areas_around({{"JNE", "REG", "31.74.05", 20, 10, 0, 0},
                                               {"JNE", "REG", "31.74.06", 15, 15, 0, 0},
                                               {"JNE", "REG", "31.71.01", 5, 5, 0, 0},
                                               {"JNE", "REG", "32.16.09", 60, 30, 0, 0}}));
    const auto at = [&](const char* area) { return *known.of("JNE", "REG", area, 30); };
    EXPECT_EQ(at("31.74.05").area_prefix, "31.74");
    EXPECT_EQ(on_time_share(at("31.74.05")), 25 * 10'000 / 35);
    EXPECT_EQ(at("31.71.01").area_prefix, "31");
    EXPECT_EQ(at("31.71.01").sent, 40);
    EXPECT_EQ(at("32.16.09").area_prefix, "32.16.09");
    EXPECT_EQ(at("99.01").area_prefix, "");
    EXPECT_EQ(at("99.01").sent, 100);
    EXPECT_EQ(known.of("JNE", "YES", "31.74", 1), nullptr);
    EXPECT_EQ(known.of("JNE", "REG", "31.74", 101), nullptr);
}

// "Lost" was told before the first day that counts, "delivered" after it.
TEST(Reliability, ACorrectionWithoutWhatItCorrectsMakesNoShareOverAll) {
    const Reliability known({{"JNE", "REG", "", 0, 1, 0, -1}, {"TIKI", "ONS", "", -1, 0, 0, -1}});
    const auto& row = *known.of("JNE", "REG", "", 0);
    EXPECT_EQ(row.on_time, 0);
    EXPECT_EQ(row.lost, 0);
    EXPECT_EQ(known.of("TIKI", "ONS", "", 0)->sent, 0);
    EXPECT_EQ(on_time_share(row), 0);
}

}  // namespace
}  // namespace kemas::rating
