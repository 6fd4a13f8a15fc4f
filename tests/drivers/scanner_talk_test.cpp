#include <gmock/gmock.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "drivers/scanner/line_talk.hpp"
#include "drivers/scanner/ssi_talk.hpp"
#include "drivers/scanner/tcp_server_scanner.hpp"
#include "scanner_fixture.hpp"

namespace kemas::scanner {
namespace {

using Kind = Frame::Kind;

std::vector<Frame> frames(Talk& talk, std::string_view bytes) {
    std::vector<Frame> all;
    while (auto frame = talk.next(bytes)) all.push_back(*frame);
    return all;
}

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        char pair[4];
        std::snprintf(pair, sizeof pair, "%02X ", static_cast<unsigned char>(c));
        out += pair;
    }
    return out;
}

// As a decoder sends it: length, F3, source 0, status, bar code type, data, checksum.
std::string decode_data(const std::string& data, char status = 0) {
    std::string packet;
    packet += static_cast<char>(5 + data.size());
    packet += "\xF3";
    packet += '\0';
    packet += status;
    packet += '\x03';
    packet += data;
    unsigned sum = 0;
    for (const char c : packet) sum += static_cast<unsigned char>(c);
    sum = 0x10000 - sum;
    packet += static_cast<char>(sum >> 8);
    packet += static_cast<char>(sum);
    return packet;
}

TEST(SsiTalk, MakesThePublishedFrames) {
    EXPECT_EQ(hex(ssi_packet(0xD0)), "04 D0 04 00 FF 28 ");
}

TEST(SsiTalk, ReadsDecodeDataInAnyPieces) {
    SsiTalk talk({});
    const auto bytes = decode_data("8991234567890\r\n") + decode_data("B");
    std::vector<std::string> codes;
    for (const char c : bytes) {
        std::string_view one(&c, 1);
        if (auto frame = talk.next(one)) codes.push_back(frame->text);
    }
    EXPECT_THAT(codes, ::testing::ElementsAre("8991234567890", "B"));
}

TEST(SsiTalk, AcknowledgesAndBeepsByTheLedgersAnswer) {
    SsiTalk talk({});
    EXPECT_EQ(hex(talk.answer("+|ok")), "04 D0 04 00 FF 28 05 E6 04 00 00 FF 11 ");
    EXPECT_EQ(hex(talk.answer("-|no|No")), "04 D0 04 00 FF 28 05 E6 04 00 06 FF 0B ");
    EXPECT_EQ(talk.news("!+|x"), "");
}

TEST(SsiTalk, AsksForADamagedPacketAgain) {
    SsiTalk talk({});
    auto bytes = decode_data("ABC");
    bytes[6] = 'X';
    const auto got = frames(talk, bytes + "rest out of step");
    ASSERT_EQ(got.size(), 1u);
    EXPECT_EQ(got[0].kind, Kind::corrupt);
    EXPECT_EQ(hex(got[0].at_once), "05 D1 04 00 01 FF 25 ");
    EXPECT_EQ(frames(talk, decode_data("ABC", 1)).at(0).text, "ABC");
}

TEST(SsiTalk, ControlCharactersAreNoCodeAndRepliesAreOnlyLife) {
    SsiTalk talk({});
    EXPECT_EQ(frames(talk, decode_data("A\x1B[6n")).at(0).kind, Kind::control);
    EXPECT_EQ(frames(talk, ssi_packet(0xD0)).at(0).kind, Kind::heartbeat);
    EXPECT_EQ(frames(talk, std::string_view("\0\1\2\3", 4)).size(), 0u);
    EXPECT_FALSE(talk.reset());
}

TEST(SsiTalk, JoinsALongCodeAndAcknowledgesItsPartsAtOnce) {
    constexpr char continued = 2, resent = 3;
    SsiTalk talk({});
    const std::string head(200, 'A'), tail(100, 'B');
    const auto first = decode_data(head, continued);
    auto got = frames(talk, first + decode_data(head, resent));
    ASSERT_EQ(got.size(), 2u);
    EXPECT_EQ(got[1].kind, Kind::part);
    EXPECT_EQ(hex(got[1].at_once), "04 D0 04 00 FF 28 ");
    // The last packet's data begins where the code type stood in the first.
    std::string last = decode_data(tail.substr(1) + "\r");
    last[4] = 'B';
    last[last.size() - 1] = static_cast<char>(last[last.size() - 1] - ('B' - 3));
    got = frames(talk, last);
    if (got.at(0).kind == Kind::corrupt) {  // the sum borrowed from its high byte
        last[last.size() - 2] = static_cast<char>(last[last.size() - 2] - 1);
        got = frames(talk, last);
    }
    ASSERT_EQ(got.size(), 1u);
    EXPECT_EQ(got[0].kind, Kind::code);
    EXPECT_EQ(got[0].text, head + tail) << "a packet sent again counts once";
    EXPECT_EQ(frames(talk, decode_data("NEXT")).at(0).text, "NEXT");
}

TEST(SsiTalk, ALongCodeBeyondTheLimitIsDroppedWhole) {
    SsiTalk talk({});
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(
            frames(talk, decode_data(std::string(200, static_cast<char>('A' + i)), 2)).at(0).kind,
            Kind::part);
    EXPECT_EQ(frames(talk, decode_data("END")).at(0).kind, Kind::oversized);
    EXPECT_EQ(frames(talk, decode_data("NEXT")).at(0).text, "NEXT");
    frames(talk, decode_data("HALF", 2));
    EXPECT_TRUE(talk.reset()) << "half a code ends with its connection";
    EXPECT_EQ(frames(talk, decode_data("NEXT")).at(0).text, "NEXT");
}

TEST(LineTalk, TakesOffThePrefixAndSplitsTheCodesOfOneFrame) {
    TalkOptions options;
    options.framing.prefix = "\x01>";
    options.framing.separator = "\t";
    options.framing.no_reads = {"NOREAD"};
    options.framing.ignore = {"OK"};
    LineTalk talk(options);
    const auto got = frames(talk, "\x01>A1\tB2\tNOREAD\rOK\rC3\r\x01>D4\r");
    ASSERT_EQ(got.size(), 6u);
    EXPECT_EQ(got[0].text, "A1");
    EXPECT_EQ(got[1].text, "B2");
    EXPECT_EQ(got[2].kind, Kind::no_read);
    EXPECT_EQ(got[3].kind, Kind::heartbeat);
    EXPECT_EQ(got[4].kind, Kind::headless) << "its beginning was lost";
    EXPECT_EQ(got[5].text, "D4");
}

TEST(LineTalk, AnswersAsTheProfileSaysWhereOneDoes) {
    LineTalk talk({.protocol = Protocol::keyence_sr, .good = "GOOD\r", .bad = "BAD\r"});
    EXPECT_EQ(talk.answer("+|ok"), "GOOD\r");
    EXPECT_EQ(talk.answer("-|no|No"), "BAD\r");
    EXPECT_EQ(talk.news("!+|x"), "");
}

TEST(LineTalk, KnowsWhatADataManAndAKeyenceSayThatIsNoCode) {
    LineTalk cognex({.protocol = Protocol::dataman});
    EXPECT_EQ(frames(cognex, "||0:1[0]\r\n").at(0).kind, Kind::heartbeat);
    EXPECT_EQ(frames(cognex, "123\r\n").at(0).kind, Kind::code);
    LineTalk keyence({.protocol = Protocol::keyence_sr});
    const auto got = frames(keyence, "OK,LON\rERROR\rOVER\r123\r");
    ASSERT_EQ(got.size(), 4u);
    EXPECT_EQ(got[0].kind, Kind::heartbeat);
    EXPECT_EQ(got[1].kind, Kind::no_read);
    EXPECT_EQ(got[2].kind, Kind::no_read);
    EXPECT_EQ(got[3].text, "123");
    EXPECT_EQ(keyence.answer("+|ok"), "") << "no way to beep it is known";
}

TEST(LineTalk, PutsGsBackWhereTheScannerSendsASubstitute) {
    LineTalk talk({.gs_substitute = "{GS}"});
    EXPECT_EQ(frames(talk, "]C10112{GS}21X{GS}\r").at(0).text,
              "]C10112\x1D"
              "21X\x1D");
}

TEST(LineTalk, AnAnswerIsOneLine) {
    LineTalk talk({});
    EXPECT_EQ(talk.answer("+|a\r\n+|forged"), "+|a  +|forged\r\n");
}

class SsiSessionTest : public ScannerFixture {};

TEST_F(SsiSessionTest, ACodeSentAgainIsNoSecondScan) {
    auto given = options<TcpServerScannerOptions>();
    given.protocol = Protocol::ssi;
    TcpServerScanner scanner(loop.get_executor(), given);
    scanner.start(collect());
    boost::asio::ip::tcp::socket gun(loop);
    gun.connect({boost::asio::ip::make_address("127.0.0.1"), scanner.port()});
    const auto send = [&](const std::string& bytes) {
        boost::asio::write(gun, boost::asio::buffer(bytes));
    };
    send(decode_data("A"));
    until_lines(1);
    send(decode_data("A", 1));  // still waiting: its answer is on the way
    until([&] { return scanner.counts().repeats == 1; });
    EXPECT_EQ(lines.size(), 1u);
    lines[0].reply("+|ok");
    run_ms(20);
    send(decode_data("A", 1));  // the answer was lost: asked again under the same key
    until_lines(2);
    EXPECT_EQ(lines[1].key, lines[0].key);
    send(decode_data("A"));  // a person scanned it again
    until_lines(3);
    EXPECT_NE(lines[2].key, lines[0].key);
}

}  // namespace
}  // namespace kemas::scanner
