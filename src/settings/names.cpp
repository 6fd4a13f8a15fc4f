#include "settings/names.hpp"

namespace kemas::settings {
namespace {

bool is_any(const std::string& host) {
    return host == "0.0.0.0" || host == "::" || host.empty();
}

bool overlap(const std::string& a, const std::string& b) {
    return a == b || is_any(a) || is_any(b);
}

}  // namespace

void Names::declare(const std::string& kind, const std::string& name, int line) {
    if (name.empty()) return;  // already noted
    const auto [at, is_new] = declared_[kind].emplace(name, line);
    if (!is_new)
        mistakes_.add(line, kind + " \"" + name + "\" is named twice (first in line " +
                                std::to_string(at->second) + "), expected a name of its own");
}

void Names::use(const std::string& kind, const std::string& name, const std::string& whose,
                int line) {
    if (!name.empty()) uses_.push_back({kind, name, whose, line});
}

void Names::listen(const std::string& whose, const std::string& host, int port, int line) {
    if (port == 0) return;
    for (const auto& other : listeners_) {
        if (other.port != port || !overlap(other.host, host)) continue;
        mistakes_.add(line, "port " + std::to_string(port) + " of " + whose + " is taken by " +
                                other.whose + " in line " + std::to_string(other.line) +
                                ", expected a port of its own");
        return;
    }
    listeners_.push_back({whose, host, port, line});
}

void Names::talk_to(const std::string& whose, const std::string& where, int line) {
    const auto [at, is_new] = peers_.emplace(where, std::pair{whose, line});
    if (is_new) return;
    const auto& [other, other_line] = at->second;
    mistakes_.add(line, whose + " has the address " + where + " of " + other + " in line " +
                            std::to_string(other_line) + ", expected an address of its own");
}

void Names::check_uses() {
    for (const auto& use : uses_) {
        const auto& known = declared_[use.kind];
        if (known.contains(use.name)) continue;
        std::string names;
        for (const auto& [name, line] : known) names += (names.empty() ? "" : ", ") + name;
        mistakes_.add(use.line, use.whose + " names " + use.kind + " \"" + use.name +
                                    "\", which does not exist, expected one of: " +
                                    (names.empty() ? "(none is configured)" : names));
    }
}

}  // namespace kemas::settings
