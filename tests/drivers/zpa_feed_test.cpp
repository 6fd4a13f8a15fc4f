// A ConveyLinx module that feeds a line: the shipped profile against a simulated module.
#include "drivers/conveyor/zpa_feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>

#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/sim/zpa_server.hpp"

namespace kemas {
namespace {

using namespace std::chrono_literals;
using sim::ZpaModule;
using testing::HasSubstr;

profile::DeviceProfile conveylinx() {
    auto profile = profile::load_device_profile(std::string(KEMAS_SOURCE_DIR) +
                                                "/firmware-profiles/conveyor/conveylinx-zpa.toml");
    EXPECT_TRUE(profile) << profile.error().what;
    return std::move(*profile);
}

class FeedTest : public testing::Test {
 protected:
    void SetUp() override {
        server_ = std::make_unique<sim::ZpaServer>(loop_.get_executor(), sim::ZpaServer::Options{});
        ASSERT_TRUE(server_->start());
        bus::ModbusTcpOptions tcp;
        tcp.host = "127.0.0.1";
        tcp.port = server_->port();
        master_ = std::make_shared<bus::ModbusTcp>(loop_.get_executor(), tcp);
        conveyor::FeedOptions options;
        options.name = "infeed";
        options.poll_ms = 20;
        auto made = conveyor::ZpaFeed::make(loop_.get_executor(), master_, conveylinx(), options);
        ASSERT_TRUE(made) << made.error().what;
        feed_ = std::move(*made);
        feed_->start([this](const conveyor::FeedLook& look) { look_ = look; });
    }
    void TearDown() override {
        feed_->stop();
        server_->stop();
        master_->stop();
        loop_.restart();
        loop_.run_for(50ms);
    }
    template <class Done>
    bool until(Done done, std::chrono::seconds most = 20s) {
        const auto end = std::chrono::steady_clock::now() + most;
        while (!done() && std::chrono::steady_clock::now() < end) loop_.run_for(10ms);
        return done();
    }
    ZpaModule& module() { return server_->module(); }

    boost::asio::io_context loop_;
    std::unique_ptr<sim::ZpaServer> server_;
    std::shared_ptr<bus::ModbusTcp> master_;
    std::unique_ptr<conveyor::ZpaFeed> feed_;
    conveyor::FeedLook look_;
};

TEST_F(FeedTest, CountsTheCartonsThatPass) {
    ASSERT_TRUE(until([&] { return feed_->health().up; }));
    ASSERT_TRUE(until([&] { return look_.left >= 2; }));
    EXPECT_GE(look_.arrived, look_.left - 1);
    EXPECT_TRUE(look_.counts_sure);
    EXPECT_EQ(feed_->health().state, "ready");
}

TEST_F(FeedTest, ClearsAJamOnlyForAPersonAndByTheModulesOwnBit) {
    ASSERT_TRUE(until([&] { return look_.arrived >= 1; }));
    module().jam(ZpaModule::downstream);
    ASSERT_TRUE(until([&] { return look_.jam[1]; }));
    EXPECT_EQ(feed_->health().state, "jam");
    const auto left = look_.left;
    loop_.run_for(500ms);
    EXPECT_EQ(look_.left, left);
    std::optional<Result<void>> end;
    const auto heard = [&](Result<void> result) { end = std::move(result); };
    feed_->clear_jam(conveyor::Zone::upstream, "budi", heard);  // there is none
    ASSERT_TRUE(until([&] { return end.has_value(); }));
    ASSERT_FALSE(*end);
    EXPECT_EQ(end->error().remedy, Remedy::retry);
    EXPECT_TRUE(look_.jam[1]);
    end.reset();
    feed_->clear_jam(conveyor::Zone::downstream, "budi", heard);
    ASSERT_TRUE(until([&] { return end.has_value(); }));
    EXPECT_TRUE(*end);
    EXPECT_TRUE(until([&] { return look_.left > left && !look_.jam[1]; }));
}

TEST_F(FeedTest, SaysThatItsCountsAreNotSureAfterAReset) {
    ASSERT_TRUE(until([&] { return look_.left >= 2; }));
    module().reset();
    EXPECT_TRUE(until([&] { return !look_.counts_sure; }));
}

TEST(ZpaModuleTest, AnswersOnlyFromTheFirstRegisterOfItsAssembly) {
    const ZpaModule module;
    EXPECT_TRUE(module.read(1499, 21));
    EXPECT_TRUE(module.read(1499, 45));
    EXPECT_FALSE(module.read(1500, 2));
    EXPECT_FALSE(module.read(1499, 46));
    EXPECT_FALSE(module.read(0, 1));
}

TEST(FeedProfile, NamesWhatAFeedMissesInIt) {
    boost::asio::io_context loop;
    auto master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), bus::ModbusTcpOptions{});
    auto mailbox = profile::load_device_profile(std::string(KEMAS_SOURCE_DIR) +
                                                "/firmware-profiles/conveyor/plc-mailbox.toml");
    ASSERT_TRUE(mailbox);
    const auto made = conveyor::ZpaFeed::make(loop.get_executor(), master, *mailbox, {});
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().what, HasSubstr("[counter.upstream_arrivals]"));
}

}  // namespace
}  // namespace kemas
