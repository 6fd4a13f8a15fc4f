#include <gtest/gtest.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "drivers/bus/modbus_codec.hpp"
#include "drivers/sim/load_model.hpp"
#include "drivers/sim/modbus_scale_server.hpp"
#include "sim_support.hpp"

namespace kemas::sim {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Words = std::vector<std::uint16_t>;

TEST(LoadModel, SwingsThenRestsAtTheWeightRoundedToTheDivision) {
    LoadModel::Options options;
    options.division = grams(5);
    LoadModel pan(options);
    pan.put(grams(1232), {1000});
    bool swung = false;
    for (std::int64_t t = 1000; t < 1400; t += 10) {
        EXPECT_FALSE(pan.read({t}).stable);
        swung |= pan.read({t}).weight_g != 1230;
    }
    EXPECT_TRUE(swung);
    EXPECT_TRUE(pan.read({1400}).stable);
    EXPECT_EQ(pan.read({1400}).weight_g, 1230);
    EXPECT_NE(pan.read({1400}).heartbeat, pan.read({1410}).heartbeat);
}

TEST(LoadModel, TheSameSeedSwingsTheSameWay) {
    LoadModel::Options options;
    LoadModel one(options), same(options);
    options.seed = 2;
    LoadModel other(options);
    bool differs = false;
    for (auto* pan : {&one, &same, &other}) pan->put(grams(500), {0});
    for (std::int64_t t = 0; t < 400; t += 10) {
        EXPECT_EQ(one.read({t}).weight_g, same.read({t}).weight_g);
        differs |= one.read({t}).weight_g != other.read({t}).weight_g;
    }
    EXPECT_TRUE(differs);
}

TEST(LoadModel, SaysOverloadAboveItsMaximum) {
    LoadModel pan({});
    pan.put(grams(30'001), {0});
    EXPECT_TRUE(pan.read({1000}).overload);
    pan.remove({2000});
    EXPECT_FALSE(pan.read({3000}).overload);
}

// What a master gets to hear: the registers, or "closed", "silence", or why the answer is no good.
struct Heard {
    Words words;
    std::string fault;
};

asio::awaitable<Heard> ask(tcp::socket& socket, bus::Query query) {
    constexpr std::uint16_t transaction = 7;
    const auto token = asio::as_tuple(asio::use_awaitable);
    const auto frame = bus::encode_tcp(query, transaction);
    const auto bytes = asio::buffer(frame.data.data(), frame.size);
    co_await asio::async_write(socket, bytes, token);
    std::vector<std::uint8_t> answer(bus::kHeaderBytes);
    const auto head = asio::buffer(answer);
    const auto [error, n] = co_await asio::async_read(socket, head, token);
    if (error) co_return Heard{{}, "closed"};
    const auto rest = bus::check_header(query, transaction, answer);
    if (!rest) co_return Heard{{}, rest.error().what};
    answer.resize(bus::kHeaderBytes + *rest);
    const auto tail = asio::buffer(answer.data() + bus::kHeaderBytes, *rest);
    co_await asio::async_read(socket, tail, token);
    const std::span<const std::uint8_t> pdu(answer.data() + bus::kHeaderBytes, *rest);
    const auto words = bus::decode_pdu(query, pdu);
    if (!words) co_return Heard{{}, words.error().what};
    co_return Heard{words->registers, ""};
}

struct ScaleServer : testing::Test {
    asio::io_context loop{1};
    ModbusScaleServer::Options options = [] {
        ModbusScaleServer::Options fast;
        fast.load.settle = {1};
        fast.late_by = {50};
        return fast;
    }();
    ModbusScaleServer scale{loop.get_executor(), options};
    tcp::socket master{loop};
    void SetUp() override {
        ASSERT_TRUE(scale.start());
        master.connect(tcp::endpoint(asio::ip::address_v4::loopback(), scale.port()));
    }
};

asio::awaitable<void> weighs(ModbusScaleServer& scale, tcp::socket& master) {
    scale.put(grams(70'000));
    scale.put(grams(25'123));
    co_await sleep_ms(3);
    bus::Query request{1, 3, 0, 5, {}};
    const auto heard = co_await ask(master, request);
    EXPECT_EQ(heard.fault, "");
    if (heard.words.size() != 5) co_return;
    EXPECT_EQ((heard.words[0] << 16) + heard.words[1], 25'123);
    EXPECT_EQ(heard.words[2], 1);
    EXPECT_EQ(heard.words[4], 1);
    EXPECT_EQ(scale.reads_at_rest(), 1u);
}
TEST_F(ScaleServer, AnswersWithTheRegistersOfItsProfile) {
    play(loop, weighs(scale, master));
}

asio::awaitable<void> refuses(tcp::socket& master) {
    bus::Query beyond{1, 3, 4, 2, {}}, function{1, 4, 0, 5, {}};
    const auto address = co_await ask(master, beyond);
    EXPECT_NE(address.fault.find("exception 02"), std::string::npos) << address.fault;
    const auto input = co_await ask(master, function);
    EXPECT_NE(input.fault.find("exception 01"), std::string::npos) << input.fault;
}
TEST_F(ScaleServer, RefusesRegistersAndFunctionsItDoesNotHave) {
    play(loop, refuses(master));
}

asio::awaitable<void> misbehaves(ModbusScaleServer& scale, tcp::socket& master) {
    bus::Query request{1, 3, 0, 5, {}};
    scale.set_trouble(ScaleTrouble::wrong_unit);
    const auto unit = co_await ask(master, request);
    EXPECT_NE(unit.fault.find("unit 2"), std::string::npos) << unit.fault;
}
TEST_F(ScaleServer, NamesAnotherUnitWhenToldTo) {
    play(loop, misbehaves(scale, master));
}

asio::awaitable<void> garbles(ModbusScaleServer& scale, tcp::socket& master) {
    bus::Query request{1, 3, 0, 5, {}};
    scale.set_trouble(ScaleTrouble::garbage);
    const auto heard = co_await ask(master, request);
    EXPECT_NE(heard.fault, "");
}
TEST_F(ScaleServer, SendsGarbageWhenToldTo) {
    play(loop, garbles(scale, master));
}

asio::awaitable<void> freezes(ModbusScaleServer& scale, tcp::socket& master) {
    bus::Query request{1, 3, 0, 5, {}};
    scale.set_trouble(ScaleTrouble::frozen);
    const auto before = co_await ask(master, request);
    scale.put(grams(900));
    co_await sleep_ms(30);
    const auto after = co_await ask(master, request);
    EXPECT_EQ(before.words, after.words);
    scale.set_trouble(ScaleTrouble::none);
    const auto cured = co_await ask(master, request);
    EXPECT_NE(cured.words, after.words);
}
TEST_F(ScaleServer, StandsStillWhenFrozenAndLivesAgain) {
    play(loop, freezes(scale, master));
}

asio::awaitable<void> is_late(ModbusScaleServer& scale, tcp::socket& master) {
    bus::Query request{1, 3, 0, 5, {}};
    scale.set_trouble(ScaleTrouble::late);
    const auto start = std::chrono::steady_clock::now();
    const auto heard = co_await ask(master, request);
    EXPECT_EQ(heard.fault, "");
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(45));
}
TEST_F(ScaleServer, AnswersLateWhenToldTo) {
    play(loop, is_late(scale, master));
}

asio::awaitable<void> is_silent(ModbusScaleServer& scale, tcp::socket& master) {
    scale.set_trouble(ScaleTrouble::silent);
    const auto token = asio::as_tuple(asio::use_awaitable);
    bus::Query query{1, 3, 0, 5, {}};
    const auto frame = bus::encode_tcp(query, 3);
    const auto bytes = asio::buffer(frame.data.data(), frame.size);
    co_await asio::async_write(master, bytes, token);
    co_await sleep_ms(50);
    EXPECT_EQ(master.available(), 0u);
}
TEST_F(ScaleServer, SaysNothingWhenSilent) {
    play(loop, is_silent(scale, master));
}

}  // namespace
}  // namespace kemas::sim
