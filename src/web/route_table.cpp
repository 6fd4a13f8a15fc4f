#include "web/route_table.hpp"

#include <algorithm>
#include <cassert>

#include "web/text.hpp"

namespace kemas::web {

namespace {

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    for (std::size_t at = 0; at < path.size();) {  // every segment follows a slash
        const auto end = path.find('/', at + 1);
        segments.push_back(path.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
        at = end == std::string_view::npos ? path.size() : end;
    }
    return segments;
}

bool is_name(std::string_view segment) {
    return segment.starts_with('{');
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
    return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                      [](const std::string& want, std::string_view got) {
                          return is_name(want) ? !got.empty() : want == got;
                      });
}

}  // namespace

void RouteTable::add(Method method, std::string_view pattern, Route route) {
    assert(pattern.starts_with('/') && route.handler);
    const auto parts = split(pattern);
    Methods* methods = nullptr;
    if (std::none_of(parts.begin(), parts.end(), is_name)) {
        methods = &exact_[std::string(pattern)];
    } else {
        std::vector<std::string> segments(parts.begin(), parts.end());
        auto known = std::find_if(patterns_.begin(), patterns_.end(),
                                  [&](const Pattern& p) { return p.segments == segments; });
        if (known == patterns_.end()) {
            patterns_.emplace_back();
            known = patterns_.end() - 1;
            known->segments = std::move(segments);
        }
        methods = &known->methods;
    }
    auto& slot = (*methods)[static_cast<std::size_t>(method)];
    assert(!slot);
    slot = std::make_unique<Route>(std::move(route));
}

RouteTable::Match RouteTable::match_methods(const Methods& methods, Method method) {
    const auto slot = [&](Method m) { return methods[static_cast<std::size_t>(m)].get(); };
    Match match;
    match.path_known = true;
    match.route = slot(method);
    if (!match.route && method == Method::head) match.route = slot(Method::get);
    if (match.route) return match;
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (!methods[i]) continue;
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += name_of(static_cast<Method>(i));
        if (static_cast<Method>(i) == Method::get && !slot(Method::head)) match.allow += ", HEAD";
    }
    return match;
}

RouteTable::Match RouteTable::find(Method method, std::string_view path) const {
    if (const auto found = exact_.find(path); found != exact_.end()) {
        return match_methods(found->second, method);
    }
    const auto parts = split(path);
    const Pattern* best = nullptr;
    for (const auto& pattern : patterns_) {
        if (!fits(pattern.segments, parts)) continue;
        // '{' sorts after every letter, so the smaller pattern has text where the other has a name.
        if (!best || pattern.segments < best->segments) best = &pattern;
    }
    if (!best) return {};
    Match match = match_methods(best->methods, method);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& want = best->segments[i];
        if (!is_name(want)) continue;
        auto value = percent_decode(parts[i], Plus::stays);
        match.bad_escape = match.bad_escape || !value;
        match.params.emplace_back(want.substr(1, want.size() - 2), value.value_or(""));
    }
    return match;
}

}  // namespace kemas::web
