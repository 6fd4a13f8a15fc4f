#include "drivers/scanner/line_framer.hpp"

#include <gmock/gmock.h>

#include <random>
#include <vector>

namespace kemas::scanner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Texts = std::vector<std::string>;

// Frames as text: a code is itself, everything else its kind in brackets.
Texts feed(LineFramer& framer, std::string_view bytes) {
    static constexpr const char* kNames[] = {"", "<heartbeat>", "<no_read>", "<oversized>",
                                             "<control>"};
    Texts result;
    while (const auto frame = framer.next(bytes))
        result.push_back(frame->kind == Frame::Kind::code ? frame->text
                                                          : kNames[static_cast<int>(frame->kind)]);
    EXPECT_TRUE(bytes.empty());
    return result;
}
Texts frames(std::string_view bytes, FramerOptions options = {}) {
    LineFramer framer(options);
    return feed(framer, bytes);
}

TEST(LineFramer, EndsAFrameAtAnyOfItsTerminators) {
    FramerOptions all;
    all.terminators = "\r\n\t\x03";
    EXPECT_THAT(frames("A\rB\nC\r\nD\tE\x03", all), ElementsAre("A", "B", "C", "D", "E"));
}

TEST(LineFramer, ATerminatorOfAnotherScannerIsAControlCharacter) {
    EXPECT_THAT(frames("A\tB\rC\r"), ElementsAre("<control>", "C"));
}

TEST(LineFramer, IgnoresEmptyLinesAndDropsALeadingStx) {
    EXPECT_THAT(frames("\r\n\r\n\x02"
                       "A\r\n\x02\r\nB\r"),
                ElementsAre("A", "B"));
    EXPECT_THAT(frames("A\x02"
                       "B\rC\r"),
                ElementsAre("<control>", "C"));
}

TEST(LineFramer, KeepsGsAndBlanks) {
    EXPECT_THAT(frames("]C1010950\x1D"
                       "21 7\r"),
                ElementsAre("]C1010950\x1D"
                            "21 7"));
}

TEST(LineFramer, APauseDoesNotEndAFrame) {
    LineFramer framer({});
    EXPECT_THAT(feed(framer, "AB"), IsEmpty());
    EXPECT_THAT(feed(framer, ""), IsEmpty());
    EXPECT_THAT(feed(framer, "C\rD"), ElementsAre("ABC"));
    EXPECT_THAT(feed(framer, "E\r"), ElementsAre("DE"));
}

TEST(LineFramer, TakesExactlyTheLimitAndReportsMoreOnce) {
    const std::string most(512, 'x');
    EXPECT_THAT(frames(most + "\r"), ElementsAre(most));
    EXPECT_THAT(frames(most + "y\rA\r"), ElementsAre("<oversized>", "A"));
    EXPECT_THAT(frames(std::string(100'000, 'x') + "\x01\rA\r"), ElementsAre("<oversized>", "A"));
}

TEST(LineFramer, RefusesEveryByteThatIsNeitherPrintableNorGs) {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        if (c == '\r' || c == '\n') continue;
        const bool allowed = (byte >= 32 && byte < 127) || byte == 0x1D;
        const Texts got = frames(std::string("A") + c + "B\rC\r");
        EXPECT_THAT(got, ElementsAre(allowed ? std::string("A") + c + "B" : "<control>", "C"))
            << byte;
    }
}

TEST(LineFramer, KnowsHeartbeatAndNoReadOnlyAsWholeLines) {
    FramerOptions options;
    options.heartbeat = "HB";
    options.no_read = "ERROR";
    EXPECT_THAT(frames("HB\rERROR\rHB1\rERROR-5\r", options),
                ElementsAre("<heartbeat>", "<no_read>", "HB1", "ERROR-5"));
}

TEST(LineFramer, ForgetsAHalfFrameWhenTheConnectionEnds) {
    LineFramer framer({});
    feed(framer, "HALF");
    EXPECT_TRUE(framer.reset());
    EXPECT_FALSE(framer.reset());
    EXPECT_THAT(feed(framer, "WHOLE\r"), ElementsAre("WHOLE"));
}

TEST(LineFramer, GivesTheSameFramesHoweverTheBytesAreCut) {
    std::mt19937 random(20240607);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes;
        for (int i = 0; i < 200; ++i) bytes += "AB\r\n\x02\x1D\x01#;"[random() % 9];
        FramerOptions small;
        small.max_bytes = 12;
        const Texts whole = frames(bytes, small);
        LineFramer framer(small);
        Texts cut;
        for (std::string_view rest = bytes; !rest.empty();) {
            const std::size_t n = 1 + random() % rest.size();
            for (const std::string& text : feed(framer, rest.substr(0, n))) cut.push_back(text);
            rest.remove_prefix(n);
        }
        ASSERT_EQ(cut, whole) << "round " << round;
    }
}

}  // namespace
}  // namespace kemas::scanner
