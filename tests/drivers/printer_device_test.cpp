// Printers behind a device file: a pseudo-terminal stands in for /dev/usb/lp0 and the serial line.
#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>

#include "drivers/printer/device_printer.hpp"
#include "tests/drivers/peers/pty_peer.hpp"

namespace kemas::printer {
namespace {

namespace asio = boost::asio;
using kemas::test::PtyPeer;
using Kind = PrintOutcome::Kind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;
using namespace std::string_literals;

const std::string tspl_question = "\x1b!?";
const std::string tspl_ready(1, '\0'), tspl_printing = "\x20", tspl_paper_out = "\x04";

TEST(DeviceIdTest, IsReadInBothSpellingsAndNamesItsLanguages) {
    const auto id = parse_device_id(
        "MFG:Zebra Technologies ;CMD:ZPL II, EPL2;MDL:ZTC GX420d;CLS:PRINTER;OPTIONS:XML;");
    EXPECT_EQ(id.maker, "Zebra Technologies");
    EXPECT_EQ(id.model, "ZTC GX420d");
    EXPECT_TRUE(may_speak(id, Language::zpl));
    EXPECT_TRUE(may_speak(id, Language::epl2));
    EXPECT_FALSE(may_speak(id, Language::tspl));
    const auto epson = parse_device_id("MANUFACTURER:EPSON;COMMAND SET:ESC/POS;MODEL:TM-T20\x01");
    EXPECT_EQ(epson.model, "TM-T20");
    EXPECT_TRUE(may_speak(epson, Language::escpos));
    EXPECT_TRUE(may_speak(parse_device_id("MFG:X;"), Language::cpcl)) << "it names none";
    EXPECT_EQ(parse_device_id(";;:;no pair").maker, "");
}

class DevicePrinterTest : public ::testing::Test {
 protected:
    DevicePrinterTest() {
        options.name = "bench 1";
        options.language = Language::tspl;
        options.ask_status = true;
        options.status_timeout_ms = options.stall_timeout_ms = options.close_timeout_ms = 5'000;
        options.proof_pause_ms = 20;
        options.log = [this](std::string_view event, const std::string& detail) {
            log.push_back(std::string(event) + " " + detail);
        };
    }
    void use(const std::string& path) {
        options.place = path;
        printer = make_usb_printer(loop.get_executor(), options, ask_id);
    }
    DeviceIdWatch::Ask ask_id = [](int) { return std::nullopt; };
    void use_serial(const std::string& path) {
        options.place = path;
        printer = make_serial_printer(loop.get_executor(), options, {});
    }
    void print(std::string bytes) {
        printer->print(
            std::move(bytes), [](Printer::Go go) { go(true); },
            [this](PrintOutcome outcome) { outcomes.push_back(std::move(outcome)); });
    }
    template <class Condition>
    void run_while(const Condition& condition) {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (condition() && std::chrono::steady_clock::now() < deadline) {
            loop.restart();
            loop.run_one_for(20ms);
        }
        ASSERT_FALSE(condition());
    }
    PrintOutcome end_of(std::string bytes) {
        print(std::move(bytes));
        run_while([this] { return outcomes.empty(); });
        return outcomes.empty() ? PrintOutcome{} : outcomes.back();
    }
    void TearDown() override {
        printer.reset();
        loop.restart();
        loop.run_for(1s);
    }

    asio::io_context loop;
    StreamPrinterOptions options;
    std::unique_ptr<Printer> printer;
    std::vector<PrintOutcome> outcomes;
    std::vector<std::string> log;
};

// Answers every question with the next of the answers, the last one again and again.
PtyPeer::Script says(std::vector<std::string> answers) {
    return [answers](PtyPeer& peer) {
        std::string got;
        for (std::size_t i = 0; !peer.over();) {
            got += peer.hear();
            const auto at = got.find(tspl_question);
            if (at == std::string::npos) continue;
            got.erase(0, at + tspl_question.size());
            peer.say(answers[std::min(i++, answers.size() - 1)]);
        }
    };
}

TEST_F(DevicePrinterTest, AUsbPrinterSaysWhatItIsAndAnotherLanguageIsAnAlarm) {
    ask_id = [](int) { return "MFG:Zebra;MDL:ZTC GX420d;CMD:ZPL;"s; };
    PtyPeer peer([](PtyPeer& self) {
        while (!self.over())
            if (!self.hear_until(tspl_question).empty()) self.say(tspl_ready);
    });
    options.status_poll_ms = 1'000;
    use(peer.path());
    run_while([this] { return printer->health().alarm.empty(); });
    EXPECT_THAT(printer->health().alarm, HasSubstr("names the languages ZPL, not TSPL"));
    EXPECT_THAT(printer->live(), ::testing::Contains(::testing::Pair("model", "ZTC GX420d")));
    printer->stop();
}

TEST_F(DevicePrinterTest, AJobIsDoneWhenThePrinterSaysTwiceThatItIsIdle) {
    PtyPeer peer(says({tspl_ready, tspl_printing, tspl_ready, tspl_printing, tspl_ready}));
    use(peer.path());
    const PrintOutcome outcome = end_of("LABEL");
    EXPECT_EQ(outcome.kind, Kind::sent) << outcome.detail;
    EXPECT_THAT(outcome.detail, HasSubstr("5 of 5 bytes and says that it is idle"));
    const std::string q = tspl_question;
    EXPECT_EQ(peer.all(), q + "LABEL" + q + q + q + q + q)
        << "idle, then busy again, is not idle; nothing is asked within a job";
    EXPECT_EQ(printer->health().state, "ready");
}

TEST_F(DevicePrinterTest, ASerialLineIsNoDifferent) {
    PtyPeer peer(says({tspl_ready}));
    use_serial(peer.path());
    EXPECT_EQ(end_of(std::string(60'000, 'Z')).kind, Kind::sent);
}

TEST_F(DevicePrinterTest, PaperThatRunsOutMidJobLeavesItUnknownAndNamed) {
    PtyPeer peer(says({tspl_ready, tspl_printing, tspl_paper_out}));
    use(peer.path());
    const PrintOutcome outcome = end_of("LABEL");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("out of labels: load a roll"));
    EXPECT_THAT(outcome.detail, HasSubstr("look whether the label is there"));
    EXPECT_EQ(printer->health().state, "paper-out");
    EXPECT_FALSE(printer->health().up);
}

TEST_F(DevicePrinterTest, AMissingFileRefusesTheJobUntouched) {
    use("/dev/usb/lp-not-there");
    const PrintOutcome outcome = end_of("LABEL");
    EXPECT_EQ(outcome.kind, Kind::not_started);
    EXPECT_THAT(outcome.detail, HasSubstr("check its cable and that it is on"));
    EXPECT_EQ(printer->health().state, "unreachable");
}

TEST_F(DevicePrinterTest, SilenceBeforeTheJobIsUnknownNotReady) {
    options.status_timeout_ms = 100;
    PtyPeer peer([](PtyPeer& self) {
        while (!self.over()) self.hear();
    });
    use(peer.path());
    EXPECT_EQ(end_of("LABEL").kind, Kind::not_started);
    EXPECT_EQ(printer->health().state, "unknown");
    EXPECT_EQ(peer.all(), tspl_question) << "no byte of the job";
}

TEST_F(DevicePrinterTest, APrinterThatTakesNoMoreBytesIsUnknown) {
    options.stall_timeout_ms = 150;
    PtyPeer peer([](PtyPeer& self) {
        self.hear_until(tspl_question);
        self.say(tspl_ready);
        self.wait_until_over();
    });
    use(peer.path());
    const PrintOutcome outcome = end_of(std::string(2'000'000, 'Z'));
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("took no more bytes in time"));
}

TEST_F(DevicePrinterTest, APrinterUnpluggedInTheMiddleIsUnknown) {
    PtyPeer peer([](PtyPeer& self) {
        self.hear_until(tspl_question);
        self.say(tspl_ready);
        self.hear_until("Z");
        self.unplug();
    });
    use(peer.path());
    const PrintOutcome outcome = end_of(std::string(2'000'000, 'Z'));
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("connection broke"));
}

TEST_F(DevicePrinterTest, APrinterThatFallsSilentAfterTheJobIsUnknown) {
    options.close_timeout_ms = 150;
    PtyPeer peer([](PtyPeer& self) {
        self.hear_until(tspl_question);
        self.say(tspl_ready);
        self.wait_until_over();
    });
    use(peer.path());
    const PrintOutcome outcome = end_of("LABEL");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("did not say in time that it was done"));
}

TEST_F(DevicePrinterTest, APrinterThatIsNeverAskedCanProveNothing) {
    options.ask_status = false;
    PtyPeer peer([](PtyPeer& self) {
        while (!self.over()) self.hear();
    });
    use(peer.path());
    const PrintOutcome outcome = end_of("LABEL");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("never asked whether it printed"));
}

TEST_F(DevicePrinterTest, EscPosAnswersInTurnAndItsFaultIsNamedWhenItDoesNot) {
    options.language = Language::escpos;
    options.close_timeout_ms = 200;
    bool paper = true;
    PtyPeer peer([&paper](PtyPeer& self) {
        for (std::string got; !self.over();) {
            got += self.hear();
            if (got.ends_with("\x10\x04\x04")) {
                self.say(paper ? "\x12\x12\x12\x12" : "\x1a\x32\x12\x72");
                got.clear();
            } else if (got.ends_with("\x1dr\x01")) {
                if (got.find("LAST") != std::string::npos) paper = false;
                if (paper) self.say(tspl_ready);
                got.clear();
            }
        }
    });
    use(peer.path());
    EXPECT_EQ(end_of("RECEIPT").kind, Kind::sent);
    outcomes.clear();
    const PrintOutcome outcome = end_of("LAST");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("out of labels"));
}

TEST_F(DevicePrinterTest, BetweenJobsTroubleShowsAndClearsByItself) {
    options.status_poll_ms = 20;
    PtyPeer peer(says({tspl_paper_out, tspl_paper_out, tspl_paper_out, tspl_ready}));
    use(peer.path());
    run_while([this] { return printer->health().state != "paper-out"; });
    EXPECT_FALSE(printer->health().up);
    EXPECT_GT(printer->health().heard.value, 0) << "it did speak";
    run_while([this] { return printer->health().state != "ready"; });
    EXPECT_TRUE(printer->health().up);
    EXPECT_THAT(log, ElementsAre(HasSubstr("printer.down bench 1: The printer is out of labels"),
                                 HasSubstr("printer.up bench 1")))
        << "one line per change, not per look";
}

TEST_F(DevicePrinterTest, UnpluggingBetweenJobsIsAFaultAndPluggingInEndsIt) {
    options.status_poll_ms = 20;
    const std::string link = ::testing::TempDir() + "kemas-lp-" + std::to_string(getpid());
    ::unlink(link.c_str());
    use(link);
    run_while([this] { return printer->health().state != "unreachable"; });
    EXPECT_THAT(printer->health().error, HasSubstr(link));
    PtyPeer peer(says({tspl_ready}));
    ASSERT_EQ(::symlink(peer.path().c_str(), link.c_str()), 0);
    run_while([this] { return printer->health().state != "ready"; });
    ::unlink(link.c_str());
    run_while([this] { return printer->health().state != "unreachable"; });
}

TEST_F(DevicePrinterTest, ThePinsOfAUsbPrinterComeBeforeItsWords) {
    bus::DeviceLinkOptions device;
    PtyPeer peer(says({tspl_ready}));
    device.has_pins = true;
    device.open_file = [&peer] { return open_lp(peer.path(), true); };
    int asked = 0;
    device.read_pins = [&asked](int) -> std::optional<int> { return ++asked == 1 ? 0x38 : 0x18; };
    printer = std::make_unique<StreamPrinter>(loop.get_executor(), options, [this, device] {
        return std::make_shared<bus::DeviceLink>(loop.get_executor(), device);
    });
    EXPECT_EQ(end_of("LABEL").kind, Kind::not_started);
    EXPECT_EQ(printer->health().state, "paper-out");
    outcomes.clear();
    EXPECT_EQ(end_of("LABEL").kind, Kind::sent);
}

TEST_F(DevicePrinterTest, AHangingPinQuestionBlocksNobody) {
    bus::DeviceLinkOptions device;
    PtyPeer peer(says({tspl_ready}));
    options.status_timeout_ms = 100;
    device.has_pins = true;
    device.open_file = [&peer] { return open_lp(peer.path(), true); };
    device.read_pins = [](int) -> std::optional<int> {
        std::this_thread::sleep_for(400ms);
        return 0x38;
    };
    printer = std::make_unique<StreamPrinter>(loop.get_executor(), options, [this, device] {
        return std::make_shared<bus::DeviceLink>(loop.get_executor(), device);
    });
    EXPECT_EQ(end_of("LABEL").kind, Kind::sent) << "its words decide";
}

}  // namespace
}  // namespace kemas::printer
