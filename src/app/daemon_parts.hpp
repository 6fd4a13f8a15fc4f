// The parts of a running daemon and how they hear of each other. Built in the order of the members,
// so a part may name only those above it; callbacks run later, on the loop.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "app/api.hpp"
#include "app/channel_desk.hpp"
#include "app/courier_desk.hpp"
#include "app/daemon.hpp"
#include "app/device_desk.hpp"
#include "app/device_watch.hpp"
#include "app/devices.hpp"
#include "app/label_desk.hpp"
#include "app/label_files.hpp"
#include "app/label_folder.hpp"
#include "app/line_desk.hpp"
#include "app/packing_desk.hpp"
#include "app/watchdog.hpp"
#include "ledger/chain_check.hpp"
#include "ledger/ledger.hpp"
#include "runtime/desk.hpp"
#include "runtime/effect_runner.hpp"
#include "runtime/order_sync.hpp"

namespace kemas::app {

struct Daemon::Parts {
    Parts(boost::asio::io_context& io, Plan& plan, std::unique_ptr<ledger::Ledger> opened,
          Devices made, const std::string& epoch);

    runtime::LedgerEvents ledger_events();
    runtime::DeskOptions desk_options(const std::string& epoch);
    CourierDesk::Ways courier_ways();
    ChannelDesk::Submit channel_way();
    runtime::RunnerOptions runner_options(const std::string& epoch);
    StatusOptions status_options();
    web::Options web_options() const;
    LiveState live();

    Result<void> make_lines(const std::string& epoch);  // daemon_lines.cpp
    void start_lines();
    void stop_lines();
    LineDesk* line(std::string_view name) const;
    void on_line_scan(const StationScanner& from, const ScannedLine& scan);
    std::vector<DeviceHealth> health() const;  // of the devices and the lines

    void begin(const std::string& epoch);
    void start_devices();
    void start_labels();  // daemon_labels.cpp
    void start(StationScale& each);
    void start(StationScanner& each);
    Result<Reloaded> reload();  // reload.cpp
    Result<Reloaded> reload_and_log();
    void use_site(std::shared_ptr<const Site> site);
    Result<void> start_order_db(const std::string& epoch, const std::string& ledger_uuid);
    void check_chain();
    void start_watchdog();
    void watch_devices();
    void watch_scales();
    void watch_alarms(const std::vector<DeviceHealth>& health);
    void end_inputs();
    void end_threads();

    boost::asio::io_context& io;
    Plan& plan;
    // As it is now. The first one stays in the plan: threads that were given it may still read it.
    std::shared_ptr<const Site> site;
    std::string ledger_uuid, store_fault;
    std::uint64_t scans = 0, refused = 0, reloads = 0;
    bool chain_verified = false;
    int chain_percent = 0;
    ledger::ChainCheck chain;
    Devices devices;
    DeviceDesk device_desk;
    Alarms alarms;
    ReadThread reader, label_reader;
    LabelDesk press;
    GrowthJudge growth;
    runtime::LedgerThread ledger;
    LabelFiles label_files;
    std::unique_ptr<LabelFolder> label_folder;  // when the settings name one
    runtime::Desk desk;
    runtime::EffectRunner runner;
    CourierDesk couriers;
    ChannelDesk channels;
    std::vector<std::shared_ptr<LineDesk>> lines;
    std::unique_ptr<runtime::OrderSync> order_sync;
    StatusBoard board;
    Api api;
    PackingDesk packing;
    web::Server server;
    boost::asio::steady_timer watch;
    DeviceWatch device_watch;
    std::unique_ptr<Watchdog> watchdog;  // when systemd asks for one
};

}  // namespace kemas::app
