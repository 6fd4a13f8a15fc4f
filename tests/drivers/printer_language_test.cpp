// What printers answer when asked how they are, as their manuals print it.
#include "drivers/printer/printer_language.hpp"

#include <gmock/gmock.h>

#include "drivers/printer/plain_page.hpp"
#include "drivers/printer/profile_status.hpp"
#include "drivers/profile/load_profile.hpp"

namespace kemas::printer {
namespace {

using ::testing::HasSubstr;
using namespace std::string_literals;

std::string state_of(Language language, const std::string& heard,
                     Moment moment = Moment::before_job) {
    if (!is_whole_answer(language, moment, heard)) return "half";
    const auto says = understand(language, moment, heard);
    if (!says) return "strange";
    EXPECT_TRUE(!says->obstacle || says->obstacle->why.find(": ") != std::string::npos)
        << "no next step";
    return says->obstacle ? says->obstacle->state : says->state;
}

TEST(PrinterLanguage, TsplIsOneByteAndZeroIsReady) {
    EXPECT_EQ(question_of(Language::tspl, Moment::before_job), "\x1b!?");
    EXPECT_EQ(state_of(Language::tspl, ""), "half");
    EXPECT_EQ(state_of(Language::tspl, "\0"s), "ready");
    EXPECT_EQ(state_of(Language::tspl, "\x01"), "head-open");
    EXPECT_EQ(state_of(Language::tspl, "\x02"), "jam");
    EXPECT_EQ(state_of(Language::tspl, "\x04"), "paper-out");
    EXPECT_EQ(state_of(Language::tspl, "\x05"), "head-open") << "the cause comes first";
    EXPECT_EQ(state_of(Language::tspl, "\x08"), "ribbon-out");
    EXPECT_EQ(state_of(Language::tspl, "\x10"), "paused");
    EXPECT_EQ(state_of(Language::tspl, "\x20"), "printing");
    EXPECT_EQ(state_of(Language::tspl, "\x40"), "head-open");
    EXPECT_EQ(state_of(Language::tspl, "\x80"), "temperature");
    EXPECT_TRUE(understand(Language::tspl, Moment::after_job, "\x20")->busy);
}

TEST(PrinterLanguage, CpclIsOneByteWithThreeUnusedBits) {
    EXPECT_EQ(state_of(Language::cpcl, "\0"s), "ready");
    EXPECT_EQ(state_of(Language::cpcl, "\x01"), "printing");
    EXPECT_EQ(state_of(Language::cpcl, "\x02"), "paper-out");
    EXPECT_EQ(state_of(Language::cpcl, "\x04"), "head-open");
    EXPECT_EQ(state_of(Language::cpcl, "\x08"), "battery-low");
    EXPECT_EQ(state_of(Language::cpcl, "\x10"), "ready") << "it was only switched on";
    EXPECT_EQ(state_of(Language::cpcl, "h"), "strange") << "an echo is no status";
    EXPECT_TRUE(answers_in_turn(Language::cpcl));
}

TEST(PrinterLanguage, Epl2IsAListOfCodes) {
    EXPECT_EQ(state_of(Language::epl2, "0"), "half");
    EXPECT_EQ(state_of(Language::epl2, "00\r\n"), "ready");
    EXPECT_EQ(state_of(Language::epl2, "07\r\n"), "paper-out");
    EXPECT_EQ(state_of(Language::epl2, "07,11\r\n"), "head-open");
    EXPECT_EQ(state_of(Language::epl2, "62\r\n"), "hot");
    EXPECT_EQ(state_of(Language::epl2, "92\r\n"), "paused");
    EXPECT_EQ(state_of(Language::epl2, "73\r\n"), "error") << "an unlisted code is a fault";
    EXPECT_EQ(state_of(Language::epl2, "\r\n"), "strange");
    EXPECT_EQ(state_of(Language::epl2, "^ee\r\n"), "strange");
}

// What holds for ESC/POS whether the printer's kind or its profile asks.
template <class State>
void expect_one_answer_for_four(const State& state) {
    EXPECT_EQ(state("\x12\x12\x12"), "half");
    EXPECT_EQ(state("\x12\x12\x12\x12"), "ready");
    EXPECT_EQ(state("\x1a\x16\x12\x12"), "head-open");
    EXPECT_EQ(state("\x12\x12\x12\x1e"), "paper-low");
}

TEST(PrinterLanguage, EscPosIsFourBytesWithFixedBits) {
    const auto state = [](const std::string& heard) { return state_of(Language::escpos, heard); };
    expect_one_answer_for_four(state);
    EXPECT_EQ(state("\x16\x12\x12\x12"), "ready") << "the drawer pin is no concern of ours";
    EXPECT_EQ(state("\x1a\x32\x12\x72"), "paper-out");
    EXPECT_EQ(state("\x1a\x52\x1a\x12"), "cutter");
    EXPECT_EQ(state("\x1a\x52\x32\x12"), "error");
    EXPECT_EQ(state("\x1a\x52\x52\x12"), "hot");
    EXPECT_EQ(state("\x1a\x52\x12\x12"), "error");
    EXPECT_EQ(state("\x1a\x1a\x12\x12"), "feeding");
    EXPECT_EQ(state("\x1a\x12\x12\x12"), "offline");
    EXPECT_EQ(state("OK\r\n"), "strange");
}

TEST(PrinterLanguage, EscPosIsAskedInTurnAfterAJob) {
    EXPECT_EQ(question_of(Language::escpos, Moment::after_job), "\x1dr\x01");
    EXPECT_EQ(state_of(Language::escpos, "\0"s, Moment::after_job), "ready");
    EXPECT_EQ(state_of(Language::escpos, "\x0c", Moment::after_job), "paper-low");
    EXPECT_EQ(state_of(Language::escpos, "\x12", Moment::after_job), "strange")
        << "a late real-time answer is not the queued one";
}

TEST(PrinterLanguage, ZplIsBusyUntilEveryCountIsZero) {
    const auto busy = [](const std::string& first, const std::string& second) {
        const std::string heard =
            "\x02" + first + "\x03\r\n\x02" + second + "\x03\r\n\x02" + "1234,0\x03\r\n";
        return understand(Language::zpl, Moment::after_job, heard)->busy;
    };
    const std::string calm = "030,0,0,1245,000,0,0,0,000,0,0,0";
    const std::string idle = "000,0,0,0,0,2,4,0,00000000,1,000";
    EXPECT_FALSE(busy(calm, idle));
    EXPECT_TRUE(busy("030,0,0,1245,001,0,0,0,000,0,0,0", idle)) << "a format waits";
    EXPECT_TRUE(busy(calm, "000,0,0,0,0,2,4,0,00000001,1,000")) << "a label is left to print";
}

TEST(PrinterLanguage, PinsOfAUsbPrinter) {
    EXPECT_FALSE(read_pins(0x18)) << "selected, no error, paper in";
    EXPECT_FALSE(read_pins(-1)) << "a file without pins says nothing";
    EXPECT_EQ(read_pins(0x38)->state, "paper-out");
    EXPECT_EQ(read_pins(0x08)->state, "offline");
    EXPECT_EQ(read_pins(0x10)->state, "error");
}

StatusQueries shipped(const std::string& name) {
    const auto profile = profile::load_printer_profile(std::string(KEMAS_SOURCE_DIR) +
                                                       "/firmware-profiles/printer/" + name);
    EXPECT_TRUE(profile) << profile.error().what;
    return profile ? byte_queries(*profile) : StatusQueries{};
}

// Whoever names a language without a profile gets the same as by the shipped profile.
TEST(ProfileStatus, SaysOfEveryByteWhatTheCodecSays) {
    for (const auto& [name, language] :
         {std::pair{"tsc-tspl.toml", Language::tspl}, std::pair{"cpcl.toml", Language::cpcl}}) {
        const auto queries = shipped(name);
        EXPECT_EQ(question_of(queries), question_of(language, Moment::before_job));
        for (int byte = 0; byte < 256; ++byte) {
            const std::string heard(1, static_cast<char>(byte));
            const auto one = understand(language, queries, heard);
            const auto other = understand(language, Moment::before_job, heard);
            ASSERT_EQ(one.has_value(), other.has_value()) << name << " " << byte;
            if (!one) continue;
            EXPECT_EQ(one->obstacle.has_value(), other->obstacle.has_value())
                << name << " " << byte;
            const bool both = one->obstacle && other->obstacle;
            EXPECT_EQ(both ? one->obstacle->state : "", both ? other->obstacle->state : "");
            const bool resets = language == Language::cpcl && (byte & 0x10);  // busy by profile
            EXPECT_EQ(one->busy && !resets, other->busy && !resets) << name << " " << byte;
        }
    }
}

TEST(ProfileStatus, AsksAllQueriesOfEscPosAtOnce) {
    const auto queries = shipped("escpos.toml");
    EXPECT_EQ(question_of(queries), question_of(Language::escpos, Moment::before_job));
    const auto state = [&](std::string heard) {
        if (!is_whole_answer(queries, heard)) return std::string("half");
        const auto says = understand(Language::escpos, queries, heard);
        return says ? says->obstacle ? says->obstacle->state : says->state : "strange";
    };
    expect_one_answer_for_four(state);
    EXPECT_EQ(state("\x12\x12\x1a\x12"), "cutter");
    EXPECT_EQ(state("\x12\x12\x12\x7e"), "paper-out");
    EXPECT_EQ(state("\x12QQ\x12"), "strange");
    EXPECT_TRUE(shipped("zebra-zpl.toml").empty()) << "its codec owns ~HS";
}

TEST(PlainPage, EachLanguageHasOneWithItsCode) {
    const PlainPage page{"bench \"1\"", "2026-11-22 10:00", "KMSCHK40002", 8};
    EXPECT_THAT(plain_test_page("tspl", page),
                ::testing::HasSubstr("BARCODE 40,200,\"128\",100,0,0,2,2,"
                                     "\"KMSCHK40002\"\r\nPRINT 1\r\n"));
    EXPECT_THAT(plain_test_page("epl2", page),
                ::testing::HasSubstr("B40,200,0,1,2,2,100,N,\"KMSCHK40002\""));
    EXPECT_THAT(plain_test_page("escpos", page),
                ::testing::HasSubstr("\x1dk\x49\x0d{BKMSCHK40002"));
    EXPECT_THAT(
        plain_test_page("cpcl", page),
        ::testing::HasSubstr("BARCODE 128 2 1 100 40 200 KMSCHK40002\r\nFORM\r\nPRINT\r\n"));
    EXPECT_THAT(plain_test_page("tspl", page), ::testing::HasSubstr("\"bench  1 \""))
        << "no quote inside";
    EXPECT_EQ(plain_test_page("zpl", page), "");
}

}  // namespace
}  // namespace kemas::printer
