// The site's files are read again while the daemon runs: devices and profiles that changed are made
// anew, the rest goes on; a faulty file changes nothing.
#include "app/daemon_parts.hpp"
#include "app/device_changes.hpp"
#include "log/log.hpp"

namespace kemas::app {
namespace {

// A job under way ends first; only then the printer it was on goes.
void release_printer(runtime::EffectRunner& runner, Devices& devices, const std::string& name,
                     std::unique_ptr<Printer> fresh) {
    auto former = std::make_shared<std::unique_ptr<Printer>>();
    if (const auto it = devices.printers.find(name); it != devices.printers.end()) {
        *former = std::move(it->second);
        devices.printers.erase(it);
    }
    auto* const printer = fresh.get();
    if (fresh) devices.printers[name] = std::move(fresh);
    runner.use_printer(name, printer, [former] {
        if (*former) (*former)->stop();
        former->reset();
    });
}

template <class Device>
void stop_named(std::vector<Device>& devices, const std::set<std::string>& names, auto part) {
    std::erase_if(devices, [&](Device& device) {
        if (!names.contains(device.name)) return false;
        part(device).stop();
        return true;
    });
}

}  // namespace

Result<Reloaded> Daemon::Parts::reload() {
    auto fresh = read_plan(plan.config);
    if (!fresh) return tl::unexpected(fresh.error());
    const auto changes = device_changes(plan.settings, fresh->settings);
    auto made = make_devices(io.get_executor(), *devices.decoder, only(fresh->settings, changes),
                             api.epoch + ".r" + std::to_string(++reloads));
    if (!made) return tl::unexpected(made.error());

    stop_named(devices.scanners, changes.scanners, [](auto& d) -> Scanner& { return *d.scanner; });
    stop_named(devices.scales, changes.scales, [](auto& d) -> Scale& { return *d.scale; });
    for (const auto& name : changes.printers) {
        const auto it = made->printers.find(name);
        release_printer(runner, devices, name,
                        it == made->printers.end() ? nullptr : std::move(it->second));
    }
    for (const auto& scale : plan.settings.scales)
        if (changes.scales.contains(scale.name))
            for (auto& bus : devices.lines) bus->drop(scale.serial, scale.host, scale.port);
    // Lines and language stay as they are until a restart, and so do the books' rules for them.
    auto renewed = std::make_shared<Site>(*fresh->site);
    renewed->policy.lines = plan.site->policy.lines;
    renewed->policy.tongue = plan.site->policy.tongue;
    use_site(std::move(renewed));
    for (auto& scanner : made->scanners) {
        devices.scanners.push_back(std::move(scanner));
        start(devices.scanners.back());
    }
    for (auto& scale : made->scales) {
        devices.scales.push_back(std::move(scale));
        start(devices.scales.back());
    }
    for (auto& bus : made->lines) devices.lines.push_back(std::move(bus));

    Reloaded reloaded{changes.names(), restart_needed(plan.settings, fresh->settings)};
    plan.settings.scanners = std::move(fresh->settings.scanners);
    plan.settings.scales = std::move(fresh->settings.scales);
    plan.settings.printers = std::move(fresh->settings.printers);
    press.use_printers(plan.settings);
    growth.use_printers(plan.settings);
    return reloaded;
}

Result<Reloaded> Daemon::Parts::reload_and_log() {
    auto reloaded = reload();
    if (!reloaded) {
        log::event(log::Level::error, "reload.refused", {{"why", reloaded.error().what}});
        return reloaded;
    }
    const auto joined = [](const std::vector<std::string>& words) {
        std::string text;
        for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
        return text;
    };
    log::event(log::Level::info, "reload.done",
               {{"changed", joined(reloaded->changed)},
                {"needs_restart", joined(reloaded->needs_restart)}});
    return reloaded;
}

// The books' reader and writer change over between two questions and between two turns.
void Daemon::Parts::use_site(std::shared_ptr<const Site> fresh) {
    site = fresh;
    ledger.run([fresh](Journal& journal) { journal.use_site(fresh); });
    reader.use_site(fresh);
    label_reader.use_site(fresh);
    ledger.submit({api.new_key(), "", SettingsTaken{fresh->hash}}, [](const Done&) {});
}

}  // namespace kemas::app
