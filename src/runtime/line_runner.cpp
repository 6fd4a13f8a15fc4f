#include "runtime/line_runner.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

namespace kemas::runtime {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kTick{50};

Instant steady_now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since).count()};
}

}  // namespace

struct LineRunner::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor, line::Layout layout_, Conveyor& conveyor_,
          line::Number last_number)
        : layout(std::move(layout_)),
          conveyor(conveyor_),
          line(line::start(layout, last_number)),
          timer(executor) {}

    line::Layout layout;
    Conveyor& conveyor;
    line::LineState line;
    asio::steady_timer timer;
    Events events;
    OnJamCleared on_jam_end;
    bool running = false;

    void hear(const line::LineEvent& event);
    void perform(const line::Action& action);
    void clear_jam(const std::string& by);
    static asio::awaitable<void> tick(std::shared_ptr<State> state);
};

void LineRunner::State::hear(const line::LineEvent& event) {
    if (!running) return;
    auto decision = line::step(layout, std::move(line), event);
    line = std::move(decision.state);
    for (const auto& action : decision.actions) perform(action);
}

void LineRunner::State::perform(const line::Action& action) {
    if (std::holds_alternative<line::BeatHeart>(action)) return conveyor.beat();
    if (const auto* write = std::get_if<line::WriteDivert>(&action)) return conveyor.divert(*write);
    if (const auto* ask = std::get_if<line::AskLane>(&action)) return events.ask(*ask);
    if (const auto* clear = std::get_if<line::ClearJam>(&action)) return clear_jam(clear->by);
    events.told(action);
}

void LineRunner::State::clear_jam(const std::string& by) {
    std::weak_ptr<State> weak = weak_from_this();
    conveyor.clear_jam(by, [weak, on_end = std::exchange(on_jam_end, {})](Result<void> cleared) {
        const auto state = weak.lock();
        if (state && !cleared) state->hear(line::JamStays{steady_now()});
        if (on_end) on_end(std::move(cleared));
    });
}

asio::awaitable<void> LineRunner::State::tick(std::shared_ptr<State> state) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    while (state->running) {
        state->timer.expires_after(kTick);
        const auto [error] = co_await state->timer.async_wait(token);
        if (error) co_return;
        const line::LineEvent ticked = line::Ticked{steady_now()};
        state->hear(ticked);
    }
}

LineRunner::LineRunner(asio::any_io_executor executor, line::Layout layout, Conveyor& conveyor,
                       line::Number last_number)
    : state_(std::make_shared<State>(executor, std::move(layout), conveyor, last_number)) {}

LineRunner::~LineRunner() {
    stop();
}

void LineRunner::start(Events events) {
    state_->events = std::move(events);
    state_->running = true;
    std::weak_ptr<State> weak = state_;
    ConveyorEvents heard;
    heard.look = [weak](line::Polled look) {
        if (const auto state = weak.lock()) state->hear(std::move(look));
    };
    heard.lost = [](const std::string&) {};  // silence says it: the line counts the time itself
    state_->conveyor.start(std::move(heard));
    asio::co_spawn(state_->timer.get_executor(), State::tick(state_), asio::detached);
}

void LineRunner::stop() {
    if (!state_->running) return;
    state_->running = false;
    state_->timer.cancel();
    state_->conveyor.stop();
}

void LineRunner::scanned(const std::string& reader, std::vector<std::string> codes) {
    state_->hear(line::Scanned{steady_now(), reader, std::move(codes)});
}
void LineRunner::weighed(std::optional<Milligrams> gross, const std::string& why,
                         line::Number parcel) {
    state_->hear(line::Weighed{steady_now(), gross, why, parcel});
}
void LineRunner::give(line::Number parcel, std::size_t lane) {
    state_->hear(line::LaneGiven{steady_now(), parcel, lane});
}
void LineRunner::deny(line::Number parcel, line::Reason reason, const std::string& why) {
    state_->hear(line::LaneDenied{steady_now(), parcel, reason, why});
}
void LineRunner::jam_cleared(const std::string& by, OnJamCleared on_end) {
    if (!state_->running || state_->line.distrust != line::Reason::jam)
        return on_end(fail(Remedy::retry, "the line sees no jam"));
    state_->on_jam_end = std::move(on_end);
    state_->hear(line::JamCleared{steady_now(), by});
    if (const auto done = std::exchange(state_->on_jam_end, {})) done({});
}
void LineRunner::switch_lane(std::size_t lane, bool open, const std::string& by) {
    state_->hear(line::LaneSwitched{steady_now(), lane, open, by});
}
const line::Layout& LineRunner::layout() const {
    return state_->layout;
}
const line::LineState& LineRunner::state() const {
    return state_->line;
}

}  // namespace kemas::runtime
