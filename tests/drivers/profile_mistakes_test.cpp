#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "drivers/profile/byte_text.hpp"
#include "drivers/profile/decode.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/profile/printer_status.hpp"

namespace kemas::profile {
namespace {

using ::testing::HasSubstr;

std::string text_of(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(std::string(KEMAS_SOURCE_DIR) + "/firmware-profiles/" + name).rdbuf();
    return text.str();
}

// A shipped profile with the first `from` changed.
std::string mistake(const std::string& name, const std::string& from, const std::string& to) {
    std::string text = text_of(name);
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at == std::string::npos) return {};
    text.replace(at, from.size(), to);
    const auto profile = parse_profile(text, "x.toml");
    return profile ? "no mistake found" : profile.error().what;
}

struct Mistake {
    const char *profile, *from, *to;
    std::vector<std::string> told;
};
struct Rule {
    const char* name;
    std::vector<Mistake> mistakes;
};

class ProfileRule : public ::testing::TestWithParam<Rule> {};

TEST_P(ProfileRule, IsToldWhenItIsBroken) {
    for (const Mistake& one : GetParam().mistakes) {
        SCOPED_TRACE(std::string(one.profile) + ", " + one.to);
        const std::string told = mistake(one.profile, one.from, one.to);
        for (const auto& part : one.told) EXPECT_THAT(told, HasSubstr(part));
    }
}

const std::vector<Rule> kRules{
    {"TwoFieldsDoNotExplainTheSameBits",
     {
         {"scale/hbm-wtx.toml",
          "bit = 1\n",
          "bit = 4\n",
          {"explains bits that [status.alarm] explains already"}},
         {"conveyor/plc-mailbox.toml",
          "register = 7\n",
          "register = 6\n",
          {"explains already, expected bits of its own"}},
         {"scale/excell-ex2005.toml", "coil = 56", "coil = 55", {"explains already"}},
         {"printer/cpcl.toml",
          "mask = 0x02",
          "mask = 0x01",
          {"\"paper_out\" explains bits that \"busy\" explains already"}},
         // Different codes of one field are told apart.
         {"scale/flintec-ft16d.toml", "equals = 3", "equals = 6", {"no mistake found"}},
     }},
    {"BlocksDoNotOverlapAndKeepTheDevicesLimits",
     {
         {"io/wago-750.toml",
          "start = 0x1006",
          "start = 0x1022",
          {"inside another [[read]] block"}},
         {"conveyor/conveylinx-zpa.toml",
          "count = 21",
          "count = 46",
          {"count in [[read]] is 46, expected a whole number from 1 to 45"}},
         {"scale/excell-ex2005.toml",
          "[[read]]",
          "[limits]\nbit_alignment = 8\n\n[[read]]",
          {"count in [[read]] is 57, expected a multiple of 8"}},
         {"scale/dini-argeo-dgt.toml", "start = 30001", "start = 40001", {"from 30001 to 39999"}},
     }},
    {"AWeightAndItsStatusComeFromOneAnswerOrAreBracketed",
     {
         {"scale/excell-ex2005.toml",
          "bracket = true\n",
          "",
          {"[status.stable] is in another block than the weight", "or bracket = true"}},
     }},
    {"ACommandNamesItsProof",
     {
         {"scale/tuna-id551pn.toml",
          "success = [{ status = \"centre_zero\" }]\n",
          "",
          {"[command.zero] lacks success, expected what the device shows"}},
         {"conveyor/plc-mailbox.toml",
          "echo = { register = 7 }\n",
          "",
          {"[command.divert] lacks echo"}},
         {"scale/hbm-wtx.toml",
          "acknowledged = { status = \"handshake\" }\n",
          "",
          {"lacks acknowledged"}},
         {"scale/hbm-wtx.toml",
          "{ status = \"stable\" }",
          "{ status = \"steady\" }",
          {"status in [command.zero] only_if is \"steady\", expected the name of"}},
         {"scale/hbm-wtx.toml",
          "kind = \"handshake_bit\"",
          "kind = \"value\"",
          {"bit in [command.zero] is given, expected nothing: only for edge_bit"}},
         {"conveyor/plc-mailbox.toml",
          "sequence_word = 4",
          "sequence_word = 3",
          {"fills word 3 that sequence_word fills already"}},
         {"scale/excell-ex2005.toml", "coil = 1000", "register = 41000", {"a coil for this kind"}},
     }},
    {"AKeyThatDoesNothingIsRefused",
     {
         {"scanner/zebra-ssi.toml",
          "timeout_ms = 0",
          "good = \"<ACK>\"\nbad = \"<NAK>\"",
          {"good in [ack] is given, expected nothing: SSI answers with packets of its own",
           "bad in [ack] is given"}},
         {"printer/zebra-zpl.toml", "tcp_port = 9100", "compression = \"none\"", {"compression"}},
     }},
    {"ReferencesMustExist",
     {
         {"conveyor/plc-mailbox.toml",
          "cleared_by = \"clear_jam\"",
          "cleared_by = \"unjam\"",
          {"cleared_by in [status.jam] is \"unjam\", expected the name of a"}},
         {"conveyor/conveylinx-zpa.toml",
          "reset_status = \"module_reset\"",
          "reset_status = \"rebooted\"",
          {"reset_status in [counter."}},
         {"conveyor/plc-mailbox.toml",
          "lanes_full = 2",
          "lane_full = 2",
          {"unknown name \"lane_full\""}},
     }},
};

INSTANTIATE_TEST_SUITE_P(Of, ProfileRule, ::testing::ValuesIn(kRules),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(ProfileMistakes, AllOfThemAreToldAtOnceInOrder) {
    std::string text = text_of("scanner/keyence-sr.toml");
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"\"<CR>\"]", "\"<RC>\"]"}, {"vendor", "vendro"}, {"LON<CR>\"\noff", "LON<CR\"\noff"}})
        text.replace(text.find(from), from.size(), to);
    const auto profile = parse_profile(text, "x.toml");
    ASSERT_FALSE(profile);
    const std::string& told = profile.error().what;
    EXPECT_THAT(told, HasSubstr("unknown key \"vendro\""));
    EXPECT_THAT(told, HasSubstr("lacks vendor"));
    EXPECT_THAT(told, HasSubstr("terminators in the profile is \"<RC>\""));
    EXPECT_THAT(told, HasSubstr("on in [trigger] is \"LON<CR\""));
    EXPECT_LT(told.find("unknown key"), told.find("terminators in"));
}

TEST(ProfileMistakes, AnotherKindThanWantedIsNamed) {
    const std::string path =
        std::string(KEMAS_SOURCE_DIR) + "/firmware-profiles/scanner/keyence-sr.toml";
    const auto printer = load_printer_profile(path);
    ASSERT_FALSE(printer);
    EXPECT_THAT(printer.error().what, HasSubstr("is the profile of a scanner, expected that of a "
                                                "printer"));
}

TEST(Bytes, AreWrittenAsManualsPrintThem) {
    EXPECT_EQ(parse_bytes("<STX>a<CR><LF>"),
              "\x02"
              "a\r\n");
    EXPECT_EQ(parse_bytes("<0xFF><0x3C>"), "\xFF<");
    for (const char* bad : {"<", "<CR", "<XX>", "<0x1>", "<0xGG>", "a\tb", "\xC3\xA9"})
        EXPECT_FALSE(parse_bytes(bad)) << bad;
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    EXPECT_EQ(parse_bytes(to_byte_text(all)), all);
}

TEST(Decoding, CountsRoundTheCornerAndKnowsWhatIsTooMuch) {
    Counter counter;
    counter.at.bits = 16;
    counter.max_step = 100;
    EXPECT_EQ(steps(counter, 65'530, 4), 10u);
    EXPECT_EQ(steps(counter, 7, 7), 0u);
    EXPECT_FALSE(steps(counter, 500, 0)) << "a restarted device has not counted 65,036";
    counter.at.bits = 32;
    EXPECT_EQ(steps(counter, 0xFFFFFFFF, 1), 2u);
}

TEST(Decoding, OrdersSignsScalesAndCodes) {
    Value value;
    value.at = {{0, 0, 2, WordOrder::low_first, ByteOrder::low_first}, 0, 32};
    value.number = NumberKind::s32;
    const std::vector<std::uint16_t> words{0x3412, 0xFFFF};
    EXPECT_EQ(read_value(value, words).text, "-60876");  // 0xFFFF1234... bytes and words swapped
    Value byte;
    byte.at = {{0, 0, 1}, 8, 8};
    byte.number = NumberKind::s16;
    byte.scale.constant = Decimal{5, 1};
    EXPECT_EQ(read_value(byte, std::vector<std::uint16_t>{0xF000}).text, "-8");
    EXPECT_EQ(read_value(byte, std::vector<std::uint16_t>{0x0300}).text, "1.5");
    byte.invalid = {0x80};
    EXPECT_FALSE(read_value(byte, std::vector<std::uint16_t>{0x8000}).valid);
    Value code;
    code.at = {{0, 0, 1}, 0, 16};
    code.meanings = {{1, "one"}, {3, "three"}};
    EXPECT_EQ(read_value(code, std::vector<std::uint16_t>{3}).text, "three");
    EXPECT_FALSE(read_value(code, std::vector<std::uint16_t>{2}).valid);
    code.one_hot = true;
    EXPECT_EQ(read_value(code, std::vector<std::uint16_t>{8}).text, "three");
    EXPECT_FALSE(read_value(code, std::vector<std::uint16_t>{10}).valid) << "two bits at once";
}

TEST(Decoding, AReplyOfAnotherLengthTellsNothing) {
    StatusQuery query;
    query.states = {{"paper_out", 0, 4, 4}};
    EXPECT_FALSE(printer_states(query, ""));
    EXPECT_FALSE(printer_states(query, "ab"));
    EXPECT_THAT(*printer_states(query, "\x04"), ::testing::ElementsAre("paper_out"));
}

}  // namespace
}  // namespace kemas::profile
