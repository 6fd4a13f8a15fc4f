#include <algorithm>
#include <charconv>
#include <map>

#include "settings/device_parts.hpp"
#include "settings/devices.hpp"
#include "settings/sections.hpp"

namespace kemas::settings {
namespace {

std::string read_terminators(TableReader& table, const std::string& otherwise) {
    static const std::map<std::string, char, std::less<>> known{
        {"CR", '\r'}, {"LF", '\n'}, {"TAB", '\t'}, {"ETX", '\x03'}};
    constexpr auto expected = "a list of \"CR\", \"LF\", \"TAB\" or \"ETX\"";
    const bool given = table.has("terminator");
    std::string terminators;
    const auto words = table.texts("terminator");
    for (const auto& word : words) {
        const auto at = known.find(word);
        if (at == known.end())
            table.wrong("terminator", "holds \"" + word + "\"", expected);
        else if (terminators.find(at->second) == std::string::npos)
            terminators += at->second;
    }
    if (!given) return otherwise;
    if (words.empty()) table.wrong("terminator", "names none", expected);
    return terminators;
}

void read_socket(TableReader& table, const std::string& called, Names& names,
                 ScannerSettings& scanner) {
    const bool listens = scanner.mode == ScannerMode::server;
    scanner.host = listens ? table.text("host", scanner.host) : table.need_text("host");
    const int least = listens ? 0 : 1;
    scanner.port = table.whole_int("port", scanner.port, least, 65535);
    if (!table.has("port") && !listens && !scanner.profile.empty()) return;  // the model's own
    if (!table.has("port"))
        table.missing("port", "a whole number from " + std::to_string(least) + " to 65535");
    else if (listens)
        names.listen(called, scanner.host, scanner.port, table.line("port"));
    else
        names.talk_to(called, scanner.host + ":" + std::to_string(scanner.port),
                      table.line("port"));
}

// http://host[:port]/path; a camera's picture over TLS is a thing of its own network.
void read_url(TableReader& table, ScannerSettings& scanner) {
    const auto url = table.text("url");
    if (url.empty()) return;
    const auto bad = [&] {
        table.wrong("url", "is \"" + url + "\"", "as in \"http://192.0.2.50/snapshot.jpg\"");
    };
    if (!url.starts_with("http://") || url.find_first_of(" #@") != std::string::npos) return bad();
    const auto rest = url.substr(7);
    const auto slash = rest.find('/');
    scanner.path = slash == std::string::npos ? "/" : rest.substr(slash);
    const auto place = rest.substr(0, slash);
    const auto colon = place.find(':');
    scanner.host = place.substr(0, colon);
    scanner.port = 80;
    if (scanner.host.empty()) return bad();
    if (colon == std::string::npos) return;
    const auto* end = place.data() + place.size();
    const auto read = std::from_chars(place.data() + colon + 1, end, scanner.port);
    if (read.ec != std::errc{} || read.ptr != end || scanner.port < 1 || scanner.port > 65535)
        bad();
}

void read_camera(TableReader& table, const DeviceTable& device, Names& names,
                 ScannerSettings& scanner) {
    scanner.host.clear();
    read_url(table, scanner);
    scanner.folder = beside(device.folder, table.text("folder"));
    scanner.authorization = table.text("authorization");
    scanner.poll_ms = table.whole_int("poll_ms", scanner.poll_ms, 50, 60'000);
    scanner.confirm = table.whole_int("confirm", scanner.confirm, 1, 10);
    scanner.absent_ms = table.whole_int("absent_ms", scanner.absent_ms, 100, 600'000);
    scanner.formats = table.texts("formats");
    for (const auto& name : scanner.formats) {
        std::string known;
        for (const auto each : kPictureFormats)
            known += (known.empty() ? "" : ", ") + std::string(each);
        if (std::find(kPictureFormats.begin(), kPictureFormats.end(), name) ==
            kPictureFormats.end())
            table.wrong("formats", "holds \"" + name + "\"", "some of " + known);
    }
    if (table.has("url") == table.has("folder"))
        table.wrong(table.has("url") ? "folder" : "mode",
                    table.has("url") ? "is set beside url" : "is \"camera\" without pictures",
                    "either url or folder");
    if (!scanner.folder.empty()) names.talk_to(device.called, scanner.folder, table.line("folder"));
}

// A person's scanner has a station, a line's reader has a line.
void read_place(TableReader& table, const DeviceTable& device, Names& names,
                ScannerSettings& scanner) {
    scanner.line = table.text("line");
    scanner.reader = scanner.line.empty() ? table.text("reader") : table.need_text("reader");
    scanner.station = scanner.line.empty() ? table.need_text("station") : table.text("station");
    if (!scanner.line.empty() && !scanner.station.empty())
        table.wrong("line", "is set beside station", "one of the two");
    if (scanner.line.empty() && !scanner.reader.empty())
        table.wrong("reader", "is set without line", "line = \"...\" beside it");
    scanner.separator = table.text("separator");
    if (!scanner.separator.empty() && scanner.line.empty())
        table.wrong("separator", "is set without line",
                    "line = \"...\" beside it: a person's scan is one code");
    names.use("station", scanner.station, device.called, table.line("station"));
    names.use("line", scanner.line, device.called, table.line("line"));
    if (!scanner.line.empty() && !scanner.reader.empty())
        names.use("reader", scanner.line + "/" + scanner.reader, device.called,
                  table.line("reader"));
}

}  // namespace

void read_scanner(TableReader& table, const DeviceTable& device, Names& names, Settings& into) {
    ScannerSettings scanner;
    scanner.name = device.name;
    read_place(table, device, names, scanner);
    scanner.mode = table.choice<ScannerMode>("mode", scanner.mode,
                                             {{"server", ScannerMode::server},
                                              {"client", ScannerMode::client},
                                              {"serial", ScannerMode::serial},
                                              {"evdev", ScannerMode::evdev},
                                              {"camera", ScannerMode::camera}});
    if (scanner.mode == ScannerMode::camera) {
        read_camera(table, device, names, scanner);
        table.finish();
        return into.scanners.push_back(std::move(scanner));
    }
    scanner.profile = beside(device.folder, table.text("profile"));
    if (!scanner.profile.empty() && !std::filesystem::is_regular_file(scanner.profile))
        table.wrong("profile", "is \"" + scanner.profile + "\", which does not exist",
                    "a profile's file, as in firmware-profiles/scanner");
    scanner.own_terminators = table.has("terminator");
    scanner.terminators = read_terminators(table, scanner.terminators);
    scanner.no_read = table.text("no_read");
    scanner.heartbeat = table.text("heartbeat");
    scanner.gs_substitute = table.text("gs_substitute");
    if (scanner.mode == ScannerMode::evdev) {
        scanner.device = table.need_text("device");
        if (!scanner.device.empty())
            names.talk_to(device.called, scanner.device, table.line("device"));
        scanner.layout = table.choice<std::string>("layout", "", {{"us", "us"}, {"de", "de"}});
        scanner.gs_alt_code = table.flag("gs_alt_code", scanner.gs_alt_code);
        scanner.gs_ctrl = table.flag("gs_ctrl", scanner.gs_ctrl);
        table.finish();
        return into.scanners.push_back(std::move(scanner));
    }
    scanner.protocol = table.choice<std::string>("protocol", "",
                                                 {{"line", "line"},
                                                  {"honeywell", "honeywell"},
                                                  {"ssi", "ssi"},
                                                  {"dataman", "dataman"},
                                                  {"keyence_sr", "keyence_sr"}});
    scanner.answer_within_ms = table.whole_int("answer_within_ms", 0, 0, 90'000);
    if (scanner.mode == ScannerMode::serial) {
        scanner.serial = read_serial(table);
        scanner.flow = read_flow(table);
        if (scanner.serial.device.empty())
            table.missing("serial", "a device, as in \"/dev/serial/by-id/...\"");
        else
            names.talk_to(device.called, scanner.serial.device, table.line("serial"));
    } else {
        read_socket(table, device.called, names, scanner);
    }
    table.finish();
    into.scanners.push_back(std::move(scanner));
}

}  // namespace kemas::settings
