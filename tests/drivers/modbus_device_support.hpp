// A device of twenty registers and a map that plays it.
#pragma once

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/modbus_device/modbus_device.hpp"
#include "tests/drivers/peers/modbus_map.hpp"

namespace kemas::modbus_device {

namespace asio = boost::asio;
using std::chrono::milliseconds;

inline profile::Bits word_bits(int word) {
    profile::Bits bits;
    bits.field.word = bits.field.register_number = word;
    return bits;
}
inline profile::Condition word_is(int word, std::uint32_t value, std::string status = {}) {
    profile::Condition condition;
    condition.at = word_bits(word);
    condition.equals = value;
    condition.status = std::move(status);
    return condition;
}
inline profile::Target target(int address, int function_code = 6) {
    return {function_code, address, address};
}

class DeviceTest : public ::testing::Test {
 protected:
    DeviceTest() {
        profile.blocks.push_back({3, 0, 20, false, false});
        profile.model = "tester";
    }
    ~DeviceTest() override {
        device.reset();
        if (master) master->stop();
        loop.restart();
        loop.run_for(milliseconds(200));
    }
    void start(std::uint16_t port, int timeout_ms = 1'000) {
        bus::ModbusTcpOptions options;
        options.host = "127.0.0.1";
        options.port = port;
        options.timeout_ms = timeout_ms;
        master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), options);
        ModbusDeviceOptions own;
        own.name = "tester 1";
        own.poll_ms = 10;
        device = std::make_unique<ModbusDevice>(loop.get_executor(), master, profile, own);
        Events events;
        events.round = [this](const Round& round) { rounds.push_back(round); };
        events.lost = [this](const std::string& state, const std::string& why) {
            lost.push_back(state + ": " + why);
        };
        device->start(events);
    }
    template <class Done>
    bool run_until(Done done) {
        const auto last = Clock::now() + std::chrono::seconds(20);
        loop.restart();
        while (!done() && Clock::now() < last) loop.run_one_for(milliseconds(20));
        return done();
    }
    void run_rounds(std::size_t count) {
        const std::size_t wanted = rounds.size() + count;
        ASSERT_TRUE(run_until([&] { return rounds.size() >= wanted; }))
            << ::testing::PrintToString(lost);
    }
    Outcome command(CommandCall call) {
        std::optional<Outcome> result;
        asio::co_spawn(loop, device->command(std::move(call)),
                       [&](std::exception_ptr error, Outcome outcome) {
                           if (error) std::rethrow_exception(error);
                           result = std::move(outcome);
                       });
        EXPECT_TRUE(run_until([&] { return result.has_value(); })) << "the command did not end";
        return result.value_or(Outcome{});
    }
    Outcome command(const std::string& name) {
        CommandCall call;
        call.name = name;
        return command(std::move(call));
    }

    profile::ModbusProfile profile;
    kemas::test::ModbusMap map;
    asio::io_context loop;
    std::shared_ptr<bus::ModbusTcp> master;
    std::unique_ptr<ModbusDevice> device;
    std::vector<Round> rounds;
    std::vector<std::string> lost;
};

}  // namespace kemas::modbus_device
