// Every Modbus scale profile, from a real pymodbus server that plays its samples to the verdict of
// the driver. The server reads the TOML by itself, so a mistake of our reader would show.
#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <filesystem>

#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scale/modbus_scale.hpp"
#include "drivers/scale/scale_codec.hpp"
#include "tests/drivers/peers/profile_peer.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

const std::filesystem::path kFolder =
    std::filesystem::path(KEMAS_SOURCE_DIR) / "firmware-profiles/scale";

std::vector<std::string> modbus_scales() {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
        const auto loaded = profile::load_profile(entry.path().string());
        if (loaded && std::holds_alternative<profile::ScaleProfile>(*loaded))
            result.push_back(entry.path().stem().string());
    }
    std::sort(result.begin(), result.end());
    return result;
}

class ScaleAtItsPeer : public ::testing::TestWithParam<std::string> {
 protected:
    // One driver from start to its first verdict on the sample that the peer shows.
    void weigh(const profile::ScaleProfile& profile, const profile::Sample& sample, int port) {
        asio::io_context loop;
        bus::ModbusTcpOptions line;
        line.host = "127.0.0.1";
        line.port = static_cast<std::uint16_t>(port);
        line.timeout_ms = 2000;
        auto master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), line);
        ModbusScaleOptions options;
        options.name = "scale";
        options.poll_ms = 5;
        options.site = sample.site;
        options.min_readings = 2;
        options.min_span = {0};
        options.max_age = {60'000};
        ModbusScale scale(loop.get_executor(), master, profile, options);
        std::optional<ScaleSettled> settled;
        scale.start([&](const ScaleEvent& event) {
            if (const auto* one = std::get_if<ScaleSettled>(&event)) {
                settled = *one;
            }
        });
        // A pan below zero is at rest, but nothing lies on it that could settle.
        const bool at_rest = sample.fault.empty() && sample.stable;
        const bool rests = at_rest && sample.gross > Milligrams{0};
        const auto there = [&] {
            if (rests) return settled.has_value();
            if (!sample.fault.empty()) return scale.health().state == sample.fault;
            const auto now = scale.now();
            return now &&
                   now->quality == (at_rest ? ScaleNow::Quality::good : ScaleNow::Quality::moving);
        };
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!there() && std::chrono::steady_clock::now() < last)
            loop.run_one_for(milliseconds(20));
        ASSERT_TRUE(there()) << "health: " << scale.health().state << " " << scale.health().error;
        const auto now = scale.now();
        ASSERT_TRUE(now);
        if (sample.fault.empty()) {
            EXPECT_EQ(now->gross, sample.gross);
            if (sample.division) {
                EXPECT_EQ(now->division, *sample.division);
            }
            EXPECT_TRUE(scale.health().up);
        } else {
            EXPECT_EQ(now->quality, ScaleNow::Quality::fault);
            EXPECT_FALSE(scale.health().up);
        }
        EXPECT_EQ(settled.has_value(), rests);
        if (settled) {
            EXPECT_EQ(settled->gross, sample.gross);
        }
        scale.stop();
        master->stop();
        loop.restart();
        loop.run_for(milliseconds(50));
    }
};

TEST_P(ScaleAtItsPeer, WeighsItsSamplesAndRefusesItsFaults) {
    const std::string path = (kFolder / (GetParam() + ".toml")).string();
    const auto profile = profile::load_scale_profile(path);
    ASSERT_TRUE(profile) << profile.error().what;
    test::ProfilePeer peer(path);
    ASSERT_GT(peer.port(), 0) << "pymodbus did not start";
    int weighed = 0;
    for (std::size_t i = 0; i < profile->samples.size(); ++i) {
        const profile::Sample& sample = profile->samples[i];
        SCOPED_TRACE(path + ":" + std::to_string(sample.line) + " " + sample.what);
        if (!weighing_gap(*profile, sample.site).empty()) continue;
        peer.show(i);
        weigh(*profile, sample, peer.port());
        ++weighed;
    }
    const bool can = profile->status_bit("stable") != nullptr;
    EXPECT_EQ(weighed > 0, can) << "a profile with [status.stable] has samples that can be weighed";
}

TEST_P(ScaleAtItsPeer, AProfileWithAGapNeverWeighs) {
    const std::string path = (kFolder / (GetParam() + ".toml")).string();
    const auto profile = profile::load_scale_profile(path);
    ASSERT_TRUE(profile);
    profile::ScaleProfile lacking = *profile;
    std::erase_if(lacking.status, [](const auto& status) { return status.name == "stable"; });
    asio::io_context loop;
    auto master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), bus::ModbusTcpOptions{});
    ModbusScale scale(loop.get_executor(), master, lacking, {});
    std::string why;
    scale.start([&](const ScaleEvent& event) {
        if (const auto* fault = std::get_if<ScaleFaulted>(&event)) why = fault->why;
    });
    EXPECT_THAT(why, ::testing::HasSubstr("cannot weigh yet"));
    scale.stop();
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
    std::string name = info.param;
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Every, ScaleAtItsPeer, ::testing::ValuesIn(modbus_scales()), test_name);

TEST(ScalesAtTheirPeers, AreAtLeastElevenModels) {
    EXPECT_GE(modbus_scales().size(), 12u);
}

}  // namespace
}  // namespace kemas::scale
