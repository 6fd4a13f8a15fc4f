#include "drivers/scale/serial_scale.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include "drivers/bus/device_link.hpp"
#include "drivers/bus/tcp_link.hpp"
#include "drivers/scale/command_turn.hpp"
#include "drivers/scale/frame_codec.hpp"
#include "drivers/scale/frame_cutter.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using bus::Link;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
constexpr milliseconds first_back_off{100}, last_back_off{2'000};

}  // namespace

struct SerialScale::State {
    State(const asio::any_io_executor& executor_, profile::TextScaleProfile profile_,
          SerialScaleOptions options_)
        : profile(std::move(profile_)),
          options(std::move(options_)),
          executor(executor_),
          watch(options.settle, options.log),
          cutter(profile.protocol, profile.checksum),
          order(profile, options.site),
          pause(executor_),
          request(reading_request(profile)),
          question(options.ask_tare ? tare_question(profile) : std::string()),
          place(options.device.empty() ? options.host + ":" + std::to_string(options.port)
                                       : options.device),
          period(std::max(20, options.period_ms.value_or(profile.period_ms))),
          max_age(options.max_age_ms.value_or(profile.max_age_ms)) {
        // Every second answer may be about the tare; one of three may be late.
        if (!request.empty()) max_age = std::max(max_age, period * 3);
    }

    profile::TextScaleProfile profile;
    SerialScaleOptions options;
    asio::any_io_executor executor;
    SettleWatch watch;
    FrameCutter cutter;
    CommandTurn order;
    asio::steady_timer pause;
    std::string request, question, place;
    milliseconds period, max_age;

    std::shared_ptr<Link> link;
    milliseconds back_off = first_back_off;
    Clock::time_point good_at;  // the last frame that was understood, or the connection
    std::optional<Clock::time_point> no_tare_at;
    std::string strange;  // the last line that was not understood
    std::string words;    // of the last reading
    std::uint64_t readings = 0, no_readings = 0, connections = 0;
    bool connected = false;
    bool answered = true, asks_tare = false, tared = false;

    std::shared_ptr<Link> make_link() const;
    void take_frames();
    void take_frame(const std::string& frame);
    bool too_old() {
        if (Clock::now() - good_at <= max_age) return false;
        const std::string ms = std::to_string(max_age.count()) + " ms";
        if (order.is_under_way()) {  // a scale that is asked answers the command first
            watch.fault("busy", "the scale at " + place + " carries out a command (" +
                                    std::string(order.name()) + "): wait");
            return false;
        }
        if (strange.empty())
            watch.fault("silent", "the scale at " + place + " has said nothing for " + ms +
                                      ": check that it is on, its cable and its output mode");
        else
            watch.fault("garbled", "the scale at " + place + " says nothing understood (last \"" +
                                       strange +
                                       "\"): check protocol, baud and parity on both sides");
        return true;
    }
    // A question waits for the answer before it: answers that pile up would grow old.
    bool may_ask() const { return request.empty() || answered; }
    std::string next_question() {
        if (question.empty()) return request;
        return std::exchange(asks_tare, !asks_tare) ? request : question;
    }

    static asio::awaitable<void> run(std::shared_ptr<State> state);
    static asio::awaitable<void> talk(std::shared_ptr<State> state);
    static void ended(std::exception_ptr error) {
        if (error) std::rethrow_exception(error);  // our own mistake: not to be swallowed
    }
};

std::shared_ptr<Link> SerialScale::State::make_link() const {
    if (options.device.empty())
        return std::make_shared<bus::TcpLink>(executor, options.host, options.port);
    bus::DeviceLinkOptions device;
    if (profile.protocol == profile::ScaleProtocol::hid_pos)
        device.open_file = [path = options.device, vendor = profile.usb_vendor,
                            product = profile.usb_product] {
            return open_hid_scale(path, vendor, product);
        };
    else
        device.open_file = [path = options.device, line = options.serial] {
            return bus::open_serial(path, line);
        };
    return std::make_shared<bus::DeviceLink>(executor, device);
}

asio::awaitable<void> SerialScale::State::run(std::shared_ptr<State> state) {
    while (!state->watch.stopped()) {
        state->link = state->make_link();
        const Link::End end = co_await state->link->open(state->options.connect_timeout_ms);
        if (end == Link::End::ok) {
            ++state->connections;
            co_await talk(state);
            state->connected = false;
            state->order.connection_lost();
        } else if (end != Link::End::stopped)
            state->watch.fault("offline",
                               "the scale at " + state->place + " cannot be reached (" +
                                   (end == Link::End::timeout ? std::string("no answer in time")
                                                              : state->link->error()) +
                                   "): check that it is on and its cable");
        state->link->close();
        state->link.reset();
        if (state->watch.stopped()) break;
        state->pause.expires_after(state->back_off);
        state->back_off = std::min(state->back_off * 2, last_back_off);
        const auto quietly = asio::as_tuple(asio::use_awaitable);
        co_await state->pause.async_wait(quietly);
    }
}

// Until the line is lost or its readings are too old to be believed.
asio::awaitable<void> SerialScale::State::talk(std::shared_ptr<State> state) {
    const std::shared_ptr<Link> link = state->link;
    state->cutter.reset();
    state->strange.clear();
    state->no_tare_at.reset();
    state->answered = true;
    state->asks_tare = false;
    state->tared = false;
    state->connected = true;
    state->good_at = Clock::now();
    auto ask_at = Clock::now();
    const Link::Condition something = [link] {
        return !link->heard().empty() || link->broken() || link->closed_by_peer();
    };
    const Link::Condition something_or_order = [something, state = state.get()] {
        return something() || (state->order.waits_to_be_sent() && state->may_ask());
    };
    while (!state->watch.stopped() && !state->too_old()) {
        const bool asks = !state->request.empty();
        state->order.look_at_the_clock();
        if (state->watch.stopped()) break;
        if (state->order.waits_to_be_sent() && state->may_ask()) {
            std::string words = state->order.take_bytes();
            state->answered = false;
            co_await link->send(std::move(words), static_cast<int>(state->max_age.count()));
        } else if (asks && state->answered && Clock::now() >= ask_at) {
            std::string words = state->next_question();
            state->answered = false;
            ask_at = Clock::now() + state->period;
            co_await link->send(std::move(words), static_cast<int>(state->max_age.count()));
        }
        auto wake = state->good_at + state->max_age + milliseconds(1);
        // That it is busy is told once, then only its answer or the deadline counts.
        if (state->order.is_under_way() && Clock::now() >= wake) wake = state->order.deadline();
        wake = std::min(wake, state->order.deadline());
        if (asks && state->answered) wake = std::min(wake, ask_at);
        const auto wait = std::chrono::ceil<milliseconds>(wake - Clock::now());
        const auto wait_ms = static_cast<int>(std::max<milliseconds::rep>(0, wait.count()));
        co_await link->until(something_or_order, wait_ms);
        if (state->watch.stopped()) break;
        state->take_frames();
        if (link->broken() || link->closed_by_peer()) {
            const std::string why = link->broken() ? link->error() : "the connection was closed";
            state->watch.fault("offline", "the scale at " + state->place + " is lost (" + why +
                                              "): check that it is on and its cable");
            break;
        }
    }
}

void SerialScale::State::take_frames() {
    const std::string bytes = link->heard();
    link->forget_heard();
    for (const std::string& frame : cutter.feed(bytes)) take_frame(frame);
}

void SerialScale::State::take_frame(const std::string& frame) {
    if (watch.stopped()) return;
    const auto now = Clock::now();
    const auto reading = decode_frame(profile, options.site, frame);
    // MT-SICS answers a command when it is done, and wants no question before. Others are asked on:
    // their display is the proof.
    const bool waits = order.is_under_way() && profile.protocol == profile::ScaleProtocol::mt_sics;
    const bool proven = order.hear(frame);
    if (!waits || proven) answered = true;
    if (watch.stopped()) return;
    if (proven && !reading) {
        good_at = now;
        return;
    }
    if (!reading && says_no_tare(profile, frame)) {
        no_tare_at = now;
        tared = false;
        return;
    }
    if (!reading) {
        ++no_readings;
        strange = frame_words(frame).substr(0, 40);
        return;
    }
    good_at = now;
    ++readings;
    words = frame_words(frame);
    strange.clear();
    back_off = first_back_off;
    if (reading->fault == "net_shown" && !question.empty()) tared = true;
    if (reading->fault.empty() && !question.empty()) {
        if (tared) return;  // told already
        // What the scale says is net: it is gross only while a tare of zero is a fresh fact.
        if (!no_tare_at || now - *no_tare_at > max_age)
            return watch.fault("tare_unknown",
                               "the scale at " + place +
                                   " does not say whether it is tared (TA): if nobody tares it, "
                                   "set tare = \"never\" in its [[scale]]");
    }
    watch.take(*reading, words, place);
}

SerialScale::SerialScale(asio::any_io_executor executor, profile::TextScaleProfile profile,
                         SerialScaleOptions options)
    : state_(std::make_shared<State>(executor, std::move(profile), std::move(options))) {}

SerialScale::~SerialScale() {
    stop();
}

void SerialScale::start(OnScaleEvent on_event) {
    state_->watch.start(std::move(on_event));
    const std::string gap = weighing_gap(state_->profile, state_->options.site);
    if (!gap.empty()) return state_->watch.fault("unusable", gap);
    asio::co_spawn(state_->executor, State::run(state_), State::ended);
}

void SerialScale::stop() {
    state_->watch.stop();
    state_->pause.cancel();
    if (state_->link) state_->link->stop();
}

void SerialScale::command(ScaleCommand what, OnScaleCommand done) {
    State& state = *state_;
    std::optional<ScaleNow> now;
    if (state.connected) now = state.watch.now();
    state.order.ask(what, std::move(done), now);
    if (state.link) state.link->ring();
}

LiveFacts SerialScale::live() const {
    const State& state = *state_;
    LiveFacts facts{{"frame", state.words},
                    {"readings", std::to_string(state.readings)},
                    {"not understood", std::to_string(state.no_readings)},
                    {"connections", std::to_string(state.connections)}};
    if (!state.strange.empty()) facts.emplace_back("last not understood", state.strange);
    if (!state.question.empty()) facts.emplace_back("tared", state.tared ? "yes" : "no");
    if (state.order.is_under_way()) facts.emplace_back("command", std::string(state.order.name()));
    return facts;
}

DeviceHealth SerialScale::health() const {
    return state_->watch.health();
}

std::optional<ScaleNow> SerialScale::now() const {
    return state_->watch.now();
}

}  // namespace kemas::scale
