#include "drivers/scanner/serial_scanner.hpp"

#include <fcntl.h>
#include <termios.h>

#include "pty.hpp"
#include "scanner_fixture.hpp"

namespace kemas::scanner {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SerialScannerTest : public ScannerFixture {
 protected:
    SerialScannerTest()
        : folder(std::filesystem::path(::testing::TempDir()) /
                 ("serial-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(folder);
    }
    ~SerialScannerTest() override { std::filesystem::remove_all(folder); }
    SerialScannerOptions on(const Pty& pty) {
        auto given = options<SerialScannerOptions>();
        given.device = pty.path();
        given.line.baud = 115'200;
        return given;
    }
    std::filesystem::path folder;
};

TEST_F(SerialScannerTest, ReadsCodesAndAnswersThem) {
    Pty pty(folder / "gun");
    SerialScanner scanner(loop.get_executor(), on(pty));
    verdict = "+|thanks";
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    pty.send("8991234567890\r\nAB");
    until_lines(1);
    pty.send("C\rwith\x1B[6n\r" + std::string(600, 'x') + "\r");
    until_lines(2);
    until([&] { return scanner.counts().bad_frames == 2; });
    until([&] { return pty.look().find("Code longer") != std::string::npos; });
    EXPECT_THAT(texts(), ElementsAre("8991234567890", "ABC"));
    EXPECT_THAT(pty.got, StartsWith("+|thanks\r\n+|thanks\r\n-|bad_frame|"));
}

TEST_F(SerialScannerTest, ATriggerIsSentWhereTheProfileHasOne) {
    Pty pty(folder / "gun");
    auto given = on(pty);
    given.trigger_on = "LON\r";
    SerialScanner scanner(loop.get_executor(), given);
    EXPECT_THAT(scanner.trigger(true).error().what, HasSubstr("not connected"));
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    EXPECT_TRUE(scanner.trigger(true));
    until([&] { return pty.look() == "LON\r"; });
    EXPECT_THAT(scanner.trigger(false).error().what, HasSubstr("documents no such trigger"));
}

TEST_F(SerialScannerTest, SetsTheLineAsTold) {
    Pty pty(folder / "gun");
    auto given = on(pty);
    given.line.flow = bus::FlowControl::xon_xoff;
    SerialScanner scanner(loop.get_executor(), given);
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    const int far = ::open(pty.path().c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (far >= 0) {  // only as root: the scanner holds the line for itself
        termios line{};
        ASSERT_EQ(tcgetattr(far, &line), 0);
        EXPECT_TRUE(line.c_iflag & IXON);
        EXPECT_EQ(cfgetispeed(&line), speed_t{B115200});
        ::close(far);
    }
}

TEST_F(SerialScannerTest, ComesBackAfterThePlugWasPulled) {
    Pty pty(folder / "gun");
    SerialScanner scanner(loop.get_executor(), on(pty));
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    pty.send("FIRST\rHAL");
    until_lines(1);
    run_ms(20);
    pty.unplug();
    until([&] { return !scanner.health().up; });
    EXPECT_THAT(scanner.health().error, HasSubstr(pty.path() + " is gone: "));
    run_ms(350);  // several attempts, one line in the log
    EXPECT_THAT(scanner.health().error, HasSubstr(pty.path() + " cannot be opened"));
    pty.plug();
    until([&] { return scanner.health().up; });
    pty.send("SECOND\r");
    until_lines(2);
    EXPECT_THAT(texts(), ElementsAre("FIRST", "SECOND")) << "half a code is no code";
    EXPECT_EQ(lines[1].key, "gun:e7:2:1");
    EXPECT_EQ(scanner.counts().cut_lines, 1u);
    EXPECT_THAT(log, ElementsAre("scanner.up", "scanner.down", "scanner.up"));
    scanner.stop();
    drain();
}

TEST_F(SerialScannerTest, SaysOnceThatTheDeviceIsMissingOrTaken) {
    Pty pty(folder / "gun");
    pty.unplug();
    SerialScanner scanner(loop.get_executor(), on(pty));
    scanner.start(collect());
    run_ms(450);
    EXPECT_THAT(log, ElementsAre("scanner.down"));
    EXPECT_THAT(scanner.health().error, HasSubstr("check its cable and its name under"));
    scanner.stop();
    drain();
}

TEST_F(SerialScannerTest, AFileIsNoSerialLine) {
    std::filesystem::path file = folder / "file";
    {
        std::FILE* made = std::fopen(file.c_str(), "w");
        std::fclose(made);
    }
    auto given = options<SerialScannerOptions>();
    given.device = file.string();
    SerialScanner scanner(loop.get_executor(), given);
    scanner.start(collect());
    run_ms(20);
    EXPECT_FALSE(scanner.health().up);
    EXPECT_THAT(scanner.health().error, HasSubstr("is no serial line"));
}

TEST_F(SerialScannerTest, HostAckBeepsOnlyWhatIsRecorded) {
    Pty pty(folder / "gun");
    auto given = on(pty);
    given.protocol = Protocol::honeywell;
    SerialScanner scanner(loop.get_executor(), given);
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    pty.send("GOOD\r");
    until_lines(1);
    run_ms(30);
    EXPECT_EQ(pty.look(), "") << "silent until the ledger has it";
    lines[0].reply("+|recorded");
    until([&] { return pty.look().size() >= 3; });
    pty.send("BAD\r");
    until_lines(2);
    lines[1].reply("-|wrong_item|Put it back");
    until([&] { return pty.look().size() >= 6; });
    lines[1].push("!+|news");
    run_ms(30);
    EXPECT_EQ(pty.look(),
              "\x1B"
              "7,\x1B"
              "8,")
        << "news has no beep";
}

TEST_F(SerialScannerTest, ALateAcknowledgementIsNotSentForAnotherCode) {
    Pty pty(folder / "gun");
    auto given = on(pty);
    given.protocol = Protocol::honeywell;
    given.answer_within_ms = 60;
    SerialScanner scanner(loop.get_executor(), given);
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    pty.send("SLOW\r");
    until_lines(1);
    run_ms(90);  // the scanner has razzed by itself
    pty.send("NEXT\r");
    until_lines(2);
    lines[1].reply("-|wrong_item|No");  // must not wait behind the one given up
    until([&] { return pty.look().size() >= 3; });
    lines[0].reply("+|recorded");
    run_ms(30);
    EXPECT_EQ(pty.look(),
              "\x1B"
              "8,");
    EXPECT_EQ(scanner.counts().late_answers, 1u);
}

}  // namespace
}  // namespace kemas::scanner
