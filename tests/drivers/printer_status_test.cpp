#include <gmock/gmock.h>

#include "drivers/printer/zpl_status.hpp"

namespace kemas::printer {
namespace {

using ::testing::HasSubstr;

// Every flag 0: the answer of a printer that is ready.
std::string answer(std::string first = "030,0,0,1245,000,0,0,0,000,0,0,0",
                   std::string second = "000,0,0,0,0,2,4,0,00000000,1,000") {
    return "\x02" + first + "\x03\r\n\x02" + second + "\x03\r\n\x02" + "1234,0\x03\r\n";
}

std::string state_of(const std::string& text) {
    const auto status = parse_host_status(text);
    if (!status) return "unreadable";
    const auto obstacle = why_not_ready(*status);
    return obstacle ? obstacle->state : "ready";
}

TEST(HostStatus, ReadyIsReady) {
    EXPECT_EQ(state_of(answer()), "ready");
}

TEST(HostStatus, EveryFlagIsItsOwnReason) {
    EXPECT_EQ(state_of(answer("030,1,0,1245,000,0,0,0,000,0,0,0")), "paper-out");
    EXPECT_EQ(state_of(answer("030,0,1,1245,000,0,0,0,000,0,0,0")), "paused");
    EXPECT_EQ(state_of(answer("030,0,0,1245,000,1,0,0,000,0,0,0")), "full");
    EXPECT_EQ(state_of(answer("030,0,0,1245,000,0,0,1,000,0,0,0")), "half-job");
    EXPECT_EQ(state_of(answer("030,0,0,1245,000,0,0,0,000,1,0,0")), "memory");
    EXPECT_EQ(state_of(answer("030,0,0,1245,000,0,0,0,000,0,1,0")), "cold");
    EXPECT_EQ(state_of(answer("030,0,0,1245,000,0,0,0,000,0,0,1")), "hot");
    const std::string calm = "030,0,0,1245,000,0,0,0,000,0,0,0";
    EXPECT_EQ(state_of(answer(calm, "000,0,1,0,0,2,4,0,00000000,1,000")), "head-open");
    EXPECT_EQ(state_of(answer(calm, "000,0,0,1,0,2,4,0,00000000,1,000")), "ribbon-out");
}

TEST(HostStatus, TheCauseComesBeforeItsConsequence) {
    EXPECT_EQ(
        state_of(answer("030,1,1,1245,000,0,0,0,000,0,0,0", "000,0,1,0,0,2,4,0,00000000,1,000")),
        "head-open");
}

TEST(HostStatus, WaitingFormatsAreCountedNotRefused) {
    const auto status = parse_host_status(answer("030,0,0,1245,003,0,0,0,000,0,0,0"));
    ASSERT_TRUE(status);
    EXPECT_EQ(status->formats_waiting, 3);
    EXPECT_FALSE(why_not_ready(*status));
}

TEST(HostStatus, AnythingElseIsNotAnAnswer) {
    EXPECT_EQ(state_of(""), "unreadable");
    EXPECT_EQ(state_of("\x02"
                       "a\x03\x02"
                       "b\x03\x02"
                       "c\x03"),
              "unreadable");
    EXPECT_EQ(state_of(answer("030,0,0,1245")), "unreadable");
    EXPECT_EQ(state_of(answer("030,0,x,1245,000,0,0,0,000,0,0,0")), "unreadable");
    EXPECT_FALSE(is_whole_host_status(answer().substr(0, answer().size() - 3)));
    EXPECT_TRUE(is_whole_host_status(answer()));
}

}  // namespace
}  // namespace kemas::printer
