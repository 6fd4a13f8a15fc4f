// A printer behind IPP, and a peer that refuses, hangs, dies and lies by script.
#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>

#include "drivers/printer/ipp_printer.hpp"
#include "drivers/printer/ipp_status.hpp"
#include "tests/drivers/peers/ipp_peer.hpp"

namespace kemas::printer {
namespace {

namespace asio = boost::asio;
using kemas::test::IppPeer;
using Kind = PrintOutcome::Kind;
using Trouble = IppPeer::Trouble;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;
using namespace std::chrono_literals;

std::string state_of(int state, std::vector<std::string> reasons) {
    IppPrinterFacts facts;
    facts.state = state;
    facts.reasons = std::move(reasons);
    return understand_ipp(facts).state;
}

TEST(IppStatus, ReasonsAreWordsOfTheDashboard) {
    EXPECT_EQ(state_of(3, {"none"}), "ready");
    EXPECT_EQ(state_of(4, {"none"}), "printing");
    EXPECT_EQ(state_of(3, {"media-low-warning"}), "paper-low");
    EXPECT_EQ(state_of(5, {"media-empty-error", "paused"}), "paper-out");
    EXPECT_EQ(state_of(3, {"media-empty-report"}), "paper-low") << "as ippeveprinter says it";
    EXPECT_EQ(state_of(3, {"cover-open"}), "head-open");
    EXPECT_EQ(state_of(3, {"marker-supply-empty-error"}), "ribbon-out");
    EXPECT_EQ(state_of(5, {"paused"}), "paused");
    EXPECT_EQ(state_of(3, {"timed-out-error"}), "offline");
    EXPECT_EQ(state_of(3, {"fuser-over-temp-error"}), "stopped");
    EXPECT_EQ(state_of(5, {"none"}), "stopped");
    EXPECT_EQ(state_of(3, {"cover-open-report"}), "ready") << "a report hinders nothing";
    EXPECT_EQ(state_of(0, {}), "unknown") << "silence is not ready";
    IppPrinterFacts facts{3, false, {}, {}};
    EXPECT_EQ(understand_ipp(facts).state, "rejecting");
}

class IppPrinterTest : public ::testing::Test {
 protected:
    void use(const std::string& uri) {
        options.name = "bench 1";
        options.uri = uri;
        options.job_poll_ms = 20;
        options.log = [this](std::string_view event, const std::string& detail) {
            log.push_back(std::string(event) + " " + detail);
        };
        printer.emplace(loop.get_executor(), options);
    }
    PrintOutcome end_of(std::string bytes) {
        printer->print(
            std::move(bytes), [this](Printer::Go go) { on_ready(std::move(go)); },
            [this](PrintOutcome outcome) { outcomes.push_back(std::move(outcome)); });
        const auto before = outcomes.size();
        run_while([&] { return outcomes.size() == before; });
        return outcomes.empty() ? PrintOutcome{} : outcomes.back();
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
    void TearDown() override {
        printer.reset();
        loop.restart();
        loop.run_for(1s);
    }

    asio::io_context loop;
    IppPrinterOptions options{.status_poll_ms = 0};
    std::optional<IppPrinter> printer;
    std::function<void(Printer::Go)> on_ready = [](Printer::Go go) { go(true); };
    std::vector<PrintOutcome> outcomes;
    std::vector<std::string> log;
};

TEST_F(IppPrinterTest, AJobIsDoneWhenThePrinterSaysItIsCompleted) {
    IppPeer peer;
    use(peer.uri());
    const std::string label(100'000, 'Z');
    const PrintOutcome outcome = end_of(label);
    EXPECT_EQ(outcome.kind, Kind::sent) << outcome.detail;
    EXPECT_THAT(outcome.detail, HasSubstr("job 1 is completed"));
    EXPECT_EQ(peer.documents(), std::vector<std::string>{label}) << "bit for bit, once";
    EXPECT_GE(peer.questions, 2) << "a job under way is not done";
    EXPECT_EQ(printer->health().state, "ready");
    EXPECT_THAT(printer->live(), AllOf(Contains(Pair("jobs ended", "1")),
                                       Contains(Pair("printer-state", "3")),
                                       Contains(Pair("accepts jobs", "yes"))));
}

TEST_F(IppPrinterTest, ARefusedPortLeavesTheJobUntouched) {
    std::string uri;
    { uri = IppPeer().uri(); }
    use(uri);
    const PrintOutcome outcome = end_of("label");
    EXPECT_EQ(outcome.kind, Kind::not_started);
    EXPECT_THAT(outcome.detail, HasSubstr("cannot be reached"));
    EXPECT_EQ(printer->health().state, "unreachable");
}

TEST_F(IppPrinterTest, AnEmptyPrinterIsNamedBeforeAnythingStarts) {
    IppPeer peer;
    peer.say(5, {"media-empty-error"});
    use(peer.uri());
    EXPECT_EQ(end_of("label").kind, Kind::not_started);
    EXPECT_EQ(printer->health().state, "paper-out");
    EXPECT_TRUE(peer.documents().empty());
}

TEST_F(IppPrinterTest, APrinterThatHangsIsNotReady) {
    IppPeer peer;
    peer.trouble = Trouble::hang;
    options.connect_timeout_ms = 200;
    use(peer.uri());
    EXPECT_EQ(end_of("label").kind, Kind::not_started);
    EXPECT_FALSE(printer->health().up);
}

TEST_F(IppPrinterTest, APrinterThatDiesInTheMiddleIsUnknown) {
    IppPeer peer;
    peer.trouble = Trouble::die_in_document;
    use(peer.uri());
    const PrintOutcome outcome = end_of(std::string(8'000'000, 'Z'));
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("look whether the label is there"));
}

TEST_F(IppPrinterTest, APrinterThatDiesBeforeItsAnswerIsUnknown) {
    IppPeer peer;
    peer.trouble = Trouble::die_after_document;
    use(peer.uri());
    EXPECT_EQ(end_of("label").kind, Kind::unknown);
}

TEST_F(IppPrinterTest, ARefusedJobWasNeverStarted) {
    IppPeer peer;
    peer.trouble = Trouble::refuse;
    use(peer.uri());
    const PrintOutcome outcome = end_of("label");
    EXPECT_EQ(outcome.kind, Kind::not_started);
    EXPECT_THAT(outcome.detail, HasSubstr("refused the job"));
}

TEST_F(IppPrinterTest, AnAbortedJobAndOneThatNeverEndsAreUnknown) {
    IppPeer peer;
    peer.trouble = Trouble::abort_job;
    options.close_timeout_ms = 150;
    use(peer.uri());
    EXPECT_EQ(end_of("label").kind, Kind::unknown);
    peer.trouble = Trouble::busy_job;
    const PrintOutcome outcome = end_of("label");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("did not complete job 2 in time"));
}

TEST_F(IppPrinterTest, ADroppedPermissionSendsNothing) {
    IppPeer peer;
    on_ready = [](const Printer::Go&) {};
    use(peer.uri());
    EXPECT_EQ(end_of("label").kind, Kind::not_started);
    EXPECT_TRUE(peer.documents().empty());
}

TEST_F(IppPrinterTest, AStopEndsAJobThatHangsAtOnce) {
    IppPeer peer;
    peer.trouble = Trouble::busy_job;
    use(peer.uri());
    printer->print("label", on_ready,
                   [this](PrintOutcome outcome) { outcomes.push_back(std::move(outcome)); });
    run_while([&] { return peer.questions < 1; });
    printer->stop();
    run_while([this] { return outcomes.empty(); });
    EXPECT_EQ(outcomes[0].kind, Kind::unknown);
    EXPECT_EQ(printer->health().state, "stopped");
}

TEST_F(IppPrinterTest, BetweenJobsTroubleShowsAndClearsByItself) {
    IppPeer peer;
    peer.say(3, {"cover-open-error"});
    options.status_poll_ms = 20;
    use(peer.uri());
    run_while([this] { return printer->health().state != "head-open"; });
    peer.say(3, {"none"});
    run_while([this] { return printer->health().state != "ready"; });
    EXPECT_EQ(log.size(), 2u) << "one line per change";
}

}  // namespace
}  // namespace kemas::printer
