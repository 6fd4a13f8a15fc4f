#include "tools/sim/play_line.hpp"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/streambuf.hpp>
#include <csignal>
#include <cstdio>
#include <istream>
#include <sstream>

#include "drivers/sim/line_run.hpp"
#include "drivers/sim/zpa_server.hpp"

namespace kemas::sim {
namespace {

long long n(std::int64_t value) {
    return value;
}

void print(const line::LineEvent& event) {
    if (const auto* scan = std::get_if<line::Scanned>(&event)) {
        std::printf("%s", scan->reader.c_str());
        for (const auto& code : scan->codes) std::printf(" %s", code.c_str());
        std::puts(scan->codes.empty() ? " NOREAD" : "");
    }
    if (const auto* weight = std::get_if<line::Weighed>(&event)) {
        if (weight->gross)
            std::printf("scale %lld g\n", n(weight->gross->value / 1000));
        else
            std::printf("scale refused: %s\n", weight->why.c_str());
    }
    std::fflush(stdout);
}

// Troubles by hand, a line each on standard input: "jam", "restart", "pull MS", "scale off",
// "scale on", "feed jam".
class Hand {
 public:
    Hand(boost::asio::io_context& loop, LineServer& server, ZpaServer* feed)
        : input_(loop, ::dup(STDIN_FILENO)), server_(server), feed_(feed) {}

    void listen() {
        boost::asio::async_read_until(input_, buffer_, '\n',
                                      [this](boost::system::error_code error, std::size_t) {
                                          if (error) return;  // nobody is there
                                          std::istream lines(&buffer_);
                                          std::string line;
                                          std::getline(lines, line);
                                          obey(line);
                                          listen();
                                      });
    }

 private:
    void obey(const std::string& line) {
        std::istringstream words(line);
        std::string what, how;
        words >> what >> how;
        if (what == "jam")
            server_.world().plc().jam();
        else if (what == "restart")
            server_.world().restart_plc({500});
        else if (what == "pull")
            server_.world().pull_cable({std::atoll(how.c_str())});
        else if (what == "scale")
            server_.silence_scale(how == "off");
        else if (what == "feed" && how == "jam" && feed_)
            feed_->module().jam(ZpaModule::downstream);
        else
            std::fprintf(stderr, "kemas-sim: what is \"%s\"?\n", line.c_str());
    }

    boost::asio::posix::stream_descriptor input_;
    boost::asio::streambuf buffer_{4096};
    LineServer& server_;
    ZpaServer* feed_;  // nullptr = there is none
};

}  // namespace

Result<void> play_line(LineServer::Options options) {
    boost::asio::io_context loop(1);
    LineServer server(loop.get_executor(), options);
    if (auto started = server.start(print); !started) return started;
    std::printf("line: Modbus TCP on %s:%d, profile conveyor/plc-mailbox, seed %llu\n",
                options.address.c_str(), server.port(),
                static_cast<unsigned long long>(options.plan.seed));
    if (options.scale)
        std::printf("line: its scale on %s:%d, profile scale/kemas-sim\n", options.address.c_str(),
                    server.scale_port());
    std::fflush(stdout);
    std::unique_ptr<ZpaServer> feed;
    if (options.feed_port) {
        ZpaServer::Options module;
        module.address = options.address;
        module.port = *options.feed_port;
        feed = std::make_unique<ZpaServer>(loop.get_executor(), module);
        if (auto started = feed->start(); !started) return started;
        std::printf("line: a module before it on %s:%d, profile conveyor/conveylinx-zpa\n",
                    options.address.c_str(), feed->port());
    }
    std::fflush(stdout);
    Hand hand(loop, server, feed.get());
    hand.listen();
    boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) { loop.stop(); });
    loop.run();
    const auto& truth = server.world().judgement();
    std::printf("line: %lld parcels, %lld in lanes, %lld in the reject lane, %lld wrong %s\n",
                n(truth.parcels), n(truth.in_lanes), n(truth.in_reject), n(truth.wrong),
                truth.first_wrong.c_str());
    return {};
}

bool simulate_line(const LinePlan& plan, double hours) {
    const auto layout = sample_layout();
    const auto tally = run_line(layout, plan, hours);
    const auto& truth = tally.truth;
    std::printf(
        "seed %llu, %.2f h: %lld parcels, %lld no-reads, %lld slipped, %lld removed, "
        "%lld inserted\n",
        static_cast<unsigned long long>(plan.seed), hours, n(truth.parcels), n(truth.no_reads),
        n(truth.slipped), n(truth.removed), n(truth.foreign));
    std::printf("%lld in their lanes, %lld in the reject lane, %lld came round, %lld wrong %s\n",
                n(truth.in_lanes), n(truth.in_reject), n(truth.again), n(truth.wrong),
                truth.first_wrong.c_str());
    std::printf("diverts: %lld proven, %lld failed, %lld unknown, %lld proven wrongly\n",
                n(tally.diverted), n(tally.failed), n(tally.unknown), n(tally.false_proofs));
    for (const auto& [reason, count] : tally.reasons)
        std::printf("  %-16s %lld\n", std::string(to_text(reason)).c_str(), n(count));
    return truth.wrong == 0 && tally.false_proofs == 0 && tally.broken == 0;
}

}  // namespace kemas::sim
