#include "settings/lines.hpp"

#include <algorithm>

#include "core/line/layout.hpp"
#include "core/quantities.hpp"
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

// How to reach a Modbus device: a LineSettings' PLC or a ScaleSettings.
template <class Device>
void read_modbus(TableReader& table, const DeviceName& who, const fs::path& folder, Names& names,
                 const std::string& profiles, Device& device) {
    device.profile = beside(folder, table.need_text("profile"));
    if (!device.profile.empty() && !fs::is_regular_file(device.profile))
        table.wrong("profile", "is \"" + device.profile + "\", which does not exist",
                    "a profile's file, as in firmware-profiles/" + profiles);
    device.serial = read_serial(table);
    const bool by_wire = !device.serial.device.empty();
    device.host = by_wire ? table.text("host") : table.need_text("host");
    if (by_wire && !device.host.empty())
        table.wrong("host", "is set beside serial", "one of the two: the device has one line");
    device.port = table.whole_int("port", device.port, 1, 65535);
    device.unit = table.whole_int("unit", device.unit, 0, 255);
    const auto where =
        by_wire ? device.serial.device : device.host + ":" + std::to_string(device.port);
    if (by_wire || !device.host.empty())
        names.talk_to(who.called, where + " unit " + std::to_string(device.unit),
                      table.line(by_wire             ? "serial"
                                 : table.has("port") ? "port"
                                                     : "host"));
}

std::vector<weighing::Swing> read_swings(TableReader& table) {
    std::vector<weighing::Swing> swings;
    for (const auto* each : table.tables("swing")) {
        TableReader swing(*each, "[[line.scale.swing]]", table.mistakes());
        if (!swing.has("millihertz")) swing.missing("millihertz", "12000 for 12 Hz");
        swings.push_back(
            {swing.whole("millihertz", 0, 100, 1'000'000), swing.whole("decay_ms", 0, 0, 10'000)});
        swing.finish();
    }
    return swings;
}

std::vector<weighing::Range> read_ranges(TableReader& table) {
    std::vector<weighing::Range> ranges;
    for (const auto* each : table.tables("range")) {
        TableReader range(*each, "[[line.scale.range]]", table.mistakes());
        const auto up_to = range.whole("up_to_g", 0, 1, 1'000'000);
        const auto division = range.whole("division_mg", 0, 1, 1'000'000);
        for (const auto* key : {"up_to_g", "division_mg"})
            if (!range.has(key)) range.missing(key, "a whole number above 0");
        if (!ranges.empty() && grams(up_to) <= ranges.back().up_to)
            range.wrong("up_to_g", "is not above the range before", "ranges from small to large");
        ranges.push_back({grams(up_to), Milligrams{division}});
        range.finish();
    }
    if (ranges.empty())
        table.missing("range", "[[line.scale.range]] with up_to_g and division_mg (e)");
    return ranges;
}

// What the weighing asks of its rules, in the words of the file.
void check_rules(TableReader& table, const weighing::InMotionRules& rules) {
    const auto samples = std::int64_t{rules.rate_hz} * rules.dwell_ms / 1000;
    if (samples <= static_cast<std::int64_t>(8 * rules.swings.size()) || samples < 4)
        table.wrong("dwell_ms", "gives " + std::to_string(samples) + " samples",
                    "4 at least, and more than 8 for each swing");
    for (const auto& swing : rules.swings)
        if (swing.millihertz * 4 > rules.rate_hz * std::int64_t{1000})
            table.wrong("rate_hz", "is below 4 times a swing's frequency",
                        "a faster scale, or without that swing");
}

void read_line_scale(TableReader& line_table, const fs::path& folder, Names& names,
                     LineSettings& line, line::Layout& layout) {
    const auto* const part = line_table.table("scale");
    if (!part) return;
    TableReader table(*part, "[line.scale]", line_table.mistakes());
    const auto who = read_name(table, "scale", names);
    LineScaleSettings scale;
    auto& device = scale.device;
    device.name = who.name;
    read_modbus(table, who, folder, names, "scale", device);
    device.written = as_written(*part, folder);
    line.written += "\n" + device.written;  // a changed scale is a changed line
    device.poll_ms = table.whole_int("poll_ms", 10, 5, 1000);
    device.decimals = table.whole_int("decimals", device.decimals, 0, 6);
    device.weight_unit = table.choice<std::string>(
        "weight_unit", "",
        {{"mg", "mg"}, {"g", "g"}, {"kg", "kg"}, {"t", "t"}, {"lb", "lb"}, {"oz", "oz"}});
    device.division = table.text("division");
    auto& rules = scale.rules;
    rules.rate_hz = table.whole_int("rate_hz", 1000 / device.poll_ms, 1, 1000);
    rules.dwell_ms = table.whole_int("dwell_ms", rules.dwell_ms, 20, 5000);
    rules.swings = read_swings(table);
    rules.ranges = read_ranges(table);
    rules.min_load_divisions =
        table.whole("min_load_divisions", rules.min_load_divisions, 0, 10'000);
    rules.most_residual_hundredths =
        table.whole("most_residual_hundredths", rules.most_residual_hundredths, 1, 100'000);
    rules.most_residual_ppm =
        table.whole("most_residual_ppm", rules.most_residual_ppm, 0, 1'000'000);
    scale.longest_gap_ms = table.whole_int("longest_gap_ms", 3 * device.poll_ms, 1, 1000);
    layout.plate = line::Plate{need_pulses(table, "from"), need_pulses(table, "to")};
    layout.scale = line::Reader{who.name, layout.plate->to, Pulses{1}, true};
    check_rules(table, rules);
    table.finish();
    line.scale = std::move(scale);
}

void read_line_feeds(TableReader& line_table, const fs::path& folder, Names& names,
                     LineSettings& line) {
    for (const auto* each : line_table.tables("feed")) {
        TableReader table(*each, "[[line.feed]]", line_table.mistakes());
        const auto who = read_name(table, "feed", names);
        LineFeedSettings feed;
        feed.name = who.name;
        read_modbus(table, who, folder, names, "conveyor", feed);
        feed.poll_ms = table.whole_int("poll_ms", feed.poll_ms, 20, 5000);
        table.finish();
        line.written += "\n" + as_written(*each, folder);
        line.feeds.push_back(std::move(feed));
    }
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
        read_modbus(table, who, folder, names, "conveyor", line);
        line.poll_ms = table.whole_int("poll_ms", line.poll_ms, 5, 100);
        auto layout = read_layout(table);
        read_line_scale(table, folder, names, line, layout);
        read_line_feeds(table, folder, names, line);
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
