#include "app/daemon_parts.hpp"

#include <boost/asio/post.hpp>

#include "app/couriers_json.hpp"
#include "app/notify_socket.hpp"
#include "app/scanner_devices.hpp"
#include "app/version.hpp"
#include "app/wall_clock.hpp"
#include "intake/seal.hpp"
#include "ledger/fact_reader.hpp"
#include "log/log.hpp"
#include "orderdb/open_order_db.hpp"

namespace kemas::app {
namespace {

constexpr auto watch_every = std::chrono::milliseconds(250);

}  // namespace

Daemon::Parts::Parts(boost::asio::io_context& io_, Plan& plan_,
                     std::unique_ptr<ledger::Ledger> opened, Devices made, const std::string& epoch)
    : io(io_),
      plan(plan_),
      site(plan.site),
      ledger_uuid(opened->uuid()),
      devices(std::move(made)),
      device_desk(io.get_executor(), plan.settings, devices, plan.layout),
      reader(plan.settings.ledger.path, *plan.site),
      label_reader(plan.settings.ledger.path, *plan.site),
      press(io.get_executor(), label_reader, plan.layout, plan.settings, decoder_program()),
      growth(io.get_executor(), label_reader, press.pages(), plan.settings,
             [this] { board.changed(); }),
      ledger(io.get_executor(), std::move(opened), ledger_events()),
      label_files(io.get_executor(), ledger, reader,
                  {pages_program(), paper_of_files(plan.settings.label_files), epoch}),
      desk(desk_options(epoch)),
      runner(io.get_executor(), runner_options(epoch)),
      couriers(io.get_executor(), reader, plan.settings, courier_ways(), epoch),
      channels(io.get_executor(), reader, plan.settings, channel_way(), epoch),
      board(io.get_executor(), reader, status_options()),
      api{io.get_executor(),
          ledger,
          reader,
          board,
          plan.catalogue,
          plan.settings,
          site,
          epoch,
          0,
          scans,
          refused,
          [this] { return reload_and_log(); }},
      packing(io.get_executor(), reader, api.rates, site),
      server(io, web_options()),
      watch(io) {
    api.decoder = devices.decoder.get();
    api.couriers = &couriers;
    api.packing = &packing;
    press.use_couriers([this](const auto& courier, const auto& reference, auto on_label) {
        couriers.label(courier, reference, std::move(on_label));
    });
    press.use_files([this](auto name, auto courier, auto bytes, auto on_read) {
        label_files.take_and_read(std::move(name), std::move(courier), std::move(bytes),
                                  std::move(on_read));
    });
    api.label_files = &label_files;
    channels.on_label = [this] { label_files.resume(); };
    api.label_pages = &press.pages();
    api.line = [this](std::string_view name) { return line(name); };
}

runtime::LedgerEvents Daemon::Parts::ledger_events() {
    return {.on_effects =
                [this](std::vector<EffectRow> effects) {
                    couriers.take(effects);
                    channels.take(effects);
                    runner.take(std::move(effects));
                },
            .on_commit =
                [this](Seq) {
                    board.changed();
                    if (order_sync) order_sync->wake();
                },
            .on_store =
                [this](const std::string& fault) {
                    store_fault = fault;
                    if (fault.empty())
                        log::event(log::Level::info, "ledger.works_again");
                    else
                        log::event(log::Level::error, "ledger.fault", {{"why", fault}});
                }};
}

runtime::DeskOptions Daemon::Parts::desk_options(const std::string& epoch) {
    return {.submit =
                [this](Envelope envelope, runtime::OnDone done) {
                    ledger.submit(std::move(envelope), std::move(done));
                },
            .line_for =
                [this](const Answer& answer) {
                    return scanner_line(answer,
                                        plan.catalogue.text(answer, plan.settings.language));
                },
            .on_answer =
                [this](const Answer& answer) {
                    ++scans;
                    if (answer.kind == Answer::Kind::refused) ++refused;
                },
            .after_scan =
                [this](const std::string& station, const Answer& answer) {
                    if (!packing.starts(station, answer)) return;
                    packing.suggest(station, [this, station](const auto& told) {
                        if (told) desk.show(station, told->answer);
                    });
                },
            .epoch = epoch};
}

CourierDesk::Ways Daemon::Parts::courier_ways() {
    return {.submit =
                [this](Envelope envelope, runtime::OnDone done) {
                    ledger.submit(std::move(envelope), std::move(done));
                },
            .show = [this](const std::string& station,
                           const Answer& answer) { desk.show(station, answer); }};
}

ChannelDesk::Submit Daemon::Parts::channel_way() {
    return [this](Envelope envelope, runtime::OnDone done) {
        ledger.submit(std::move(envelope), std::move(done));
    };
}

runtime::RunnerOptions Daemon::Parts::runner_options(const std::string& epoch) {
    runtime::RunnerOptions options;
    options.submit = [this](Envelope envelope, runtime::OnDone done) {
        ledger.submit(std::move(envelope), std::move(done));
    };
    options.show = [this](const std::string& station, const Answer& answer) {
        desk.show(station, answer);
    };
    options.press = &press;
    for (auto& [name, printer] : devices.printers) options.printers[name] = printer.get();
    options.epoch = epoch;
    return options;
}

StatusOptions Daemon::Parts::status_options() {
    return {.site_name = plan.settings.site_name,
            .version = version,
            .utc_offset_minutes = plan.settings.utc_offset_minutes,
            .live = [this] { return live(); },
            // On the reader's thread: a reload changes neither of them.
            .words = [&catalogue = plan.catalogue, language = plan.settings.language](
                         const Answer& answer) { return catalogue.text(answer, language); }};
}

web::Options Daemon::Parts::web_options() const {
    web::Options options;
    options.address = plan.settings.http.address;
    options.port = static_cast<std::uint16_t>(plan.settings.http.port);
    options.bearer_token = plan.settings.http.token;
    return options;
}

LiveState Daemon::Parts::live() {
    growth.look(board.snapshot().books.weak_labels);
    LiveState live;
    live.devices = health();
    live.alarms = alarms.board();
    for (const auto& each : lines) live.lines.push_back(each->live());
    live.couriers = couriers.live();
    live.watched = couriers.watched();
    live.channels = channels.live();
    live.plans = site->policy.couriers;
    live.growth = growth.verdicts();
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
    ledger.submit(
        {"restart:" + epoch, "", Restarted{version, plan.settings.site.hash}}, [this](const Done&) {
            reader.ask([this](ReadView view) {
                // Cut off ones first: nothing prints before they are settled.
                std::vector<EffectRow> planned;
                for (const auto state : {EffectState::unknown, EffectState::started})
                    for (auto& effect : view.books.effects_in(state))
                        if (is_print(effect.kind) && effect.counter)
                            planned.push_back(std::move(effect));
                for (auto& effect : view.books.effects_in(EffectState::planned))
                    planned.push_back(std::move(effect));
                auto in_doubt = acts_to_look_up(view.books);
                auto calls = calls_to_look_at(view.books);
                boost::asio::post(
                    io, [this, planned = std::move(planned), in_doubt = std::move(in_doubt),
                         calls = std::move(calls)]() mutable {
                        couriers.take(std::move(in_doubt));
                        couriers.take(planned);
                        couriers.start();
                        channels.take(std::move(calls));
                        channels.take(planned);
                        channels.start();
                        runner.take(std::move(planned));
                        start_devices();
                    });
            });
        });
    check_chain();
}

void Daemon::Parts::start_devices() {
    for (auto& each : devices.scales) start(each);
    for (auto& each : devices.scanners) start(each);
    start_lines();
    start_labels();
    watch_devices();
    start_watchdog();
    board.start([] {
        notify_systemd("READY=1");
        log::event(log::Level::info, "kemasd.ready");
    });
}

void Daemon::Parts::start(StationScale& each) {
    desk.on_scale_up(each.station, each.name);
    each.scale->start([this, name = each.name, station = each.station](ScaleEvent event) {
        if (!std::holds_alternative<ScaleDisturbed>(event))
            devices.mark_failed(name, std::holds_alternative<ScaleFaulted>(event));
        desk.on_scale(station, name, event);
    });
}

void Daemon::Parts::start(StationScanner& each) {
    if (!each.line.empty()) {
        StationScanner from{each.name,     "", nullptr, each.line, each.reader, each.no_reads,
                            each.separator};
        auto place = std::make_shared<const StationScanner>(std::move(from));
        return each.scanner->start(
            [this, place](const ScannedLine& scan) { on_line_scan(*place, scan); });
    }
    each.scanner->start([this, name = each.name, station = each.station](ScannedLine line) {
        if (device_desk.took(name, line)) return;
        desk.on_line(station, std::move(line));
    });
}

void Daemon::Parts::watch_scales() {
    for (auto& each : devices.scales) {
        if (!each.failed || !each.scale->health().up) continue;
        each.failed = false;
        desk.on_scale_up(each.station, each.name);
    }
}

void Daemon::Parts::start_watchdog() {
    const auto period = asked_watchdog_period();
    if (!period) return;
    const auto of_reader = [](std::string name, ReadThread& thread) {
        return Heart{std::move(name), [&thread] { thread.ask([](ReadView) {}); },
                     [&thread] { return thread.beats(); }};
    };
    auto hearts = [this, of_reader] {
        std::vector<Heart> all{
            {"ledger", [this] { ledger.run([](Journal&) {}); }, [this] { return ledger.beats(); }},
            of_reader("reader", reader),
            of_reader("label reader", label_reader)};
        for (const auto& bus : devices.lines)
            for (auto& heart : bus->hearts()) all.push_back(std::move(heart));
        for (const auto& each : lines)
            for (auto& heart : each->hearts()) all.push_back(std::move(heart));
        return all;
    };
    watchdog = std::make_unique<Watchdog>(
        io.get_executor(), *period, std::move(hearts), [] { notify_systemd("WATCHDOG=1"); },
        [](const std::string& name) {
            log::event(log::Level::error, "watchdog.starves", {{"thread", name}});
        });
    watchdog->start();
}

void Daemon::Parts::watch_devices() {
    watch_scales();
    const auto devices_health = health();
    watch_alarms(devices_health);
    for (auto& news : device_watch.look(devices_health))
        ledger.submit({api.new_key(), "", std::move(news)}, [](const Done&) {});
    watch.expires_after(watch_every);
    watch.async_wait([this](const boost::system::error_code& error) {
        if (!error) watch_devices();
    });
}

void Daemon::Parts::watch_alarms(const std::vector<DeviceHealth>& health) {
    const auto tell = [](log::Level level, const char* event, const Alarm& alarm) {
        log::event(level, event,
                   {{"device", alarm.device}, {"alarm", alarm.what}, {"detail", alarm.text}});
    };
    auto watched = health;
    for (auto& pool : pool_health(board.snapshot().books, site->policy.couriers))
        watched.push_back(std::move(pool));
    const auto news = alarms.look(watched, wall_clock());
    for (const auto& alarm : news.raised) tell(log::Level::warn, "alarm.raised", alarm);
    for (const auto& alarm : news.cleared) tell(log::Level::info, "alarm.cleared", alarm);
    if (!news.raised.empty() || !news.cleared.empty()) board.changed();
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
    sync.text_for = [this](const Answer& answer) {
        return plan.catalogue.text(answer, plan.settings.language);
    };
    sync.log = [](std::string event, std::string detail) {
        const bool bad = event.ends_with("down");
        log::event(bad ? log::Level::warn : log::Level::info, event, {{"detail", detail}});
    };
    order_sync = std::make_unique<runtime::OrderSync>(
        std::move(*db), std::make_unique<ledger::FactReader>(plan.settings.ledger.path, uuid),
        ledger, std::move(sync));
    return {};
}

// In slices, so that pages and status never wait for it.
void Daemon::Parts::check_chain() {
    reader.ask([this](ReadView view) {
        const bool more = chain.step(view.db, 2000);
        boost::asio::post(io, [this, more, percent = chain.percent(), done = chain.done(),
                               fault = chain.fault()] {
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
    if (watchdog) watchdog->stop();
    runner.stop();
    couriers.stop();
    channels.stop();
    stop_lines();
    if (label_folder) label_folder->stop();
    label_files.stop();
    press.pages().stop();
    devices.stop();
    server.stop(std::chrono::milliseconds(100));
}

void Daemon::Parts::end_threads() {
    if (order_sync) order_sync->stop();
    ledger.stop();
    label_reader.stop();
    reader.stop();
}

}  // namespace kemas::app
