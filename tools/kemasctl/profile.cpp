#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <thread>

#include "drivers/scale/scale_codec.hpp"
#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/profile_check.hpp"
#include "tools/kemasctl/profile_device.hpp"
#include "tools/kemasctl/profile_fields.hpp"
#include "tools/kemasctl/profile_sample.hpp"

namespace kemas::ctl {
namespace {

struct ProbeCall {
    std::string file;
    DeviceAt at;
    bool watch = false;
    int every_ms = 1000, times = 0;
    std::string what;                       // record
    std::optional<std::int64_t> weight_mg;  // record
};

std::string_view kind_of(const profile::AnyProfile& profile) {
    static constexpr std::string_view kKinds[] = {"scale", "conveyor", "io", "scanner", "printer"};
    return kKinds[static_cast<std::size_t>(profile::head_of(profile).kind)];
}

std::size_t samples_of(const profile::AnyProfile& profile) {
    return std::visit([](const auto& one) { return one.samples.size(); }, profile);
}

void check(Session& session, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        const auto files = profile_files(name);
        if (!files) {
            session.complain(Exit::cannot, files.error().what);
            continue;
        }
        for (const std::string& file : *files) {
            const auto profile = check_profile(file);
            if (!profile) {
                session.complain(Exit::cannot, profile.error().what);
                continue;
            }
            const profile::Head& head = profile::head_of(*profile);
            fmt::print("OK: {}: {}, {} {}, {} samples\n", file, kind_of(*profile), head.vendor,
                       head.model, samples_of(*profile));
            const auto* scale = std::get_if<profile::ScaleProfile>(&*profile);
            if (scale && !scale->status_bit("stable"))
                fmt::print("    cannot weigh yet: it lacks [status.stable]\n");
        }
    }
}

// The profile of a Modbus device, or nothing after telling why.
std::optional<profile::AnyProfile> modbus_profile(Session& session, const std::string& file) {
    auto profile = profile::load_profile(file);
    if (!profile) return session.complain(Exit::cannot, profile.error().what), std::nullopt;
    if (modbus_of(*profile)) return std::move(*profile);
    session.complain(Exit::cannot, file + " is no Modbus device: this command reads Modbus TCP");
    return std::nullopt;
}

void show_head(const profile::AnyProfile& profile, const ProbeCall& call) {
    static constexpr std::string_view kVerified[] = {"a document only", "a simulator",
                                                     "the real device"};
    const profile::Head& head = profile::head_of(profile);
    fmt::print("{} {} at {}:{} unit {}\nprofile {}, verified against {}\nsource: {}, {}\n",
               head.vendor, head.model, call.at.host, call.at.port, call.at.unit, head.file,
               kVerified[static_cast<std::size_t>(head.verified)], head.document, head.revision);
    for (const profile::Write& write : modbus_of(profile)->init)
        fmt::print("not sent by this command, but by kemasd after connecting: {}\n", write.what);
}

bool show_once(Session& session, const profile::AnyProfile& profile, const profile::SiteFacts& site,
               const ProbeCall& call) {
    const auto answer = read_device(*modbus_of(profile), call.at);
    if (!answer) return session.complain(Exit::refused, answer.error().what), false;
    if (!answer->identity.empty()) fmt::print("the device calls itself: {}\n", answer->identity);
    fmt::print("\n{}", table(kFieldHead, field_rows(profile, site, answer->words)));
    const std::string told = verdict(profile, site, answer->words);
    fmt::print("\nwords {}\n{}{}", scale::hex_words(answer->words), told, told.empty() ? "" : "\n");
    std::fflush(stdout);
    return true;
}

void probe(Session& session, const ProbeCall& call) {
    const auto site = call.at.site();
    if (!site) return session.complain(Exit::cannot, site.error().what);
    const auto profile = modbus_profile(session, call.file);
    if (!profile) return;
    show_head(*profile, call);
    const int times = call.times ? call.times : call.watch ? 0 : 1;
    for (int i = 0; times == 0 || i < times; ++i) {
        if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(call.every_ms));
        // A watcher waits for the device to come back; one look tells at once.
        if (!show_once(session, *profile, *site, call) && times == 1) return;
    }
}

Result<void> write_whole(const std::string& file, const std::string& text) {
    const std::string part = file + ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) return fail(Remedy::stop, part + ": cannot be written; check the folder's rights");
    if (std::rename(part.c_str(), file.c_str()) != 0)
        return fail(Remedy::stop, file + ": cannot be replaced; check the folder's rights");
    return {};
}

void record(Session& session, const ProbeCall& call) {
    const auto site = call.at.site();
    if (!site) return session.complain(Exit::cannot, site.error().what);
    const auto profile = modbus_profile(session, call.file);
    if (!profile) return;
    const auto answer = read_device(*modbus_of(*profile), call.at);
    if (!answer) return session.complain(Exit::refused, answer.error().what);
    const auto* scale = std::get_if<profile::ScaleProfile>(&*profile);
    if (call.weight_mg) {
        if (!scale) return session.complain(Exit::cannot, "--weight-mg is for scales only");
        const auto reading = scale::decode_scale(*scale, *site, answer->words);
        const std::string reads = reading.fault.empty()
                                      ? std::to_string(reading.gross.value) + " mg"
                                      : "the fault " + reading.fault;
        if (!reading.fault.empty() || reading.gross.value != *call.weight_mg)
            return session.complain(
                Exit::refused, "the profile reads " + reads + " from " +
                                   scale::hex_words(answer->words) + ", you say " +
                                   std::to_string(*call.weight_mg) +
                                   " mg: nothing was recorded; check decimals, unit, word order "
                                   "and sign against the instrument's manual");
    }
    const auto old = read_file(call.file);
    if (!old) return session.complain(Exit::cannot, old.error().what);
    const std::string sample = sample_text(*profile, *site, answer->words, call.what);
    const std::string text = *old + (old->ends_with('\n') ? "" : "\n") + sample;
    if (const auto whole = check_profile_text(text, call.file); !whole)
        return session.complain(Exit::refused,
                                "not recorded, the file would be wrong:\n" + whole.error().what);
    if (const auto written = write_whole(call.file, text); !written)
        return session.complain(Exit::cannot, written.error().what);
    fmt::print("{}\nadded to {}. Check that it says what the device showed.\n", sample, call.file);
}

}  // namespace

void add_profile(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand("profile", "Check, try and extend the profiles of devices");
    group->require_subcommand(1);

    auto names = std::make_shared<std::vector<std::string>>();
    auto* checking = group->add_subcommand(
        "check", "Check profile files, or all below a folder: keys, overlaps, samples");
    checking->add_option("FILE", *names, "Profiles (.toml) or folders")->required();
    checking->callback([&session, names] { check(session, *names); });

    auto call = std::make_shared<ProbeCall>();
    auto* probing = group->add_subcommand(
        "probe", "Read a device over Modbus TCP and show every field; writes nothing");
    probing->add_option("FILE", call->file, "Its profile")->required();
    call->at.add_to(*probing);
    probing->add_flag("--watch", call->watch, "Again and again, until Ctrl+C");
    probing->add_option("--every-ms", call->every_ms, "Pause of --watch")
        ->check(CLI::Range(20, 3'600'000))
        ->capture_default_str();
    probing->add_option("--times", call->times, "So many looks")->check(CLI::Range(1, 1'000'000));
    probing->callback([&session, call] { probe(session, *call); });

    auto note = std::make_shared<ProbeCall>();
    auto* recording = group->add_subcommand(
        "record", "Read a device and add what it tells to the profile as a new sample");
    recording->add_option("FILE", note->file, "Its profile")->required();
    note->at.add_to(*recording);
    recording->add_option("--what", note->what, "What the device showed, in words")->required();
    recording->add_option("--weight-mg", note->weight_mg,
                          "The weight that lies on the scale: another reading is not recorded");
    recording->callback([&session, note] { record(session, *note); });
}

}  // namespace kemas::ctl
