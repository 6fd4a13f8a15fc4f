#include "drivers/scanner/evdev_scanner.hpp"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "drivers/scanner/line_talk.hpp"
#include "drivers/scanner/scanner_health.hpp"

namespace kemas::scanner {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Keys = asio::posix::stream_descriptor;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

}  // namespace

OpenedKeys open_keys(const std::string& device) {
    OpenedKeys opened;
    const auto failed = [&](const char* next) {
        opened.why = std::string(std::strerror(errno)) + "); " + next;
        if (opened.descriptor >= 0) close(opened.descriptor);
        opened.descriptor = -1;
        return opened;
    };
    opened.descriptor = open(device.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (opened.descriptor < 0)
        return failed("check the plug, the device name and that kemas is in group input");
    if (ioctl(opened.descriptor, EVIOCGRAB, 1) != 0)
        return failed(errno == EBUSY ? "another program has grabbed it: end that"
                                     : "it is no input device: check the device name");
    unsigned long lamps = 0;
    if (ioctl(opened.descriptor, EVIOCGLED(sizeof lamps), &lamps) >= 0)
        opened.caps_lock = (lamps >> LED_CAPSL) & 1;
    return opened;
}

struct EvdevScanner::State : ScannerState {
    State(const asio::any_io_executor& executor_, EvdevScannerOptions given)
        : ScannerState(executor_, given),
          options(std::move(given)),
          keys(executor_),
          codec(options.layout, options.gs),
          talk(talk_options(options)) {}

    EvdevScannerOptions options;
    Keys keys;
    KeyCodec codec;
    LineTalk talk;
    std::array<input_event, 64> events{};
    std::size_t held = 0;  // bytes of an event not yet whole
    std::uint64_t lines = 0;
    bool skipping = false;  // the code under way lost events: drop up to its terminator

    void begin(const std::shared_ptr<ScannerState>& self) override {
        asio::co_spawn(executor, keep_open(std::static_pointer_cast<State>(self)), rethrow_end);
    }
    void cancel() override {
        error_code ignored;
        keys.close(ignored);
    }

    static asio::awaitable<void> keep_open(std::shared_ptr<State> state) {
        auto back_off = kFirstBackOff;
        const auto& device = state->options.device;
        while (!state->stopped) {
            std::string why = state->open();
            if (why.empty()) {
                back_off = kFirstBackOff;
                const error_code end = co_await read(state);
                why = device + " is gone (" + end.message() + "); plug the scanner in again";
            }
            if (state->stopped) break;
            state->forget();
            state->health.down("connecting", why);
            state->pause.expires_after(back_off);
            co_await state->pause.async_wait(kAsTuple);
            back_off = std::min(back_off * 2, kLastBackOff);
        }
    }

    std::string open() {
        const auto opened = options.open(options.device);
        if (opened.descriptor < 0) return "cannot open " + options.device + " (" + opened.why;
        error_code ec;
        keys.assign(opened.descriptor, ec);
        if (ec) {
            close(opened.descriptor);
            return "cannot read " + options.device + " (" + ec.message() + ")";
        }
        codec.reset();
        codec.set_caps_lock(opened.caps_lock);
        ++counts->connections;
        lines = 0;
        health.up("connected", options.device);
        return {};
    }

    void forget() {
        error_code ignored;
        keys.close(ignored);
        if (talk.reset()) ++counts->cut_lines;
        skipping = false;
        held = 0;
    }

    static asio::awaitable<error_code> read(std::shared_ptr<State> state) {
        for (;;) {
            auto* begin = reinterpret_cast<char*>(state->events.data()) + state->held;
            const auto room = asio::buffer(begin, sizeof(state->events) - state->held);
            auto [ec, size] = co_await state->keys.async_read_some(room, kAsTuple);
            if (ec || state->stopped) co_return ec;
            state->health.heard();
            const std::size_t bytes = state->held + size, whole = bytes / sizeof(input_event);
            for (std::size_t i = 0; i < whole && !state->stopped; ++i) {
                const auto& event = state->events[i];
                state->take({event.type, event.code, event.value});
            }
            state->held = bytes % sizeof(input_event);
            std::memmove(state->events.data(), state->events.data() + whole, state->held);
        }
    }

    void take(const KeyEvent& event) {
        const bool was_dropped = codec.dropped();
        const std::string typed = codec.take(event);
        if (codec.dropped() && !was_dropped) {
            skipping = true;
            if (talk.reset()) ++counts->cut_lines;
        }
        std::string_view bytes = typed;
        if (skipping) {
            const bool ends = !typed.empty() &&
                              options.framing.terminators.find(typed.back()) != std::string::npos;
            if (ends) skipping = false, ++counts->bad_frames;
            return;
        }
        while (const auto frame = talk.next(bytes)) deliver(*frame);
    }

    void deliver(const Frame& frame) {
        if (frame.kind == Frame::Kind::heartbeat) return void(++counts->heartbeats);
        if (frame.kind == Frame::Kind::no_read) return void(++counts->no_reads);
        if (frame.kind != Frame::Kind::code) return void(++counts->bad_frames);
        ++counts->lines;
        ScannedLine line;
        line.text = frame.text;
        line.key = options.name + ":" + options.epoch + ":" + std::to_string(counts->connections) +
                   ":" + std::to_string(++lines);
        line.reply = [](const std::string&) {};  // it has no ear
        line.push = [](const std::string&) {};
        const OnScannedLine tell = on_line;
        tell(std::move(line));
    }
};

EvdevScanner::EvdevScanner(asio::any_io_executor executor, EvdevScannerOptions options)
    : DrivenScanner(std::make_shared<State>(executor, std::move(options))) {}

}  // namespace kemas::scanner
