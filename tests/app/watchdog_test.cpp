// systemd's watchdog is fed while all hearts beat, and starves when one stands still.
#include "app/watchdog.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/asio/io_context.hpp>

namespace kemas::app {
namespace {

using namespace std::chrono_literals;

struct Floor : ::testing::Test {
    boost::asio::io_context io;
    std::uint64_t beats = 0;
    bool hangs = false;
    int fed = 0;
    std::vector<std::string> stuck;
    Watchdog dog{io.get_executor(),
                 8ms,
                 {{"ledger", [this] { beats += hangs ? 0 : 1; }, [this] { return beats; }}},
                 [this] { ++fed; },
                 [this](const std::string& name) { stuck.push_back(name); }};
    void run_until(const std::function<bool()>& done) {
        const auto limit = std::chrono::steady_clock::now() + 20s;
        while (!done() && std::chrono::steady_clock::now() < limit) io.run_one_for(100ms);
        ASSERT_TRUE(done());
    }
};

TEST_F(Floor, IsFedWhileAllGoesWell) {
    dog.start();
    run_until([&] { return fed >= 3; });
    EXPECT_TRUE(stuck.empty());
}

TEST_F(Floor, StarvesWhenAThreadHangsAndSaysWhichOnce) {
    dog.start();
    run_until([&] { return fed >= 1; });
    hangs = true;
    run_until([&] { return !stuck.empty(); });
    const auto before = fed;
    const auto limit = std::chrono::steady_clock::now() + 30ms;
    while (std::chrono::steady_clock::now() < limit) io.run_one_for(5ms);
    EXPECT_EQ(fed, before);
    EXPECT_EQ(stuck, std::vector<std::string>{"ledger"});
    hangs = false;
    run_until([&] { return fed > before; });
}

TEST(WatchdogPeriod, IsWhatSystemdAsksFor) {
    setenv("WATCHDOG_USEC", "30000000", 1);
    EXPECT_EQ(asked_watchdog_period(), 30s);
    setenv("WATCHDOG_USEC", "soon", 1);
    EXPECT_FALSE(asked_watchdog_period());
    unsetenv("WATCHDOG_USEC");
    EXPECT_FALSE(asked_watchdog_period());
}

}  // namespace
}  // namespace kemas::app
