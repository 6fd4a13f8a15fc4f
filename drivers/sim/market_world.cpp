#include "drivers/sim/market_world.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "drivers/sim/text_time.hpp"

namespace kemas::sim {
namespace json = boost::json;
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::string_view kPackages = "/packages/";

ServiceReply refusal(const char* field, const char* reason) {
    return refusal_reply(409, field, reason);
}

const char* progress(Instant at, Instant now) {
    if (!at.value) return "none";
    return at <= now ? "ready" : "making";
}

std::string label_zpl(const std::string& tracking) {
    return "^XA\n^CI28\n^PW800\n^LL1200\n^FO40,45^A0N,50,50^FDMARKET^FS\n^FO100,130^BY3^BCN,160,N,"
           "N,"
           "N^FD" +
           tracking + "^FS\n^FO100,305^A0N,40,40^FD" + tracking + "^FS\n^XZ\n";
}

std::string text_in(const std::string& body, const char* name) {
    boost::system::error_code error;
    const auto tree = json::parse(body, error);
    if (error || !tree.is_object()) return "";
    const auto* value = tree.as_object().if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : "";
}

json::object declared_json(const DeclaredLoad& load) {
    json::object to;
    if (load.weight.value) to["weight_g"] = load.weight.value / 1000;
    if (load.size != Size{})
        to["size_mm"] =
            json::array{load.size.length.value, load.size.width.value, load.size.height.value};
    return to;
}

json::object package_json(const MarketWorld::Package& p, Instant now) {
    const bool arranged = p.arranged_at.value && p.arranged_at <= now;
    const bool numbered = p.number_at.value && p.number_at <= now;
    json::object to{{"package_number", p.number},
                    {"order_number", p.order},
                    {"arrangement", arranged ? "ready" : "none"},
                    {"arrangement_no", arranged ? p.arrangement_no : 0},
                    {"method", p.method},
                    {"slot", arranged ? p.slot : ""},
                    {"courier", arranged ? "J&T" : ""},
                    {"service", arranged ? "EZ" : ""},
                    {"number", progress(p.number_at, now)},
                    {"label", progress(p.label_at, now)},
                    {"packed", p.packed > 0},
                    {"ready_to_ship", p.ready_to_ship > 0},
                    {"handed_over", p.handed_over > 0},
                    {"cancelled", p.cancelled}};
    if (numbered) to["tracking_number"] = p.tracking;
    if (json::object declared = declared_json(p.declared); !declared.empty())
        to["declared"] = std::move(declared);
    if (!p.cancel_id.empty())
        to["cancellation"] = json::object{{"id", p.cancel_id},
                                          {"state", p.cancel_state},
                                          {"reason", p.cancel_reason},
                                          {"answer_by", "2099-01-01T00:00:00Z"}};
    return to;
}

}  // namespace

std::string_view word_for(MarketMishap mishap) {
    constexpr std::array<std::string_view, kMarketMishaps> words{
        "none",        "lost_before",   "lost_after",    "late",       "error_before",
        "error_after", "busy",          "accepted",      "nonsense",   "huge",
        "wrong_type",  "second_number", "other_package", "other_label"};
    return words[static_cast<std::size_t>(mishap)];
}

MarketWorld::Package& MarketWorld::package(const std::string& number) {
    auto& package = packages_[number];
    if (!package.number.empty()) return package;
    package.number = number;
    package.order = number.starts_with("PKG") ? number.substr(3) : number;
    return package;
}

std::string MarketWorld::next_tracking() {
    return "JP" + std::to_string(1'000'000'000 + ++numbers_);
}

bool MarketWorld::over_rate(Instant now) {
    if (options_.rate_per_s == 0) return false;
    if (now.value - window_.value >= 1000) {
        window_ = now;
        in_window_ = 0;
    }
    return ++in_window_ > options_.rate_per_s;
}

ServiceReply MarketWorld::answer(const MarketCall& call, Instant now) {
    ++calls_;
    if (down_) return no_reply();
    const auto mishap =
        mishaps_.draw(chance_, options_.mishaps, options_.lies ? kMarketMishaps : kMarketHonest);
    if (mishap == MarketMishap::busy || over_rate(now)) return slow_down(1);
    if (mishap == MarketMishap::lost_before) return no_reply();
    if (mishap == MarketMishap::error_before) return server_error();
    auto done = act(call, now, mishap);
    switch (mishap) {
        case MarketMishap::lost_after:
        case MarketMishap::late:
            return no_reply();
        case MarketMishap::error_after:
            return server_error();
        case MarketMishap::accepted:
            if (call.method == "POST" && done.status == 200) return json_reply(202, {});
            return done;
        case MarketMishap::nonsense:
            done.body = "{\"package\": {\"package_number\": \"PK";
            return done;
        case MarketMishap::huge:
            done.body.append(std::size_t{3} << 20, ' ');
            return done;
        default:
            return done;
    }
}

ServiceReply MarketWorld::act(const MarketCall& call, Instant now, MarketMishap mishap) {
    if (call.path == "/attention") return attention(now);
    if (!call.path.starts_with(kPackages)) return text_reply(404, "not here");
    const auto rest = call.path.substr(kPackages.size());
    const auto slash = rest.find('/');
    auto& at = package(rest.substr(0, slash));
    const auto what = slash == std::string::npos ? "" : rest.substr(slash + 1);
    return act_on(at, what, call, now, mishap);
}

ServiceReply MarketWorld::act_on(Package& at, const std::string& what, const MarketCall& call,
                                 Instant now, MarketMishap mishap) {
    const bool arranged = at.arranged_at.value && at.arranged_at <= now;
    if (what == "parameters")
        return json_reply(
            200, {{"package_number", mishap == MarketMishap::other_package ? "PKGX" : at.number},
                  {"options",
                   json::array{json::object{
                       {"method", "pickup"},
                       {"address", "ADDR-1"},
                       {"slots",
                        json::array{json::object{{"id", "S-1"},
                                                 {"from", iso_of(now + Instant{hour_ms})},
                                                 {"to", iso_of(now + Instant{3 * hour_ms})}},
                                    json::object{{"id", "S-2"},
                                                 {"from", iso_of(now + Instant{4 * hour_ms})},
                                                 {"to", iso_of(now + Instant{6 * hour_ms})}}}}}}}});
    if (what == "arrange") return arrange(at, call, now, mishap);
    if (what == "label") return label(at, now, mishap);
    if (!what.empty() && what != "cancellation" && !arranged)
        return refusal("arrangement", "is not there yet");
    if (what == "number" && !at.number_at.value)
        at.number_at = now + Instant{options_.making.value};
    if (what == "slot") at.slot = text_in(call.body, "slot");
    if (what == "packed") ++at.packed;
    if (what == "ready-to-ship") ++at.ready_to_ship;
    if (what == "handed-over") ++at.handed_over;
    if (what == "cancellation" && text_in(call.body, "id") == at.cancel_id) {
        at.cancel_state = text_in(call.body, "answer");
        at.cancelled = at.cancel_state == "accepted";
    }
    return told(at, now,
                call.method == "GET" && mishap == MarketMishap::second_number ? MarketMishap::none
                                                                              : mishap);
}

ServiceReply MarketWorld::arrange(Package& at, const MarketCall& call, Instant now,
                                  MarketMishap mishap) {
    if (at.cancelled) return refusal("package_number", "is cancelled");
    ++at.arrangements;
    ++at.arrangement_no;
    at.method = text_in(call.body, "method");
    at.slot = text_in(call.body, "slot");
    at.tracking = next_tracking();
    at.arranged_at = mishap == MarketMishap::late ? now + Instant{options_.late_by.value} : now;
    at.number_at = at.arranged_at + Instant{options_.making.value};
    at.label_at = at.number_at + Instant{options_.making.value};
    return told(at, now, mishap);
}

ServiceReply MarketWorld::label(Package& at, Instant now, MarketMishap mishap) {
    if (!at.label_at.value) return refusal("label", "is not there: arrange the package first");
    if (at.label_at > now) {
        auto wait = json_reply(202, {});
        wait.retry_after_s = 1;
        return wait;
    }
    if (!at.rolled && chance_.hit(options_.cancels))
        cancel(at.number, "the buyer changed his mind");
    at.rolled = true;
    auto number = at.tracking;
    auto shown = at.tracking;
    if (mishap == MarketMishap::other_label) shown = "JP9999999999";
    if (mishap == MarketMishap::second_number) number = shown = "JP8888888888";
    at.label_given = at.label_given || mishap == MarketMishap::none;
    return json_reply(
        200, {{"package_number", mishap == MarketMishap::other_package ? "PKGX" : at.number},
              {"tracking_number",
               mishap == MarketMishap::wrong_type ? json::value(1234567890) : json::value(number)},
              {"format", "zpl"},
              {"bytes", to_base64(label_zpl(shown))}});
}

ServiceReply MarketWorld::told(const Package& at, Instant now, MarketMishap mishap) const {
    auto package = package_json(at, now);
    if (mishap == MarketMishap::wrong_type) package["tracking_number"] = 1'234'567'890;
    if (mishap == MarketMishap::other_package) package["package_number"] = "PKGX";
    if (mishap == MarketMishap::second_number && package.contains("tracking_number"))
        package["tracking_number"] = "JP7777777777";
    return json_reply(200, {{"package", std::move(package)}});
}

// Unanswered cancellations, and arrangements whose label nobody has fetched.
ServiceReply MarketWorld::attention(Instant now) {
    json::array list;
    for (const auto& [number, at] : packages_) {
        if (list.size() == 100) break;
        const bool anew = at.arrangement_no > 1 && at.arrangements == 1 && !at.label_given;
        if (at.cancel_state == "asked" || anew) list.push_back(package_json(at, now));
    }
    return json_reply(200, {{"packages", std::move(list)}});
}

void MarketWorld::cancel(const std::string& number, const std::string& reason) {
    auto& at = package(number);
    if (at.cancelled || at.cancel_state == "asked") return;
    at.cancel_id = "C-" + std::to_string(++cancels_);
    at.cancel_state = "asked";
    at.cancel_reason = reason;
}

void MarketWorld::arrange_anew(const std::string& number, Instant now) {
    auto& at = package(number);
    if (!at.arranged_at.value) return;
    ++at.arrangement_no;
    at.tracking = next_tracking();
    at.number_at = now;
    at.label_at = now;
    at.label_given = false;
}

}  // namespace kemas::sim
