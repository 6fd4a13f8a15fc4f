#include "courier/answer_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "http/answer.hpp"
#include "intake/json_fields.hpp"
#include "intake/label_bytes.hpp"

namespace kemas::courier {
namespace json = boost::json;
using http::object_of;
using http::plain_text;
using http::tracking_number;
using http::why_of;
using intake::FieldFaults;
using intake::JsonFields;

namespace {

constexpr std::size_t kMostFound = 100, kMostEvents = 1000;
constexpr std::int64_t kMostMoney = 1'000'000'000'000, kMostGrams = 10'000'000;

json::object money_json(Money money, const std::string& currency) {
    return {{"amount", money.value}, {"currency", currency}};
}

std::optional<Money> money(JsonFields& fields, std::string_view name, std::string& currency,
                           FieldFaults& faults) {
    const auto* object = fields.object(name);
    if (!object) return std::nullopt;
    JsonFields inner(*object, fields.path_of(name), faults);
    const Money amount{inner.required_integer("amount")};
    if (amount.value < 0 || amount.value > kMostMoney) inner.fault("amount", "is out of range");
    const auto code = plain_text(inner, "currency", true);
    if (!currency.empty() && code != currency)
        inner.fault("currency", "is " + code + " beside " + currency);
    currency = code;
    return amount;
}

GivenNumber given_from(const json::object& object, const std::string& path, FieldFaults& faults) {
    JsonFields fields(object, path, faults);
    GivenNumber given;
    given.reference = plain_text(fields, "reference", true);
    given.service = plain_text(fields, "service", true);
    given.number = tracking_number(fields, "tracking_number");
    given.postal_code = plain_text(fields, "postal_code", false);
    const auto weight_g = fields.required_integer("weight_g");
    if (weight_g < 0 || weight_g > kMostGrams) fields.fault("weight_g", "is out of range");
    given.weight = grams(weight_g);
    given.cod = money(fields, "cod", given.currency, faults);
    given.cost = money(fields, "cost", given.currency, faults);
    const auto status = plain_text(fields, "status", true);
    if (status != "live" && status != "void") fields.fault("status", "is neither live nor void");
    given.voided = status == "void";
    given.void_until = fields.instant("void_until");
    return given;
}

CourierAnswer unknown(std::string field, std::string why) {
    CourierAnswer answer;
    answer.field = std::move(field);
    answer.why = std::move(why);
    return answer;
}

CourierAnswer unknown(const FieldFaults& faults) {
    return unknown(faults.front().path, faults.front().reason);
}

// "error": {"field", "reason"} of a refusal that says what is wrong.
CourierAnswer refusal_from(const http::Response& response) {
    auto body = object_of(response);
    if (!body) return unknown(body.error());
    FieldFaults faults;
    JsonFields fields(*body, "", faults);
    const auto* error = fields.object("error");
    if (!error) return unknown("error", "is missing in a refusal");
    JsonFields inner(*error, "error", faults);
    CourierAnswer answer;
    answer.kind = CourierAnswer::Kind::refused;
    answer.field = plain_text(inner, "field", true);
    answer.why = plain_text(inner, "reason", true);
    return faults.empty() ? answer : unknown(faults);
}

CourierAnswer no_answer(const http::Response& response) {
    auto answer = unknown("", why_of(response));
    answer.retry_after = response.retry_after;
    answer.never_sent = response.never_sent;
    return answer;
}

bool is_success(const http::Response& response) {
    return response.status == 200 || response.status == 201;
}

CourierAnswer one_from(const http::Response& response) {
    auto body = object_of(response);
    if (!body) return unknown(body.error());
    FieldFaults faults;
    JsonFields fields(*body, "", faults);
    const auto* shipment = fields.object("shipment");
    if (!shipment) return unknown("shipment", "is missing");
    CourierAnswer answer;
    answer.kind = CourierAnswer::Kind::answered;
    answer.found.push_back(given_from(*shipment, "shipment", faults));
    answer.refund = plain_text(fields, "refund", false);
    return faults.empty() ? answer : unknown(faults);
}

}  // namespace

std::string shipment_json(const ShipmentAsk& ask) {
    const auto& to = ask.ship_to;
    json::object body{{"reference", ask.reference},        {"service", ask.service},
                      {"weight_g", ask.weight_g},          {"length_mm", ask.outer.length.value},
                      {"width_mm", ask.outer.width.value}, {"height_mm", ask.outer.height.value}};
    body["ship_to"] = json::object{{"name", to.name},
                                   {"phone", to.phone},
                                   {"address", to.address},
                                   {"district", to.district},
                                   {"city", to.city},
                                   {"province", to.province},
                                   {"postal_code", to.postal_code},
                                   {"area_code", ask.area_code}};
    body["sender"] = json::object{
        {"name", ask.sender_name}, {"phone", ask.sender_phone}, {"address", ask.sender_address}};
    body["cod"] = ask.cod && ask.cod->value > 0 ? json::value(money_json(*ask.cod, ask.currency))
                                                : json::value(nullptr);
    body["value"] = money_json(ask.value, ask.currency);
    body["currency_exponent"] = ask.exponent;
    return json::serialize(body);
}

CourierAnswer created_from(const http::Response& response) {
    if (response.status == 422) return refusal_from(response);
    return is_success(response) ? one_from(response) : no_answer(response);
}

CourierAnswer voided_from(const http::Response& response) {
    if (response.status == 409 || response.status == 422) return refusal_from(response);
    return is_success(response) ? one_from(response) : no_answer(response);
}

CourierAnswer found_from(const http::Response& response) {
    if (response.status != 200) return no_answer(response);
    auto body = object_of(response);
    if (!body) return unknown(body.error());
    FieldFaults faults;
    JsonFields fields(*body, "", faults);
    const auto* shipments = fields.array("shipments");
    if (!shipments) return unknown("shipments", "is missing");
    if (shipments->size() > kMostFound) return unknown("shipments", "has more than 100 entries");
    CourierAnswer answer;
    answer.kind = CourierAnswer::Kind::answered;
    for (std::size_t i = 0; i < shipments->size(); ++i) {
        const auto path = "shipments[" + std::to_string(i) + "]";
        const auto* object = (*shipments)[i].if_object();
        if (!object) return unknown(path, "is no object");
        answer.found.push_back(given_from(*object, path, faults));
    }
    return faults.empty() ? answer : unknown(faults);
}

Result<std::vector<TrackingEvent>> track_from(const http::Response& response) {
    const auto wrong = [](const std::string& what) {
        return fail(Remedy::retry, "the courier's tracking cannot be read: " + what);
    };
    if (response.status != 200) return wrong(why_of(response));
    auto body = object_of(response);
    if (!body) return wrong(intake::to_text(body.error()));
    FieldFaults faults;
    JsonFields fields(*body, "", faults);
    const auto* list = fields.array("events");
    if (!list || list->size() > kMostEvents) return wrong("events is missing or too long");
    std::vector<TrackingEvent> events;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto* object = (*list)[i].if_object();
        if (!object) return wrong("events[" + std::to_string(i) + "] is no object");
        JsonFields event(*object, "events[" + std::to_string(i) + "]", faults);
        events.push_back({event.instant("at"), plain_text(event, "status", true),
                          plain_text(event, "place", false)});
    }
    if (!faults.empty()) return wrong(intake::to_text(faults));
    return events;
}

Result<CourierLabel> label_from(const http::Response& response) {
    const auto wrong = [](const std::string& what) {
        return fail(Remedy::retry, "the courier's label cannot be used: " + what);
    };
    if (response.status != 200) return wrong(why_of(response));
    auto body = object_of(response);
    if (!body) return wrong(intake::to_text(body.error()));
    FieldFaults faults;
    JsonFields fields(*body, "", faults);
    CourierLabel label;
    label.format = plain_text(fields, "format", true);
    const auto bytes = intake::from_base64(fields.text("bytes"));
    if (!faults.empty()) return wrong(intake::to_text(faults));
    if (!bytes) return wrong("bytes is not base64");
    label.bytes = *bytes;
    if (const auto why = intake::refusal_of_label(label.format, label.bytes); !why.empty())
        return wrong("bytes " + why);
    return label;
}

}  // namespace kemas::courier
