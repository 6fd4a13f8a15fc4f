#include "app/daemon.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "app/api.hpp"
#include "app/devices.hpp"
#include "app/label_desk.hpp"
#include "app/notify_socket.hpp"
#include "app/version.hpp"
#include "app/wall_clock.hpp"
#include "intake/seal.hpp"
#include "ledger/chain_check.hpp"
#include "ledger/fact_reader.hpp"
#include "ledger/ledger.hpp"
#include "log/log.hpp"
#include "orderdb/open_order_db.hpp"
#include "runtime/desk.hpp"
#include "runtime/effect_runner.hpp"
#include "runtime/order_sync.hpp"

namespace kemas::app {
namespace {

constexpr auto farewell = std::chrono::milliseconds(200);  // for outcomes still on their way

constexpr auto scale_watch = std::chrono::milliseconds(250);

// Names this start for ever: a restart within the same millisecond is not possible.
std::string new_epoch() { return std::to_string(wall_clock().value); }

}  // namespace

Result<Plan> read_plan(const std::string& config) {
    Plan plan;
    auto settings = settings::load_settings(config);
    if (!settings) return tl::unexpected(settings.error());
    plan.settings = std::move(*settings);
    auto catalogue = Catalogue::load(plan.settings.messages_folder);
    if (!catalogue) return tl::unexpected(catalogue.error());
    plan.catalogue = std::move(*catalogue);
    auto layout = label::load_layout(plan.settings.label.layout);
    if (!layout) return tl::unexpected(layout.error());
    plan.layout = std::move(*layout);
    return plan;
}

struct Daemon::Parts {
    Parts(boost::asio::io_context& io, Plan& plan, std::unique_ptr<ledger::Ledger> opened, Devices made,
          const std::string& epoch);

    runtime::LedgerEvents ledger_events();
    runtime::DeskOptions desk_options(const std::string& epoch);
    runtime::RunnerOptions runner_options(const std::string& epoch);
    StatusOptions status_options();
    web::Options web_options() const;
    LiveState live() const;

    void begin(const std::string& epoch);
    void start_devices();
    Result<void> start_order_db(const std::string& epoch, const std::string& ledger_uuid);
    void check_chain();
    void watch_scales();
    void end_inputs();
    void end_threads();

    boost::asio::io_context& io;
    Plan& plan;
    std::string ledger_uuid, store_fault;
    std::uint64_t scans = 0, refused = 0;
    bool chain_verified = false;
    int chain_percent = 0;
    ledger::ChainCheck chain;
    Devices devices;
    ReadThread reader, label_reader;
    LabelDesk press;
    runtime::LedgerThread ledger;
    runtime::Desk desk;
    runtime::EffectRunner runner;
    std::unique_ptr<runtime::OrderSync> order_sync;
    StatusBoard board;
    Api api;
    web::Server server;
    boost::asio::steady_timer watch;
};

Daemon::Parts::Parts(boost::asio::io_context& io_, Plan& plan_, std::unique_ptr<ledger::Ledger> opened,
                     Devices made, const std::string& epoch)
    : io(io_),
      plan(plan_),
      ledger_uuid(opened->uuid()),
      devices(std::move(made)),
      reader(plan.settings.ledger.path, plan.settings.site),
      label_reader(plan.settings.ledger.path, plan.settings.site),
      press(io.get_executor(), label_reader, plan.layout, plan.settings),
      ledger(io.get_executor(), std::move(opened), ledger_events()),
      desk(desk_options(epoch)),
      runner(io.get_executor(), runner_options(epoch)),
      board(io.get_executor(), reader, status_options()),
      api{io.get_executor(), ledger, reader, board, plan.catalogue, plan.settings, epoch, 0, scans, refused},
      server(io, web_options()),
      watch(io) {}

runtime::LedgerEvents Daemon::Parts::ledger_events() {
    return {.on_effects = [this](std::vector<EffectRow> effects) { runner.take(std::move(effects)); },
            .on_commit =
                [this](Seq) {
                    board.changed();
                    if (order_sync) order_sync->wake();
                },
            .on_store =
                [this](const std::string& fault) {
                    store_fault = fault;
                    if (fault.empty()) log::event(log::Level::info, "ledger.works_again");
                    else log::event(log::Level::error, "ledger.fault", {{"why", fault}});
                }};
}

runtime::DeskOptions Daemon::Parts::desk_options(const std::string& epoch) {
    return {.submit = [this](Envelope envelope,
                             runtime::OnDone done) { ledger.submit(std::move(envelope), std::move(done)); },
            .line_for =
                [this](const Answer& answer) {
                    return scanner_line(answer, plan.catalogue.text(answer, plan.settings.language));
                },
            .on_answer =
                [this](const Answer& answer) {
                    ++scans;
                    if (answer.kind == Answer::Kind::refused) ++refused;
                },
            .epoch = epoch};
}

runtime::RunnerOptions Daemon::Parts::runner_options(const std::string& epoch) {
    runtime::RunnerOptions options;
    options.submit = [this](Envelope envelope, runtime::OnDone done) {
        ledger.submit(std::move(envelope), std::move(done));
    };
    options.show = [this](const std::string& station, const Answer& answer) { desk.show(station, answer); };
    options.press = &press;
    for (auto& [name, printer] : devices.printers) options.printers[name] = printer.get();
    options.epoch = epoch;
    return options;
}

StatusOptions Daemon::Parts::status_options() {
    return {.site_name = plan.settings.site_name,
            .version = version,
            .utc_offset_minutes = plan.settings.utc_offset_minutes,
            .live = [this] { return live(); }};
}

web::Options Daemon::Parts::web_options() const {
    web::Options options;
    options.address = plan.settings.http.address;
    options.port = static_cast<std::uint16_t>(plan.settings.http.port);
    options.bearer_token = plan.settings.http.token;
    return options;
}

LiveState Daemon::Parts::live() const {
    LiveState live;
    live.devices = devices.health();
    live.inbox_depth = ledger.depth();
    live.confirm = ledger.confirm_latency();
    live.store_fault = !store_fault.empty() ? store_fault : chain.fault();
    live.order_db = order_sync != nullptr;
    if (order_sync) live.sync = order_sync->state();
    live.scans = scans;
    live.refused = refused;
    live.chain_verified = chain_verified;
    live.chain_percent = chain_percent;
    return live;
}

// What was started before is unknown now, what was planned is performed; then the doors open.
void Daemon::Parts::begin(const std::string& epoch) {
    ledger.submit({"restart:" + epoch, "", Restarted{version, plan.settings.site.hash}}, [this](const Done&) {
        reader.ask([this](ReadView view) {
            auto planned = view.books.effects_in(EffectState::planned);
            boost::asio::post(io, [this, planned = std::move(planned)]() mutable {
                runner.take(std::move(planned));
                start_devices();
            });
        });
    });
    check_chain();
}

void Daemon::Parts::start_devices() {
    for (auto& each : devices.scales) {
        desk.on_scale_up(each.station, each.name);
        each.scale->start([this, station = each.station, name = each.name](ScaleEvent event) {
            desk.on_scale(station, name, event);
        });
    }
    for (auto& each : devices.scanners)
        each.scanner->start(
            [this, station = each.station](ScannedLine line) { desk.on_line(station, std::move(line)); });
    watch_scales();
    board.start([] {
        notify_systemd("READY=1");
        log::event(log::Level::info, "kemasd.ready");
    });
}

void Daemon::Parts::watch_scales() {
    for (auto& each : devices.scales) {
        const bool up = each.scale->health().up;
        if (up && !each.was_up) desk.on_scale_up(each.station, each.name);
        each.was_up = up;
    }
    watch.expires_after(scale_watch);
    watch.async_wait([this](const boost::system::error_code& error) {
        if (!error) watch_scales();
    });
}

Result<void> Daemon::Parts::start_order_db(const std::string& epoch, const std::string& uuid) {
    const auto& from = plan.settings.order_db;
    if (!from.enabled) return {};
    orderdb::OrderDbOptions options;
    options.backend = from.backend;
    options.connect = from.connect;
    options.deadline_ms = from.deadline_ms;
    auto db = orderdb::open_order_db(options);
    if (!db) return tl::unexpected(db.error());
    runtime::OrderSyncOptions sync;
    sync.poll_ms = from.poll_ms;
    sync.epoch = epoch;
    sync.seal = [](OrderDraft draft) { return intake::seal(std::move(draft)); };
    sync.text_for = [this](const Answer& answer) { return plan.catalogue.text(answer, plan.settings.language); };
    sync.log = [](std::string event, std::string detail) {
        const bool bad = event.ends_with("down");
        log::event(bad ? log::Level::warn : log::Level::info, event, {{"detail", detail}});
    };
    order_sync = std::make_unique<runtime::OrderSync>(
        std::move(*db), std::make_unique<ledger::FactReader>(plan.settings.ledger.path, uuid), ledger, std::move(sync));
    return {};
}

// In slices, so that pages and status never wait for it.
void Daemon::Parts::check_chain() {
    reader.ask([this](ReadView view) {
        const bool more = chain.step(view.db, 2000);
        boost::asio::post(io, [this, more, percent = chain.percent(), done = chain.done(), fault = chain.fault()] {
            chain_percent = percent;
            chain_verified = done;
            if (!fault.empty()) log::event(log::Level::error, "ledger.damaged", {{"why", fault}});
            if (more) check_chain();
        });
    });
}

void Daemon::Parts::end_inputs() {
    board.stop();
    watch.cancel();
    runner.stop();
    devices.stop();
    server.stop(std::chrono::milliseconds(100));
}

void Daemon::Parts::end_threads() {
    if (order_sync) order_sync->stop();
    ledger.stop();
    label_reader.stop();
    reader.stop();
}

Daemon::Daemon(Plan plan) : plan_(std::move(plan)) {}
Daemon::~Daemon() = default;

Result<void> Daemon::start() {
    const auto epoch = new_epoch();
    auto devices = make_devices(io_.get_executor(), plan_.settings, epoch);
    if (!devices) return tl::unexpected(devices.error());
    ledger::LedgerOptions options;
    options.path = plan_.settings.ledger.path;
    options.accept_lost_tail = plan_.accept_lost_tail;
    auto opened = ledger::Ledger::open(options, plan_.settings.site);
    if (!opened) return tl::unexpected(opened.error());
    const auto uuid = (*opened)->uuid();
    parts_ = std::make_unique<Parts>(io_, plan_, std::move(*opened), std::move(*devices), epoch);
    add_order_routes(parts_->server, parts_->api);
    add_stop_routes(parts_->server, parts_->api);
    add_parcel_routes(parts_->server, parts_->api);
    add_effect_routes(parts_->server, parts_->api);
    add_import_routes(parts_->server, parts_->api);
    add_scan_routes(parts_->server, parts_->api);
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

Result<void> Daemon::run() {
    boost::asio::signal_set signals(io_, SIGTERM, SIGINT);
    if (auto started = start(); !started) {
        if (parts_) parts_->end_threads();
        return started;
    }
    signals.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) stop();
    });
    io_.run();
    parts_.reset();
    log::event(log::Level::info, "kemasd.stopped");
    return {};
}

}  // namespace kemas::app
