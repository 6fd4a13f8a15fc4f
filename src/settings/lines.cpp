#include "settings/lines.hpp"

#include <algorithm>

#include "core/line/layout.hpp"
#include "settings/devices.hpp"
#include "settings/sections.hpp"

namespace kemas::settings {
namespace {

namespace fs = std::filesystem;
using line::Pulses;

constexpr std::int64_t kFurthest = 10'000'000;  // pulses

Pulses pulses(TableReader& table, std::string_view key, std::int64_t otherwise = 0) {
    return {table.whole(key, otherwise, 0, kFurthest)};
}

Pulses need_pulses(TableReader& table, std::string_view key) {
    if (!table.has(key)) table.missing(key, "a whole number of encoder pulses");
    return pulses(table, key);
}

// "JNE", "JNE/YES" or "*".
std::vector<line::Service> read_services(TableReader& table) {
    std::vector<line::Service> takes;
    for (const auto& word : table.texts("takes")) {
        const auto slash = word.find('/');
        const auto courier = word.substr(0, slash);
        if (courier.empty())
            table.wrong("takes", "holds \"" + word + "\"", "\"JNE\", \"JNE/YES\" or \"*\"");
        takes.push_back({courier, slash == std::string::npos ? "" : word.substr(slash + 1)});
    }
    return takes;
}

line::Lane read_lane(TableReader& table, const line::Layout& layout) {
    line::Lane lane;
    lane.name = table.need_text("name");
    const auto gate = table.need_text("gate");
    const auto eye = std::find_if(layout.eyes.begin(), layout.eyes.end(),
                                  [&](const line::Eye& each) { return each.name == gate; });
    lane.gate = static_cast<std::size_t>(eye - layout.eyes.begin());
    if (eye == layout.eyes.end() && !gate.empty())
        table.wrong("gate", "is \"" + gate + "\"", "the name of a [[line.eye]]");
    lane.divert_at = need_pulses(table, "divert_at");
    lane.seen_after = need_pulses(table, "seen_after");
    lane.window = need_pulses(table, "window");
    lane.takes = read_services(table);
    lane.fallback = table.texts("fallback");
    lane.recirculates = table.flag("recirculates", lane.recirculates);
    table.finish();
    return lane;
}

line::Layout read_layout(TableReader& table) {
    line::Layout layout;
    for (const auto* each : table.tables("eye")) {
        TableReader eye(*each, "[[line.eye]]", table.mistakes());
        layout.eyes.push_back(
            {eye.need_text("name"), need_pulses(eye, "at"), need_pulses(eye, "window")});
        eye.finish();
    }
    for (const auto* each : table.tables("reader")) {
        TableReader reader(*each, "[[line.reader]]", table.mistakes());
        layout.readers.push_back({reader.need_text("name"), need_pulses(reader, "at"),
                                  need_pulses(reader, "reach"),
                                  reader.flag("always_answers", true)});
        reader.finish();
    }
    for (const auto* each : table.tables("lane")) {
        TableReader lane(*each, "[[line.lane]]", table.mistakes());
        layout.lanes.push_back(read_lane(lane, layout));
    }
    layout.decide_at = need_pulses(table, "decide_at");
    layout.most_passes = table.whole_int("most_passes", layout.most_passes, 1, 100);
    layout.shortest_pitch = need_pulses(table, "shortest_pitch");
    layout.longest_body = need_pulses(table, "longest_body");
    layout.length_tolerance = pulses(table, "length_tolerance");
    layout.doubt = pulses(table, "doubt");
    layout.least_lead = pulses(table, "least_lead");
    layout.most_pulses_per_s = need_pulses(table, "most_pulses_per_s").value;
    layout.counter_bits = table.whole_int("counter_bits", layout.counter_bits, 16, 32);
    return layout;
}

void read_plc(TableReader& table, const DeviceName& who, const fs::path& folder, Names& names,
              LineSettings& line) {
    line.profile = beside(folder, table.need_text("profile"));
    if (!line.profile.empty() && !fs::is_regular_file(line.profile))
        table.wrong("profile", "is \"" + line.profile + "\", which does not exist",
                    "a profile's file, as in firmware-profiles/conveyor");
    line.serial = read_serial(table);
    const bool by_wire = !line.serial.device.empty();
    line.host = by_wire ? table.text("host") : table.need_text("host");
    if (by_wire && !line.host.empty())
        table.wrong("host", "is set beside serial", "one of the two: the PLC has one line");
    line.port = table.whole_int("port", line.port, 1, 65535);
    line.unit = table.whole_int("unit", line.unit, 0, 255);
    line.poll_ms = table.whole_int("poll_ms", line.poll_ms, 5, 100);
    const auto where = by_wire ? line.serial.device : line.host + ":" + std::to_string(line.port);
    if (by_wire || !line.host.empty())
        names.talk_to(who.called, where + " unit " + std::to_string(line.unit),
                      table.line(by_wire             ? "serial"
                                 : table.has("port") ? "port"
                                                     : "host"));
}

// A reader without a scanner never answers, and one with two answers twice.
void check_readers(TableReader& table, const std::string& name, const line::Layout& layout,
                   const std::vector<ScannerSettings>& scanners) {
    for (const auto& reader : layout.readers) {
        const auto count = std::count_if(scanners.begin(), scanners.end(), [&](const auto& each) {
            return each.line == name && each.reader == reader.name;
        });
        if (count != 1)
            table.wrong(
                "name",
                "has reader \"" + reader.name + "\" with " + std::to_string(count) + " scanners",
                "one [[scanner]] with line = \"" + name + "\" and reader = \"" + reader.name +
                    "\"");
    }
}

}  // namespace

void read_lines(TableReader& root, const fs::path& folder, Names& names, Settings& into) {
    for (const auto* each : root.tables("line")) {
        TableReader table(*each, "[[line]]", root.mistakes());
        const auto who = read_name(table, "line", names);
        LineSettings line;
        line.name = who.name;
        line.written = as_written(*each, folder);
        read_plc(table, who, folder, names, line);
        auto layout = read_layout(table);
        for (const auto& reader : layout.readers)
            names.declare("reader", line.name + "/" + reader.name, table.line("name"));
        check_readers(table, line.name, layout, into.scanners);
        table.finish();
        if (root.mistakes().empty())
            if (const auto sound = line::check(layout); !sound)
                table.wrong("name", "cannot run: " + sound.error().what, "a layout that can");
        into.site.policy.lines.emplace(line.name, std::move(layout));
        into.lines.push_back(std::move(line));
    }
}

}  // namespace kemas::settings
