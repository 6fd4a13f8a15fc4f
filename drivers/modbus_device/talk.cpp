// What a ModbusDevice reads and writes: its identity, the init writes, one round.
#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "drivers/bus/modbus_codec.hpp"
#include "drivers/modbus_device/device_state.hpp"

namespace kemas::modbus_device {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr int kBusy = 6;
constexpr milliseconds kInitLimit{2'000};

// True after the wait when a busy device shall be asked again.
asio::awaitable<bool> wait_while_busy(asio::any_io_executor executor, profile::Limits limits,
                                      Fault fault, int tried) {
    if (tried >= limits.busy_retries || bus::exception_code(fault.what) != kBusy) co_return false;
    asio::steady_timer timer(executor);
    timer.expires_after(milliseconds(limits.busy_wait_ms));
    co_await timer.async_wait(kAsTuple);
    co_return true;
}

std::string text_of(const std::vector<std::uint16_t>& words) {
    std::string text;
    for (const std::uint16_t word : words)
        for (const int byte : {word >> 8, word & 0xFF}) text += static_cast<char>(byte);
    return text;
}

}  // namespace

// What the exception means for this very device.
Fault ModbusDevice::State::explained(Fault fault) const {
    const int code = bus::exception_code(fault.what);
    for (const auto& [exception, meaning] : profile.limits.exceptions)
        if (code == exception) fault.what += " (" + profile.model + ": " + meaning + ")";
    return fault;
}

asio::awaitable<Result<bus::Registers>> ModbusDevice::State::read_words(StatePtr state,
                                                                        int function_code,
                                                                        int start, int count) {
    for (int tried = 0;; ++tried) {
        auto answer = co_await state->master->read_registers(state->options.unit, function_code,
                                                             static_cast<std::uint16_t>(start),
                                                             static_cast<std::uint16_t>(count));
        if (answer) co_return answer;
        const bool again =
            co_await wait_while_busy(state->executor, state->profile.limits, answer.error(), tried);
        if (!again || state->stopped) co_return tl::unexpected(state->explained(answer.error()));
    }
}

asio::awaitable<Result<bus::Bits>> ModbusDevice::State::read_flags(StatePtr state,
                                                                   int function_code, int start,
                                                                   int count) {
    for (int tried = 0;; ++tried) {
        auto answer = co_await state->master->read_bits(state->options.unit, function_code,
                                                        static_cast<std::uint16_t>(start),
                                                        static_cast<std::uint16_t>(count));
        if (answer) co_return answer;
        const bool again =
            co_await wait_while_busy(state->executor, state->profile.limits, answer.error(), tried);
        if (!again || state->stopped) co_return tl::unexpected(state->explained(answer.error()));
    }
}

asio::awaitable<Result<void>> ModbusDevice::State::write(StatePtr state, profile::Target to,
                                                         std::vector<std::uint16_t> values,
                                                         Clock::time_point not_after) {
    const auto address = static_cast<std::uint16_t>(to.address);
    const std::uint8_t unit = state->options.unit;
    for (int tried = 0;; ++tried) {
        Result<void> done = fail(Remedy::call_person, "no such function code");
        if (to.function_code == 5)
            done = co_await state->master->write_coil(unit, address, values[0] != 0, not_after);
        else if (to.function_code == 6)
            done = co_await state->master->write_register(unit, address, values[0], not_after);
        else
            done = co_await state->master->write_registers(unit, address, values, not_after);
        if (done) co_return done;
        const bool again =
            co_await wait_while_busy(state->executor, state->profile.limits, done.error(), tried);
        if (!again || state->stopped) co_return tl::unexpected(state->explained(done.error()));
    }
}

asio::awaitable<Result<void>> ModbusDevice::State::init(StatePtr state, profile::Write write_) {
    if (write_.if_different && write_.to.function_code == 5) {
        const auto now = co_await read_flags(state, 1, write_.to.address, 1);
        if (!now) co_return tl::unexpected(now.error());
        if ((*now)[0] == (write_.values[0] != 0)) co_return Result<void>();
    } else if (write_.if_different) {
        const auto now = co_await read_words(state, 3, write_.to.address,
                                             static_cast<int>(write_.values.size()));
        if (!now) co_return tl::unexpected(now.error());
        if (*now == write_.values) co_return Result<void>();
    }
    co_return co_await write(state, write_.to, write_.values, Clock::now() + kInitLimit);
}

asio::awaitable<Result<void>> ModbusDevice::State::check_identity(StatePtr state) {
    const profile::Identity& identity = *state->profile.identity;
    const auto seen = co_await read_words(state, identity.block.function_code, identity.block.start,
                                          identity.block.count);
    if (!seen) co_return tl::unexpected(seen.error());
    const bool same =
        identity.text.empty() ? *seen == identity.words : text_of(*seen).starts_with(identity.text);
    if (same) co_return Result<void>();
    co_return fail(Remedy::call_person,
                   state->options.name + ": another device answers than a " +
                       state->profile.vendor + " " + state->profile.model +
                       ": check the address and unit in the site file, or choose its profile");
}

asio::awaitable<Result<void>> ModbusDevice::State::set_up(StatePtr state) {
    if (state->profile.identity) {
        auto known = co_await check_identity(state);
        if (!known) co_return known;
    }
    for (const profile::Write& write_ : state->profile.init) {
        auto done = co_await init(state, write_);
        if (!done) co_return done;
    }
    if (state->profile.watchdog)
        for (const profile::Write& write_ : state->profile.watchdog->arm) {
            auto done = co_await init(state, write_);
            if (!done) co_return done;
        }
    state->ready = true;
    state->feed_pause.cancel();  // fed at once
    co_return Result<void>();
}

asio::awaitable<Result<void>> ModbusDevice::State::read_request(StatePtr state, std::size_t i) {
    // The plan does not change while a request of it is under way.
    const PollRequest& request = state->plan.requests()[i];
    if (request.function_code <= 2) {
        const auto bits =
            co_await read_flags(state, request.function_code, request.start, request.count);
        if (!bits) co_return tl::unexpected(bits.error());
        place(request, *bits, state->words);
    } else {
        const auto words =
            co_await read_words(state, request.function_code, request.start, request.count);
        if (!words) co_return tl::unexpected(words.error());
        place(request, *words, state->words);
    }
    co_return Result<void>();
}

asio::awaitable<Result<bool>> ModbusDevice::State::read_round(StatePtr state) {
    bool brackets = false;
    for (std::size_t i = 0; i < state->plan.requests().size(); ++i) {
        auto done = co_await read_request(state, i);
        brackets = brackets || state->plan.requests()[i].bracket;
        if (done) continue;
        const bool joined = state->plan.requests()[i].merged();
        if (!joined || done.error().remedy != Remedy::retry) co_return tl::unexpected(done.error());
        state->plan.split(i--);  // it may answer each block alone
    }
    if (!brackets) co_return true;
    const std::vector<std::uint16_t> first = state->words;
    for (std::size_t i = 0; i < state->plan.requests().size(); ++i) {
        if (!state->plan.requests()[i].bracket) continue;
        auto done = co_await read_request(state, i);
        if (!done) co_return tl::unexpected(done.error());
    }
    co_return first == state->words;
}

}  // namespace kemas::modbus_device
