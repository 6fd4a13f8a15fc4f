#include "drivers/sim/courier_world.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "core/numbers/rule.hpp"
#include "drivers/sim/label_paper.hpp"
#include "drivers/sim/text_time.hpp"

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

std::int64_t amount_in(const json::object& body, const char* name) {
    const auto* value = body.if_contains(name);
    return value && value->is_object() ? value->at("amount").to_number<std::int64_t>() : 0;
}

std::string between(const std::string& path, std::string_view before, std::string_view after) {
    return path.substr(before.size(), path.size() - before.size() - after.size());
}

constexpr std::string_view kShipments = "/shipments", kUnder = "/shipments/", kVoid = "/void",
                           kLabel = "/label", kEvents = "/events";

// Of "/shipments/REFERENCE/..."; "" = it has none.
std::string reference_in(const std::string& path) {
    if (!path.starts_with(kUnder)) return "";
    return path.substr(kUnder.size(), path.find('/', kUnder.size()) - kUnder.size());
}

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

Mishap CourierWorld::draw(const CourierCall& call) {
    if (call.method == "POST" && next_acts_.waiting()) return next_acts_.draw(chance_, 0, 1);
    return mishaps_.draw(chance_, options_.mishaps, options_.lies ? kMishaps - 1 : kMishaps - 2);
}

void CourierWorld::count(const std::string& reference) {
    for (auto& made : made_)
        if (made.reference == reference) ++made.asked;
}

ServiceReply CourierWorld::answer(const CourierCall& call, Instant now) {
    ++calls_;
    if (down_) {
        ++not_served_;
        auto answer = no_reply();
        answer.arrived = false;
        return answer;
    }
    const auto mishap = draw(call);
    count(call.reference.empty() ? reference_in(call.path) : call.reference);
    ServiceReply answer;
    switch (mishap) {
        case Mishap::lost_before:
            answer = no_reply();
            break;
        case Mishap::error_before:
            answer = server_error();
            break;
        case Mishap::busy:
            answer = slow_down(2);
            break;
        default:
            if (call.method == "POST" && call.path == kShipments)
                answer = create(call, now, mishap);
            else if (call.method == "GET" && call.path == kShipments)
                answer = find(call, now, mishap);
            else if (call.method == "POST" && call.path.ends_with(kVoid))
                answer = revoke(between(call.path, kUnder, kVoid), call.body, now);
            else if (call.path.ends_with(kLabel))
                answer = label(between(call.path, kUnder, kLabel), now);
            else if (call.path.ends_with(kEvents))
                answer = events(between(call.path, kUnder, kEvents), now);
            else
                answer = text_reply(404, "not here");
            break;
    }
    if (mishap == Mishap::lost_after || mishap == Mishap::late) answer = no_reply();
    if (mishap == Mishap::error_after) answer = server_error();
    if (mishap == Mishap::nonsense) answer.body = "{\"shipment\": [1, 2";
    if (mishap == Mishap::huge) answer.body.append(std::size_t{3} << 20, ' ');
    return answer;
}

ServiceReply CourierWorld::create(const CourierCall& call, Instant now, Mishap mishap) {
    boost::system::error_code error;
    const auto tree = json::parse(call.body, error);
    if (error || !tree.is_object()) return refusal_reply(422, "body", "is no JSON object");
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
        return refusal_reply(422, "ship_to.postal_code", made.postal_code + " is not served");
    for (auto& known : made_)
        if (options_.idempotent && known.reference == made.reference) {
            known.at = std::min(known.at, made.at);
            return json_reply(200, {{"shipment", shipment(known, options_.currency)}});
        }
    made.number = next_number();
    made_.push_back(made);
    auto told = made;
    if (mishap == Mishap::doubled || mishap == Mishap::doubled_late) {
        made.number = next_number();
        if (mishap == Mishap::doubled_late) made.at = now + Instant{options_.late_by.value};
        made_.push_back(made);
    }
    if (mishap == Mishap::doubled) told = made;
    if (mishap == Mishap::wrong_reference) told.reference = "SOMEBODY-ELSE";
    if (mishap == Mishap::wrong_digit) told.number[10] = told.number[10] == '9' ? '0' : '9';
    const auto currency = mishap == Mishap::other_currency ? "USD" : options_.currency;
    return json_reply(201, {{"shipment", shipment(told, currency)}});
}

ServiceReply CourierWorld::find(const CourierCall& call, Instant now, Mishap) {
    json::array found;
    for (const auto& made : made_)
        if (made.reference == call.reference && made.at <= now)
            found.push_back(shipment(made, options_.currency));
    return json_reply(200, {{"shipments", std::move(found)}});
}

// Its contract voids one number alone when it is named, else the reference's first.
ServiceReply CourierWorld::revoke(const std::string& reference, const std::string& body,
                                  Instant now) {
    boost::system::error_code error;
    const auto tree = json::parse(body.empty() ? "{}" : body, error);
    const auto* named =
        !error && tree.is_object() ? tree.as_object().if_contains("tracking_number") : nullptr;
    for (auto& made : made_) {
        if (made.reference != reference || made.at > now) continue;
        if (named && std::string(named->as_string()) != made.number) continue;
        if (std::ranges::find(picked_up_, made.number) != picked_up_.end())
            return refusal_reply(409, "status", "is picked up already: only by return");
        made.voided = true;
        return json_reply(200,
                          {{"shipment", shipment(made, options_.currency)}, {"refund", "full"}});
    }
    return text_reply(404, "not here");
}

// As couriers' labels are: its own marks, and commands of a printer that is not ours.
ServiceReply CourierWorld::label(const std::string& reference, Instant now) const {
    for (const auto& made : made_) {
        if (made.reference != reference || made.at > now || made.voided) continue;
        const auto number = label_number_.empty() ? made.number : label_number_;
        auto bytes = "^XA^MMT^PW812^LL1218^FO40,40^A0N,50,50^FDCOURIER " + made.service +
                     "^FS^FO40,140^BY3^BCN,200,Y,N,N^FD" + number + "^FS^FO40,420^A0N,40,40^FD" +
                     made.postal_code + "^FS^PQ1^XZ";
        if (options_.label_format != "zpl") bytes = label_paper(options_.label_format, number);
        return json_reply(200, {{"format", options_.label_format}, {"bytes", to_base64(bytes)}});
    }
    return text_reply(404, "not here");
}

ServiceReply CourierWorld::events(const std::string& reference, Instant now) const {
    constexpr std::array<const char*, 4> steps{"picked_up", "in_transit", "out_for_delivery",
                                               "delivered"};
    json::array list;
    const auto tell = [&](Instant at, const std::string& status, const std::string& place) {
        list.push_back(json::object{{"at", iso_of(at)}, {"status", status}, {"place", place}});
    };
    for (const auto& made : made_) {
        if (made.reference != reference || made.at > now) continue;
        for (std::size_t i = 0; options_.moves_every.value && i < steps.size(); ++i) {
            const auto at =
                made.at + Instant{options_.moves_every.value * (static_cast<std::int64_t>(i) + 1)};
            if (at <= now) tell(at, steps[i], "Cikarang");
        }
        for (const auto& event : made.events) tell(event.at, event.status, event.place);
        return json_reply(200, {{"events", std::move(list)}});
    }
    return text_reply(404, "not here");
}

void CourierWorld::move(const std::string& number, const std::string& status, Instant now) {
    for (auto& made : made_)
        if (made.number == number) made.events.push_back({now, status, "Cikarang"});
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
