// The cached snapshot behind /status: rebuilt on the read thread at most every 500 ms when
// something changed, and every second besides, so that its age stays honest.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/alarms.hpp"
#include "app/line_live.hpp"
#include "app/read_thread.hpp"
#include "ledger/status_query.hpp"
#include "ports/device_health.hpp"
#include "runtime/channel_runner.hpp"
#include "runtime/courier_runner.hpp"
#include "runtime/latency.hpp"
#include "runtime/order_sync.hpp"

namespace kemas::app {

// What the loop thread knows and the books do not.
struct LiveState {
    std::vector<DeviceHealth> devices;
    AlarmBoard alarms;
    std::vector<LineLive> lines;
    std::vector<runtime::CourierLive> couriers;
    std::vector<runtime::ChannelLive> channels;
    CourierPlans plans;
    std::size_t inbox_depth = 0;
    runtime::Percentiles confirm;
    std::string store_fault;
    bool order_db = false;
    runtime::SyncState sync;
    std::uint64_t scans = 0, refused = 0;  // since the start
    bool chain_verified = false;
    int chain_percent = 0;
};

struct Snapshot {
    std::shared_ptr<const std::string> json;
    std::string etag;
    ledger::BooksStatus books;
    LiveState live;
};

struct StatusOptions {
    std::string site_name, version;
    int utc_offset_minutes = 0;
    std::function<LiveState()> live;
};

class StatusBoard {
 public:
    StatusBoard(boost::asio::any_io_executor loop, ReadThread& reader, StatusOptions options);

    void start(std::function<void()> on_ready);  // builds the first snapshot
    void changed() { changed_ = true; }
    void stop();
    const Snapshot& snapshot() const { return snapshot_; }

 private:
    void tick();
    void rebuild(std::function<void()> then);

    boost::asio::any_io_executor loop_;
    boost::asio::steady_timer timer_;
    ReadThread& reader_;
    StatusOptions options_;
    Snapshot snapshot_;
    std::uint64_t number_ = 0;
    int quiet_ticks_ = 0;
    bool changed_ = true, building_ = false, stopped_ = false;
};

std::string status_json(const StatusOptions& options, const ledger::BooksStatus& books,
                        const LiveState& live, Instant now, std::uint64_t number);

}  // namespace kemas::app
