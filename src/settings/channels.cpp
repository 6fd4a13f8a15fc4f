#include "settings/channels.hpp"

#include <algorithm>
#include <fstream>

#include "settings/lines.hpp"
#include "settings/sections.hpp"
#include "settings/service_url.hpp"

namespace kemas::settings {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_key = 4096;

// The first line of the key's file; mistakes are noted.
std::string read_key(TableReader& table, const fs::path& folder) {
    const auto path = beside(folder, table.text("key_file"));
    if (path.empty()) return "";
    const auto wrong = [&](const std::string& why) {
        table.wrong("key_file", "is \"" + path + "\", which " + why,
                    "a file with the key in its first line, for kemasd's user alone");
        return std::string{};
    };
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status)) return wrong("does not exist");
    if (!fs::is_regular_file(status)) return wrong("is no file");
    if ((status.permissions() & (fs::perms::others_read | fs::perms::others_write)) !=
        fs::perms::none)
        return wrong("everyone on this computer can read or write (chmod 600)");
    std::ifstream file(path, std::ios::binary);
    std::string key;
    if (!file || !std::getline(file, key)) return wrong("cannot be read, or is empty");
    if (!key.empty() && key.back() == '\r') key.pop_back();
    const bool clean = std::ranges::all_of(key, [](char c) { return c > ' ' && c <= '~'; });
    if (key.empty() || key.size() > longest_key || !clean)
        return wrong("holds no key of printable ASCII without spaces");
    return key;
}

std::vector<ChannelCall> read_calls(TableReader& events, FloorEvent event, std::string& seen) {
    const auto name = to_text(event);
    std::vector<ChannelCall> calls;
    for (const auto& word : events.texts(name)) {
        const auto call = channel_call(word);
        if (!call) {
            events.wrong(name, "names \"" + word + "\"",
                         "calls of \"parameters\", \"arrange\", \"number\", \"label\", \"packed\", "
                         "\"ready_to_ship\", \"handed_over\"");
            continue;
        }
        if (seen.find(" " + word + " ") != std::string::npos)
            events.wrong(name, "names \"" + word + "\", which stands under another event, too",
                         "each call once");
        seen += word + " ";
        calls.push_back(*call);
    }
    return calls;
}

// Without [channel.events]: as docs/channels.md has it. With it: what it does not name triggers
// nothing.
void read_events(TableReader& table, ChannelPlan& plan) {
    plan.events = usual_channel_events();
    const auto* found = table.table("events");
    if (!found) return;
    TableReader events(*found, "[channel.events]", table.mistakes());
    std::string seen = " ";
    for (int i = 0; i < kFloorEvents; ++i) {
        const auto event = static_cast<FloorEvent>(i);
        plan.events[event] = read_calls(events, event, seen);
    }
    events.finish();
    const auto has = [&](const char* word) {
        return seen.find(std::string(" ") + word + " ") != std::string::npos;
    };
    if (has("arrange") && !has("parameters"))
        table.wrong("events", "triggers arrange and never parameters",
                    "\"parameters\" before \"arrange\"");
}

void read_channel(TableReader& table, const fs::path& folder, std::string written, Settings& into) {
    ChannelSettings channel;
    ChannelPlan plan;
    channel.name = table.need_text("name");
    if (const auto shop = table.text("shop"); !shop.empty()) channel.name += "/" + shop;
    channel.url = read_service_url(table);
    channel.key = read_key(table, folder);
    channel.limits = read_service_limits(table);
    channel.rate_per_s = table.whole_int("rate_per_s", channel.rate_per_s, 1, 1000);
    channel.poll_ms = table.whole_int("poll_s", channel.poll_ms / 1000, 1, 3600) * 1000;
    plan.horizon.value = table.whole("horizon_s", plan.horizon.value / 1000, 1, 86'400) * 1000;
    plan.method = table.choice<std::string>("method", plan.method,
                                            {{"pickup", "pickup"}, {"dropoff", "dropoff"}});
    read_events(table, plan);
    channel.written = std::move(written) + channel.key;
    table.finish();
    if (table.text("name").empty()) return;
    if (!into.site.policy.channels.emplace(channel.name, std::move(plan)).second)
        return table.wrong("name", "is \"" + channel.name + "\", which is there already",
                           "each channel (and shop) once");
    into.channels.push_back(std::move(channel));
}

}  // namespace

void read_channels(TableReader& root, const fs::path& folder, Settings& into) {
    for (const auto* each : root.tables("channel")) {
        TableReader table(*each, "[[channel]]", root.mistakes());
        read_channel(table, folder, as_written(*each, folder), into);
    }
}

}  // namespace kemas::settings
