#include "drivers/sim/courier_world.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "core/numbers/rule.hpp"

namespace kemas::sim {
namespace json = boost::json;
namespace {

numbers::Rule s10() {
    numbers::Rule rule;
    rule.shapes = {"[@@]#(8)+[@@]"};
    rule.method = numbers::Method::s10;
    return rule;
}

json::value money(std::int64_t amount, const std::string& currency) {
    if (amount == 0) return nullptr;
    return json::object{{"amount", amount}, {"currency", currency}};
}

json::object shipment(const CourierWorld::Made& made, const std::string& currency) {
    return {{"reference", made.reference},         {"service", made.service},
            {"tracking_number", made.number},      {"postal_code", made.postal_code},
            {"weight_g", made.weight_g},           {"cod", money(made.cod, currency)},
            {"cost", money(made.cost, currency)},  {"status", made.voided ? "void" : "live"},
            {"void_until", "2099-01-01T00:00:00Z"}};
}

CourierReply reply(int status, const json::object& body) {
    CourierReply answer;
    answer.status = status;
    answer.body = json::serialize(body);
    return answer;
}

CourierReply refusal(int status, const char* field, const std::string& reason) {
    return reply(status, {{"error", json::object{{"field", field}, {"reason", reason}}}});
}

CourierReply none() {
    CourierReply answer;
    answer.status = 0;
    return answer;
}

CourierReply text(int status, std::string body) {
    CourierReply answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.content_type = "text/html";
    return answer;
}

std::int64_t amount_in(const json::object& body, const char* name) {
    const auto* value = body.if_contains(name);
    return value && value->is_object() ? value->at("amount").to_number<std::int64_t>() : 0;
}

std::string between(const std::string& path, std::string_view before, std::string_view after) {
    return path.substr(before.size(), path.size() - before.size() - after.size());
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view signs =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 |
                    (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += at + i <= bytes.size() ? signs[group >> (18 - 6 * i) & 63U] : '=';
    }
    return text;
}

constexpr std::string_view kShipments = "/shipments", kUnder = "/shipments/", kVoid = "/void",
                           kLabel = "/label", kEvents = "/events";

}  // namespace

std::string CourierWorld::next_number() {
    static const auto rule = s10();
    const auto serial = std::to_string(10'000'000 + made_.size());
    for (char digit = '0'; digit <= '9'; ++digit) {
        const auto number = "KS" + serial + digit + "ID";
        if (numbers::refusal_of(rule, number).empty()) return number;
    }
    return "";
}

Mishap CourierWorld::draw() {
    if (!next_.empty()) {
        const auto mishap = next_.front();
        next_.erase(next_.begin());
        return mishap;
    }
    if (!chance_.hit(options_.mishaps)) return Mishap::none;
    const int last = options_.lies ? kMishaps : kMishaps - 1;
    return static_cast<Mishap>(1 + chance_.below(last - 1));
}

CourierReply CourierWorld::answer(const CourierCall& call, Instant now) {
    ++calls_;
    if (down_) {
        ++mishaps_;
        auto answer = none();
        answer.arrived = false;
        return answer;
    }
    const auto mishap = draw();
    if (mishap != Mishap::none) ++mishaps_;
    CourierReply answer;
    switch (mishap) {
        case Mishap::lost_before:
            answer = none();
            break;
        case Mishap::error_before:
            answer = text(500, "<h1>Internal Server Error</h1>");
            break;
        case Mishap::busy:
            answer = text(429, "slow down");
            answer.retry_after_s = 2;
            break;
        default:
            if (call.method == "POST" && call.path == kShipments)
                answer = create(call, now, mishap);
            else if (call.method == "GET" && call.path == kShipments)
                answer = find(call, now, mishap);
            else if (call.method == "POST" && call.path.ends_with(kVoid))
                answer = revoke(between(call.path, kUnder, kVoid), now);
            else if (call.path.ends_with(kLabel))
                answer = label(between(call.path, kUnder, kLabel), now);
            else if (call.path.ends_with(kEvents))
                answer =
                    reply(200, {{"events", json::array{json::object{{"at", "2026-11-22T01:00:00Z"},
                                                                    {"status", "picked_up"},
                                                                    {"place", "Cikarang"}}}}});
            else
                answer = text(404, "not here");
            break;
    }
    if (mishap == Mishap::lost_after || mishap == Mishap::late) answer = none();
    if (mishap == Mishap::error_after) answer = text(500, "<h1>Internal Server Error</h1>");
    if (mishap == Mishap::nonsense) answer.body = "{\"shipment\": [1, 2";
    if (mishap == Mishap::huge) answer.body.append(std::size_t{3} << 20, ' ');
    answer.mishap = mishap;
    return answer;
}

CourierReply CourierWorld::create(const CourierCall& call, Instant now, Mishap mishap) {
    boost::system::error_code error;
    const auto tree = json::parse(call.body, error);
    if (error || !tree.is_object()) return refusal(422, "body", "is no JSON object");
    const auto& body = tree.as_object();
    const auto& to = body.at("ship_to").as_object();
    Made made;
    made.reference = std::string(body.at("reference").as_string());
    made.service = std::string(body.at("service").as_string());
    made.postal_code = std::string(to.at("postal_code").as_string());
    made.consignee = std::string(to.at("name").as_string());
    made.weight_g = body.at("weight_g").to_number<std::int64_t>();
    made.cod = amount_in(body, "cod");
    made.cost = 9'000;
    made.at = mishap == Mishap::late ? now + Instant{options_.late_by.value} : now;
    if (std::ranges::find(options_.refuses, made.postal_code) != options_.refuses.end())
        return refusal(422, "ship_to.postal_code", made.postal_code + " is not served");
    for (auto& known : made_)
        if (options_.idempotent && known.reference == made.reference) {
            known.at = std::min(known.at, made.at);
            return reply(200, {{"shipment", shipment(known, options_.currency)}});
        }
    made.number = next_number();
    made_.push_back(made);
    if (mishap == Mishap::doubled) {
        made.number = next_number();
        made_.push_back(made);
    }
    auto told = made;
    if (mishap == Mishap::wrong_reference) told.reference = "SOMEBODY-ELSE";
    if (mishap == Mishap::wrong_digit) told.number[10] = told.number[10] == '9' ? '0' : '9';
    const auto currency = mishap == Mishap::other_currency ? "USD" : options_.currency;
    return reply(201, {{"shipment", shipment(told, currency)}});
}

CourierReply CourierWorld::find(const CourierCall& call, Instant now, Mishap) {
    json::array found;
    for (const auto& made : made_)
        if (made.reference == call.reference && made.at <= now)
            found.push_back(shipment(made, options_.currency));
    return reply(200, {{"shipments", std::move(found)}});
}

CourierReply CourierWorld::revoke(const std::string& reference, Instant now) {
    for (auto& made : made_) {
        if (made.reference != reference || made.at > now) continue;
        if (std::ranges::find(picked_up_, made.number) != picked_up_.end())
            return refusal(409, "status", "is picked up already: only by return");
        made.voided = true;
        return reply(200, {{"shipment", shipment(made, options_.currency)}, {"refund", "full"}});
    }
    return text(404, "not here");
}

// As couriers' labels are: its own marks, and commands of a printer that is not ours.
CourierReply CourierWorld::label(const std::string& reference, Instant now) const {
    for (const auto& made : made_) {
        if (made.reference != reference || made.at > now || made.voided) continue;
        const auto zpl = "^XA^MMT^PW812^LL1218^FO40,40^A0N,50,50^FDCOURIER " + made.service +
                         "^FS^FO40,140^BY3^BCN,200,Y,N,N^FD" + made.number +
                         "^FS^FO40,420^A0N,40,40^FD" + made.postal_code + "^FS^PQ1^XZ";
        return reply(200, {{"format", "zpl"}, {"bytes", base64(zpl)}});
    }
    return text(404, "not here");
}

std::vector<std::string> CourierWorld::live_under(const std::string& reference) const {
    std::vector<std::string> live;
    for (const auto& made : made_)
        if (made.reference == reference && !made.voided) live.push_back(made.number);
    return live;
}

void CourierWorld::void_number(const std::string& number) {
    for (auto& made : made_)
        if (made.number == number) made.voided = true;
}

bool CourierWorld::is_live(const std::string& number, const std::string& consignee) const {
    return std::ranges::any_of(made_, [&](const Made& made) {
        return made.number == number && made.consignee == consignee && !made.voided;
    });
}

void CourierWorld::pick_up(const std::string& number) {
    picked_up_.push_back(number);
}

std::map<std::string, int> CourierWorld::live_by_consignee() const {
    std::map<std::string, int> live;
    for (const auto& made : made_) live[made.consignee] += made.voided ? 0 : 1;
    return live;
}

}  // namespace kemas::sim
