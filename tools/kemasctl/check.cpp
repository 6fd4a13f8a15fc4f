#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/site_facts.hpp"
#include "drivers/conveyor/plc_words.hpp"
#include "drivers/conveyor/zpa_feed.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scale/frame_codec.hpp"
#include "drivers/scale/scale_codec.hpp"
#include "label/layout.hpp"
#include "messages/catalogue.hpp"
#include "settings/settings.hpp"
#include "tools/kemasctl/commands.hpp"

namespace kemas::ctl {
namespace {

// A profile may be right and still lack what weighing needs; kemasd would refuse to start with it.
Result<void> weighable(const settings::ScaleSettings& settings) {
    const auto profile = profile::load_profile(settings.profile);
    if (!profile) return tl::unexpected(profile.error());
    const auto site = app::site_facts(settings);
    std::string gap = "its profile is no scale's";
    if (const auto* modbus = std::get_if<profile::ScaleProfile>(&*profile))
        gap = scale::weighing_gap(*modbus, site);
    else if (const auto* text = std::get_if<profile::TextScaleProfile>(&*profile))
        gap = scale::weighing_gap(*text, site);
    if (gap.empty()) return {};
    return fail(Remedy::stop, "scale " + settings.name + ": " + gap);
}

// As LineDesk needs it: the PLC's profile has an eye for each of the layout's, the feeds' have
// their counters and jams, the scale weighs.
Result<void> runnable(const settings::LineSettings& line,
                      const std::map<std::string, line::Layout>& layouts) {
    const auto profile = profile::load_device_profile(line.profile);
    if (!profile) return tl::unexpected(profile.error());
    const auto& layout = layouts.at(line.name);
    if (const auto words =
            conveyor::PlcWords::of(*profile, layout.eyes.size(), layout.lanes.size());
        !words)
        return fail(words.error().remedy, "line " + line.name + ": " + words.error().what);
    for (const auto& feed : line.feeds) {
        const auto module = profile::load_device_profile(feed.profile);
        if (!module) return tl::unexpected(module.error());
        if (const auto fits = conveyor::ZpaFeed::check(*module); !fits)
            return fail(fits.error().remedy, "feed " + feed.name + ": " + fits.error().what);
    }
    if (!line.scale) return {};
    if (const auto modbus = profile::load_scale_profile(line.scale->device.profile); !modbus)
        return tl::unexpected(modbus.error());
    return weighable(line.scale->device);
}

void check(Session& session, const std::string& path) {
    const auto told = [&session](const auto& result) {
        if (!result) {
            fmt::print(stderr, "{}\n", result.error().what);
            session.exit = Exit::cannot;
        }
    };
    const auto site = settings::load_settings(path);
    if (!site) return told(site);
    for (const auto& scale : site->scales) told(weighable(scale));
    for (const auto& scanner : site->scanners)
        if (!scanner.profile.empty()) told(profile::load_scanner_profile(scanner.profile));
    for (const auto& line : site->lines) told(runnable(line, site->site.policy.lines));
    for (const auto& printer : site->printers)
        if (!printer.profile.empty()) told(profile::load_printer_profile(printer.profile));
    if (!site->label.layout.empty()) told(label::load_layout(site->label.layout));
    told(Catalogue::load(site->messages_folder));
    if (session.exit != Exit::ok) return;
    fmt::print("OK: {}: {} stations, {} scanners, {} scales, {} printers, {} lines\n", path,
               site->site.stations.size(), site->scanners.size(), site->scales.size(),
               site->printers.size(), site->lines.size());
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
    const auto path = std::make_shared<std::string>("/etc/kemas/kemas.toml");
    auto* command = app.add_subcommand("check", "Check a site's files; kemasd need not run");
    command->add_option("--config", *path, "The site file")->capture_default_str();
    command->callback([&session, path] { check(session, *path); });
}

}  // namespace kemas::ctl
