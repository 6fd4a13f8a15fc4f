#include "settings/service_url.hpp"

#include "settings/sections.hpp"

namespace kemas::settings {
namespace {

constexpr std::string_view https = "https://", http = "http://";

bool is_url(std::string_view url) {
    if (!url.starts_with(https) && !url.starts_with(http)) return false;
    const auto rest = url.substr(url.starts_with(https) ? https.size() : http.size());
    if (rest.empty() || rest.front() == '/' || rest.back() == '/') return false;
    for (const char c : rest)
        if (c <= ' ' || c > '~' || c == '@' || c == '?' || c == '#' || c == '"') return false;
    return true;
}

}  // namespace

std::string read_service_url(TableReader& table) {
    const auto url = table.need_text("url");
    if (!url.empty() && !is_url(url))
        table.wrong("url", "is \"" + url + "\"",
                    "an address without a slash at its end, as in \"https://api.example/v1\"");
    const auto host = url.substr(std::min(url.size(), http.size()));
    if (url.starts_with(http) && !is_loopback(host.substr(0, host.find_first_of(":/"))))
        table.wrong("url", "is \"" + url + "\", readable by everyone on the way",
                    "https, or an address of this computer");
    return url;
}

ServiceLimits read_service_limits(TableReader& table) {
    ServiceLimits limits;
    limits.deadline_ms = table.whole_int("deadline_ms", limits.deadline_ms, 100, 120'000);
    limits.at_once = table.whole_int("at_once", limits.at_once, 1, 64);
    limits.breaker_failures = table.whole_int("breaker_failures", limits.breaker_failures, 1, 1000);
    limits.breaker_open_ms =
        table.whole_int("breaker_open_ms", limits.breaker_open_ms, 100, 300'000);
    return limits;
}

}  // namespace kemas::settings
