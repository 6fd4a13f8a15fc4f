#include "app/daemon.hpp"

#include <boost/asio/signal_set.hpp>

#include "app/api_prints.hpp"
#include "app/daemon_parts.hpp"
#include "app/notify_socket.hpp"
#include "app/scanner_devices.hpp"
#include "app/wall_clock.hpp"
#include "log/log.hpp"

namespace kemas::app {
namespace {

constexpr auto farewell = std::chrono::milliseconds(200);  // for outcomes still on their way

// Names this start for ever: a restart within the same millisecond is not possible.
std::string new_epoch() {
    return std::to_string(wall_clock().value);
}

}  // namespace

Result<Plan> read_plan(const std::string& config) {
    Plan plan;
    auto settings = settings::load_settings(config);
    if (!settings) return tl::unexpected(settings.error());
    plan.config = config;
    plan.settings = std::move(*settings);
    plan.site = std::make_shared<const Site>(plan.settings.site);
    auto catalogue = Catalogue::load(plan.settings.messages_folder);
    if (!catalogue) return tl::unexpected(catalogue.error());
    plan.catalogue = std::move(*catalogue);
    auto layout = label::load_layout(plan.settings.label.layout);
    if (!layout) return tl::unexpected(layout.error());
    plan.layout = std::move(*layout);
    return plan;
}

Daemon::Daemon(Plan plan) : plan_(std::move(plan)) {}
Daemon::~Daemon() = default;

Result<void> Daemon::start() {
    const auto epoch = new_epoch();
    auto decoder = make_decoder(io_.get_executor());
    auto devices = make_devices(io_.get_executor(), *decoder, plan_.settings, epoch);
    if (!devices) return tl::unexpected(devices.error());
    devices->decoder = std::move(decoder);
    ledger::LedgerOptions options;
    options.path = plan_.settings.ledger.path;
    options.accept_lost_tail = plan_.accept_lost_tail;
    auto opened = ledger::Ledger::open(options, *plan_.site);
    if (!opened) return tl::unexpected(opened.error());
    const auto uuid = (*opened)->uuid();
    parts_ = std::make_unique<Parts>(io_, plan_, std::move(*opened), std::move(*devices), epoch);
    if (auto made = parts_->make_lines(epoch); !made) return made;
    add_order_routes(parts_->server, parts_->api);
    add_stop_routes(parts_->server, parts_->api);
    add_parcel_routes(parts_->server, parts_->api);
    add_manifest_routes(parts_->server, parts_->api);
    add_effect_routes(parts_->server, parts_->api);
    add_print_routes(
        parts_->server, parts_->api,
        std::make_shared<SheetDesk>(plan_.settings, parts_->label_reader, decoder_program()));
    add_import_routes(parts_->server, parts_->api);
    add_quote_routes(parts_->server, parts_->api);
    add_assortment_route(parts_->server, parts_->api);
    add_declared_route(parts_->server, parts_->api);
    add_invoice_route(parts_->server, parts_->api);
    add_reliability_route(parts_->server, parts_->api);
    add_packing_routes(parts_->server, parts_->api);
    add_station_routes(parts_->server, parts_->api);
    add_scan_routes(parts_->server, parts_->api);
    add_device_routes(parts_->server, parts_->api, parts_->device_desk);
    add_reload_route(parts_->server, parts_->api);
    add_picture_routes(parts_->server, parts_->api);
    add_line_routes(parts_->server, parts_->api);
    add_courier_routes(parts_->server, parts_->api);
    add_label_routes(parts_->server, parts_->api);
    add_label_run_routes(parts_->server, parts_->api);
    add_channel_routes(parts_->server, parts_->api);
    add_system_routes(parts_->server, parts_->api);
    if (auto served = parts_->server.start(); !served) return served;
    if (auto linked = parts_->start_order_db(epoch, uuid); !linked) return linked;
    parts_->begin(epoch);
    return {};
}

void Daemon::stop() {
    notify_systemd("STOPPING=1");
    log::event(log::Level::info, "kemasd.stopping");
    parts_->end_inputs();
    auto timer = std::make_shared<boost::asio::steady_timer>(io_, farewell);
    timer->async_wait([this, timer](const boost::system::error_code&) {
        parts_->end_threads();
        io_.stop();
    });
}

// SIGHUP: the files again, as `kemasctl reload` asks for it.
void Daemon::wait_for_hangup(boost::asio::signal_set& hangup) {
    hangup.async_wait([this, &hangup](const boost::system::error_code& error, int) {
        if (error) return;
        parts_->reload_and_log();
        wait_for_hangup(hangup);
    });
}

Result<void> Daemon::run() {
    boost::asio::signal_set signals(io_, SIGTERM, SIGINT);
    if (auto started = start(); !started) {
        if (parts_) parts_->end_threads();
        return started;
    }
    signals.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) stop();
    });
    boost::asio::signal_set hangup(io_, SIGHUP);
    wait_for_hangup(hangup);
    io_.run();
    parts_.reset();
    log::event(log::Level::info, "kemasd.stopped");
    return {};
}

}  // namespace kemas::app
