#include "app/status_board.hpp"

#include <boost/asio/post.hpp>

#include "app/wall_clock.hpp"

namespace kemas::app {
namespace {

constexpr auto tick_ms = std::chrono::milliseconds(500);
constexpr int quiet_limit = 2;  // ticks without a change before the snapshot is made anew anyway

}  // namespace

StatusBoard::StatusBoard(boost::asio::any_io_executor loop, ReadThread& reader,
                         StatusOptions options)
    : loop_(loop), timer_(loop), reader_(reader), options_(std::move(options)) {}

void StatusBoard::start(std::function<void()> on_ready) {
    rebuild([this, on_ready = std::move(on_ready)] {
        on_ready();
        tick();
    });
}

void StatusBoard::stop() {
    stopped_ = true;
    timer_.cancel();
}

void StatusBoard::tick() {
    if (stopped_) return;
    timer_.expires_after(tick_ms);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error || stopped_) return;
        if ((changed_ || ++quiet_ticks_ >= quiet_limit) && !building_) rebuild([] {});
        tick();
    });
}

void StatusBoard::rebuild(std::function<void()> then) {
    changed_ = false;
    quiet_ticks_ = 0;
    building_ = true;
    auto live = options_.live();
    const auto number = ++number_;
    const bool asked =
        reader_.ask([this, live = std::move(live), number, then](const ReadView& view) {
            const auto now = wall_clock();
            Snapshot next;
            next.books = ledger::read_status(view.db, view.books, now,
                                             local_midnight(now, options_.utc_offset_minutes),
                                             live.sync.seq);
            next.live = live;
            next.json = std::make_shared<const std::string>(
                status_json(options_, next.books, live, now, number));
            next.etag = std::to_string(now.value) + "-" + std::to_string(number);
            boost::asio::post(loop_, [this, next = std::move(next), then]() mutable {
                snapshot_ = std::move(next);
                building_ = false;
                then();
            });
        });
    if (!asked) building_ = false;
}

}  // namespace kemas::app
