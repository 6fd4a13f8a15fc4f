#include "settings/devices.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "settings/device_parts.hpp"
#include "settings/lines.hpp"
#include "settings/printers.hpp"
#include "settings/sections.hpp"

namespace kemas::settings {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 64;

}  // namespace
DeviceName read_name(TableReader& table, const std::string& kind, Names& names) {
    auto name = table.need_text("name");
    if (name.size() > longest_name) table.wrong("name", "is too long", "at most 64 bytes");
    names.declare(kind, name, table.line("name"));
    return {name, kind + " \"" + name + "\""};
}

SerialSettings read_serial(TableReader& table) {
    SerialSettings serial;
    serial.device = table.text("serial");
    serial.baud = table.whole_int("baud", 0, 300, 921'600);
    constexpr std::array<int, 12> bauds{0,     1200,  2400,   4800,   9600,   19200,
                                        38400, 57600, 115200, 230400, 460800, 921600};
    if (std::find(bauds.begin(), bauds.end(), serial.baud) == bauds.end())
        table.wrong("baud", "is " + std::to_string(serial.baud),
                    "one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, "
                    "921600");
    serial.parity = table.choice<char>("parity", 0, {{"none", 'N'}, {"even", 'E'}, {"odd", 'O'}});
    serial.data_bits = table.whole_int("data_bits", 0, 7, 8);
    serial.stop_bits = table.whole_int("stop_bits", 0, 1, 2);
    return serial;
}

char read_flow(TableReader& table) {
    return table.choice<char>("flow", 0, {{"none", 'N'}, {"rts_cts", 'R'}, {"xon_xoff", 'X'}});
}

namespace {

std::string peer(const std::string& host, int port) {
    return host + ":" + std::to_string(port);
}

}  // namespace

// The table as it stands in the file, and the bytes of its profile.
std::string as_written(const toml::table& table, const fs::path& folder) {
    std::ostringstream text;
    text << table;
    if (const auto profile = table["profile"].value<std::string>()) {
        std::ifstream file(beside(folder, *profile), std::ios::binary);
        text << "\n" << file.rdbuf();
    }
    return text.str();
}

namespace {

void read_station(TableReader& table, Names& names, Settings& into) {
    const auto [name, called] = read_name(table, "station", names);
    StationPlan plan;
    plan.name = name;
    plan.kind = table.choice<StationKind>("kind", StationKind::bench,
                                          {{"bench", StationKind::bench},
                                           {"pick", StationKind::pick},
                                           {"dock", StationKind::dock},
                                           {"returns", StationKind::returns}});
    plan.printer = table.text("printer");
    plan.scale = table.text("scale");
    using Print = Policy::Print;
    if (table.has("print"))
        into.site.policy.print_at[name] = table.choice<Print>(
            "print", Print::lenient, {{"lenient", Print::lenient}, {"strict", Print::strict}});
    names.use("printer", plan.printer, called, table.line("printer"));
    names.use("scale", plan.scale, called, table.line("scale"));
    for (const auto& [other, theirs] : into.site.stations)
        if (!plan.scale.empty() && theirs.scale == plan.scale && other != name)
            table.wrong("scale", "is \"" + plan.scale + "\", which station \"" + other + "\" has",
                        "a scale of its own");
    table.finish();
    if (!name.empty()) into.site.stations.emplace(name, std::move(plan));
}

void read_scale(TableReader& table, const fs::path& folder, Names& names, Settings& into) {
    const auto [name, called] = read_name(table, "scale", names);
    ScaleSettings scale;
    scale.name = name;
    scale.profile = beside(folder, table.need_text("profile"));
    if (!scale.profile.empty() && !fs::is_regular_file(scale.profile))
        table.wrong("profile", "is \"" + scale.profile + "\", which does not exist",
                    "a profile's file, as in firmware-profiles/scale");
    scale.serial = read_serial(table);
    scale.hidraw = table.text("hidraw");
    if (!scale.hidraw.empty() && !scale.serial.device.empty())
        table.wrong("hidraw", "is set beside serial", "one of the two: the scale has one line");
    if (!scale.hidraw.empty()) scale.serial.device = scale.hidraw;
    scale.ask_tare = table.choice<bool>("tare", true, {{"ask", true}, {"never", false}});
    const bool by_wire = !scale.serial.device.empty();
    scale.host = by_wire ? table.text("host") : table.need_text("host");
    if (by_wire && !scale.host.empty())
        table.wrong("host", "is set beside serial", "one of the two: the scale has one line");
    scale.port = table.whole_int("port", scale.port, 1, 65535);
    scale.unit = table.whole_int("unit", scale.unit, 0, 255);
    const auto line = by_wire ? scale.serial.device : peer(scale.host, scale.port);
    const auto* key = !scale.hidraw.empty() ? "hidraw"
                      : by_wire             ? "serial"
                      : table.has("port")   ? "port"
                                            : "host";
    if (by_wire || !scale.host.empty())
        names.talk_to(called, line + " unit " + std::to_string(scale.unit), table.line(key));
    for (const auto& other : into.scales)
        if (by_wire && other.serial.device == scale.serial.device && other.serial != scale.serial)
            table.wrong("serial", "is the line of scale \"" + other.name + "\", set differently",
                        "the same baud, parity, data_bits and stop_bits on one line");
    scale.decimals = table.whole_int("decimals", scale.decimals, 0, 6);
    scale.weight_unit = table.choice<std::string>(
        "weight_unit", "",
        {{"mg", "mg"}, {"g", "g"}, {"kg", "kg"}, {"t", "t"}, {"lb", "lb"}, {"oz", "oz"}});
    scale.division = table.text("division");
    if (scale.division.find_first_not_of("0123456789.") != std::string::npos)
        table.wrong("division", "is \"" + scale.division + "\"",
                    "a number in the scale's unit, as in \"0.005\"");
    scale.poll_ms = table.whole_int("poll_ms", scale.poll_ms, 5, 10'000);
    scale.min_readings = table.whole_int("min_readings", scale.min_readings, 1, 1000);
    scale.min_span_ms = table.whole_int("min_span_ms", scale.min_span_ms, 0, 60'000);
    scale.max_age_ms = table.whole_int("max_age_ms", scale.max_age_ms, 10, 60'000);
    if (scale.max_age_ms <= scale.poll_ms)
        table.wrong(table.has("max_age_ms") ? "max_age_ms" : "poll_ms",
                    "makes every reading stale before the next poll",
                    "max_age_ms larger than poll_ms");
    scale.calibration_due = table.date("calibration_due");
    scale.refuse_uncalibrated =
        table.choice<bool>("calibration", false, {{"warn", false}, {"refuse", true}});
    if (table.has("calibration") && scale.calibration_due.empty())
        table.wrong("calibration", "is set without a date",
                    "calibration_due = 2027-01-31 beside it");
    table.finish();

    for (const auto& [station, plan] : into.site.stations)
        if (plan.scale == name) scale.station = station;
    if (scale.station.empty() && !name.empty())
        table.wrong("name", "is \"" + name + "\", which no station has",
                    "a [[station]] with scale = \"" + name + "\"");
    into.scales.push_back(std::move(scale));
}

}  // namespace

void read_devices(TableReader& root, const fs::path& folder, Names& names, Settings& into) {
    auto& mistakes = root.mistakes();
    for (const auto* each : root.tables("station")) {
        TableReader table(*each, "[[station]]", mistakes);
        read_station(table, names, into);
    }
    for (const auto* each : root.tables("scanner")) {
        TableReader table(*each, "[[scanner]]", mistakes);
        const auto [name, called] = read_name(table, "scanner", names);
        read_scanner(table, {name, called, folder}, names, into);
        into.scanners.back().written = as_written(*each, folder);
    }
    for (const auto* each : root.tables("scale")) {
        TableReader table(*each, "[[scale]]", mistakes);
        read_scale(table, folder, names, into);
        auto& scale = into.scales.back();
        scale.written = "station " + scale.station + "\n" + as_written(*each, folder);
    }
    for (const auto* each : root.tables("printer")) {
        TableReader table(*each, "[[printer]]", mistakes);
        read_printer(table, folder, names, into);
        into.printers.back().written = as_written(*each, folder);
    }
    read_lines(root, folder, names, into);
}

}  // namespace kemas::settings
