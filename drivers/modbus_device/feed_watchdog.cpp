// The watchdog of a device: it is fed, and one that expires all the same is a fault.
#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "drivers/modbus_device/device_state.hpp"
#include "drivers/profile/decode.hpp"

namespace kemas::modbus_device {

namespace asio = boost::asio;
using std::chrono::milliseconds;

// Feeds at half the time the device allows, so that one lost feed does not stop it.
asio::awaitable<void> ModbusDevice::State::feed(StatePtr state) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    const profile::Watchdog watchdog = *state->profile.watchdog;
    const milliseconds period(std::max(watchdog.period_ms / 2, 5));
    std::uint16_t count = 0;
    while (!state->stopped) {
        if (state->ready && state->feeding) {
            using Pattern = profile::Watchdog::Pattern;
            std::uint16_t value = watchdog.value;
            ++count;
            if (watchdog.pattern == Pattern::count) value = count;
            if (watchdog.pattern == Pattern::toggle && count % 2 == 0) value = 0;
            std::vector<std::uint16_t> values(1, value);
            if (!state->fed_since) state->fed_since = Clock::now();
            // A fault shows in the polls, which share the line.
            co_await write(state, watchdog.feed, std::move(values), Clock::now() + period);
        }
        if (state->stopped) break;
        state->feed_pause.expires_after(period);
        co_await state->feed_pause.async_wait(token);
    }
}

// What a device shows that has dropped its outputs is not its work. While its owner lets it starve,
// that is as it should be. One that was not fed before has a period to come to itself; one that
// does not, or expires while it is fed, is set up anew, once: init writes wear some devices out.
void ModbusDevice::State::take_round(Clock::time_point read_at) {
    const auto& watchdog = profile.watchdog;
    const bool says_so =
        watchdog && watchdog->expired && feeding && profile::holds(*watchdog->expired, words);
    if (!says_so) {
        expired = false;
        return deliver(read_at);
    }
    const bool fed = fed_since && Clock::now() - *fed_since >= milliseconds(watchdog->period_ms);
    if (!fed && latest) return deliver(read_at);
    if (fed && !expired) {
        const auto since = fed_since;
        lose("watchdog", "its watchdog has expired though it is fed (" + watchdog->what +
                             "): it was set up anew; if it stays so, restart its watchdog or "
                             "the device");
        expired = true;
        fed_since = since;
    }
    Round round;
    round.words = words;
    round.read_at = read_at;
    serve_waiters(round);
}

}  // namespace kemas::modbus_device
