#include "app/scanner_devices.hpp"

#include <algorithm>
#include <filesystem>

#include "app/device_log.hpp"
#include "app/serial_line.hpp"
#include "core/assert.hpp"
#include "drivers/camera/camera_scanner.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scanner/evdev_scanner.hpp"
#include "drivers/scanner/profile_talk.hpp"
#include "drivers/scanner/serial_scanner.hpp"
#include "drivers/scanner/tcp_client_scanner.hpp"
#include "drivers/scanner/tcp_server_scanner.hpp"
#include "settings/device_parts.hpp"

namespace kemas::app {
namespace {

using settings::ScannerMode;
using settings::ScannerSettings;

static_assert(settings::kPictureFormats == camera::kFormats);

std::optional<scanner::Protocol> protocol_named(std::string_view name) {
    using enum scanner::Protocol;
    if (name == "honeywell") return honeywell;
    if (name == "ssi") return ssi;
    if (name == "dataman") return dataman;
    if (name == "keyence_sr") return keyence_sr;
    if (name == "line" || name == "evdev") return line;
    return std::nullopt;
}

profile::ScannerTransport transport_of(ScannerMode mode) {
    switch (mode) {
        case ScannerMode::client:
            return profile::ScannerTransport::tcp_client;
        case ScannerMode::serial:
            return profile::ScannerTransport::serial;
        case ScannerMode::evdev:
            return profile::ScannerTransport::evdev;
        case ScannerMode::server:
        case ScannerMode::camera:
            break;
    }
    return profile::ScannerTransport::tcp_server;
}

void take_site(const ScannerSettings& from, const std::string& epoch, scanner::ScannerOptions& to) {
    to.name = from.name;
    to.epoch = epoch;
    if (from.own_terminators || from.profile.empty()) to.framing.terminators = from.terminators;
    to.framing.heartbeat = from.heartbeat;
    to.framing.no_read = from.no_read;
    if (!from.protocol.empty()) to.protocol = protocol_named(from.protocol).value_or(to.protocol);
    if (from.answer_within_ms) to.answer_within_ms = from.answer_within_ms;
    if (!from.gs_substitute.empty()) to.gs_substitute = from.gs_substitute;
    to.log = device_log(from.name);
    if (from.line.empty()) return;
    // That nothing was read is a result, too, for a line: the driver must not keep it. No code
    // holds this byte, so nothing matches it.
    to.framing.no_read = "\x01";
    to.framing.no_reads.clear();
}

Result<std::optional<profile::ScannerProfile>> profile_of(const ScannerSettings& from) {
    if (from.profile.empty()) return std::optional<profile::ScannerProfile>{};
    auto profile = profile::load_scanner_profile(from.profile);
    if (!profile) return tl::unexpected(profile.error());
    const auto& can = profile->transports;
    if (!can.empty() && std::find(can.begin(), can.end(), transport_of(from.mode)) == can.end())
        return fail(Remedy::stop, "scanner " + from.name + ": " + from.profile +
                                      " is of a model that is not reached this way: change mode");
    return std::optional(std::move(*profile));
}

void take_keys(const ScannerSettings& from, const std::optional<profile::ScannerProfile>& model,
               scanner::EvdevScannerOptions& to) {
    using Kind = profile::GsRule::Kind;
    to.device = from.device;
    const auto layout = !from.layout.empty() ? from.layout : model ? model->layout : "us";
    to.layout = layout == "de" ? scanner::Layout::de : scanner::Layout::us;
    to.gs = {from.gs_alt_code, from.gs_ctrl};
    if (!model) return;
    const auto knows = [&](Kind kind) {
        return std::any_of(model->gs.begin(), model->gs.end(),
                           [&](const auto& rule) { return rule.kind == kind; });
    };
    to.gs.alt_code = to.gs.alt_code && knows(Kind::alt_code);
    to.gs.ctrl = to.gs.ctrl && knows(Kind::ctrl_key);
}

Result<std::unique_ptr<Scanner>> make_camera(boost::asio::any_io_executor loop,
                                             camera::DecoderPool& decoder,
                                             const ScannerSettings& from,
                                             const std::string& epoch) {
    camera::CameraOptions options;
    options.name = from.name;
    options.epoch = epoch;
    options.host = from.host;
    options.port = static_cast<std::uint16_t>(from.port);
    options.path = from.path;
    options.authorization = from.authorization;
    options.folder = from.folder;
    options.poll_ms = from.poll_ms;
    options.sight = {from.confirm, from.absent_ms};
    options.log = device_log(from.name);
    camera::FormatSet formats = 0;
    for (const auto& name : from.formats) {
        const auto bit = camera::format_bit(name);
        KEMAS_ASSERT(bit);  // the settings have checked it
        formats |= *bit;
    }
    if (formats) options.read.formats = formats;
    return std::make_unique<camera::CameraScanner>(loop, decoder, options);
}

}  // namespace

std::string decoder_program() {
    std::error_code ec;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", ec);
    return (self.parent_path() / "kemas-decode").string();
}

std::unique_ptr<camera::DecoderPool> make_decoder(boost::asio::any_io_executor loop) {
    camera::PoolOptions options;
    options.program = decoder_program();
    return std::make_unique<camera::DecoderPool>(loop, options);
}

std::vector<std::string> no_reads_of(const ScannerSettings& from) {
    std::vector<std::string> words;
    if (!from.no_read.empty()) words.push_back(from.no_read);
    auto protocol = from.protocol;
    if (!from.profile.empty())
        if (const auto profile = profile::load_scanner_profile(from.profile)) {
            words.insert(words.end(), profile->no_read.begin(), profile->no_read.end());
            if (protocol.empty()) protocol = profile::name_of(profile->protocol);
        }
    if (protocol == "keyence_sr" && words.empty()) words.emplace_back("ERROR");  // its default
    return words;
}

Result<std::unique_ptr<Scanner>> make_scanner(boost::asio::any_io_executor loop,
                                              camera::DecoderPool& decoder,
                                              const ScannerSettings& from,
                                              const std::string& epoch) {
    if (from.mode == ScannerMode::camera) return make_camera(loop, decoder, from, epoch);
    const auto model = profile_of(from);
    if (!model) return tl::unexpected(model.error());
    const auto fill = [&](scanner::ScannerOptions& options) {
        if (*model) scanner::take_profile(**model, options);
        take_site(from, epoch, options);
    };
    if (from.mode == ScannerMode::server) {
        scanner::TcpServerScannerOptions options;
        fill(options);
        options.bind = from.host;
        options.port = static_cast<std::uint16_t>(from.port);
        return std::make_unique<scanner::TcpServerScanner>(loop, options);
    }
    if (from.mode == ScannerMode::serial) {
        scanner::SerialScannerOptions options;
        fill(options);
        options.device = from.serial.device;
        const auto usual = *model ? (*model)->serial : std::optional<profile::SerialLine>{};
        options.line = serial_line(from.serial, usual, from.flow);
        return std::make_unique<scanner::SerialScanner>(loop, options);
    }
    if (from.mode == ScannerMode::evdev) {
        scanner::EvdevScannerOptions options;
        fill(options);
        take_keys(from, *model, options);
        return std::make_unique<scanner::EvdevScanner>(loop, options);
    }
    scanner::TcpClientScannerOptions options;
    fill(options);
    options.host = from.host;
    options.port = static_cast<std::uint16_t>(from.port);
    if (!from.port && *model) options.port = static_cast<std::uint16_t>((*model)->tcp_port);
    if (!options.port)
        return fail(Remedy::stop, "scanner " + from.name + " lacks port: " + from.profile +
                                      " names none, so the site file must");
    return std::make_unique<scanner::TcpClientScanner>(loop, options);
}

}  // namespace kemas::app
