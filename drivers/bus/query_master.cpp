#include "drivers/bus/query_master.hpp"

#include <utility>

namespace kemas::bus {
namespace {

namespace asio = boost::asio;
using Exchange = asio::awaitable<Result<Answer>>;

// A poll waits for its turn as long as it takes; what it reads is only as old as its exchange.
constexpr Deadline kWhenever = Deadline::max();

// These hold no master: the exchange holds what it needs.
asio::awaitable<Result<Registers>> registers_of(Exchange exchange) {
    Result<Answer> answer = co_await std::move(exchange);
    if (!answer) co_return tl::unexpected(std::move(answer.error()));
    co_return std::move(answer->registers);
}
asio::awaitable<Result<Bits>> bits_of(Exchange exchange) {
    Result<Answer> answer = co_await std::move(exchange);
    if (!answer) co_return tl::unexpected(std::move(answer.error()));
    co_return std::move(answer->bits);
}
asio::awaitable<Result<void>> done(Exchange exchange) {
    Result<Answer> answer = co_await std::move(exchange);
    if (!answer) co_return tl::unexpected(std::move(answer.error()));
    co_return Result<void>();
}

Query reading(std::uint8_t unit, int function_code, std::uint16_t start, std::uint16_t count) {
    return {unit, static_cast<std::uint8_t>(function_code), start, count, {}};
}
Query writing(std::uint8_t unit, std::uint8_t function_code, std::uint16_t start,
              Registers values) {
    const auto count = static_cast<std::uint16_t>(values.size());
    return {unit, function_code, start, count, std::move(values)};
}

}  // namespace

asio::awaitable<Result<Registers>> QueryMaster::read_registers(std::uint8_t unit, int function_code,
                                                               std::uint16_t start,
                                                               std::uint16_t count) {
    return registers_of(exchange(reading(unit, function_code, start, count), kWhenever));
}

asio::awaitable<Result<Bits>> QueryMaster::read_bits(std::uint8_t unit, int function_code,
                                                     std::uint16_t start, std::uint16_t count) {
    return bits_of(exchange(reading(unit, function_code, start, count), kWhenever));
}

asio::awaitable<Result<void>> QueryMaster::write_register(std::uint8_t unit, std::uint16_t address,
                                                          std::uint16_t value, Deadline not_after) {
    return done(exchange(writing(unit, 6, address, Registers(1, value)), not_after));
}

asio::awaitable<Result<void>> QueryMaster::write_registers(std::uint8_t unit, std::uint16_t start,
                                                           Registers values, Deadline not_after) {
    return done(exchange(writing(unit, 16, start, std::move(values)), not_after));
}

asio::awaitable<Result<void>> QueryMaster::write_coil(std::uint8_t unit, std::uint16_t address,
                                                      bool on, Deadline not_after) {
    const std::uint16_t value = on ? 0xFF00 : 0x0000;
    return done(exchange(writing(unit, 5, address, Registers(1, value)), not_after));
}

}  // namespace kemas::bus
