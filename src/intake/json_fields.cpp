#include "intake/json_fields.hpp"

#include <boost/json/value.hpp>

#include "intake/instant_text.hpp"

namespace kemas::intake {

namespace json = boost::json;

std::string_view kind_of(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return "null";
        case json::kind::bool_:
            return "true or false";
        case json::kind::int64:
        case json::kind::uint64:
            return "a whole number";
        case json::kind::double_:
            return "a number with fraction or exponent, or out of range";
        case json::kind::string:
            return "a text";
        case json::kind::array:
            return "an array";
        case json::kind::object:
            return "an object";
    }
    return "unknown";
}

namespace {
std::string wrong(const json::value& value, std::string_view wanted) {
    return "is " + std::string(kind_of(value)) + "; must be " + std::string(wanted);
}
}  // namespace

const json::value* JsonFields::find(std::string_view name) {
    asked_.emplace(name);
    const json::value* value = object_.if_contains({name.data(), name.size()});
    return value == nullptr || value->is_null() ? nullptr : value;
}

void JsonFields::fault(std::string_view name, std::string reason) {
    faults_.push_back({path_of(name), std::move(reason)});
}

std::string JsonFields::text(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr) return {};
    const json::string* text = value->if_string();
    if (text == nullptr) {
        fault(name, wrong(*value, "a text"));
        return {};
    }
    return {text->data(), text->size()};
}

std::optional<std::int64_t> JsonFields::integer(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (const auto* number = value->if_int64()) return *number;
    fault(name, value->is_uint64() ? std::string("is too large")
                                   : wrong(*value, "a whole number without quotes"));
    return std::nullopt;
}

std::int64_t JsonFields::required_integer(std::string_view name) {
    const std::size_t before = faults_.size();
    const auto value = integer(name);
    if (!value && faults_.size() == before) fault(name, "is missing");
    return value.value_or(1);  // stands in after a fault, so that one mistake is told once
}

std::optional<bool> JsonFields::flag(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (const auto* flag = value->if_bool()) return *flag;
    fault(name, wrong(*value, "true or false without quotes"));
    return std::nullopt;
}

Instant JsonFields::instant(std::string_view name) {
    const std::string value = text(name);
    if (value.empty()) return {};
    const auto at = parse_instant(value);
    if (!at) {
        fault(name, at.error());
        return {};
    }
    return *at;
}

const json::object* JsonFields::object(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr) return nullptr;
    if (!value->is_object()) fault(name, wrong(*value, "an object"));
    return value->if_object();
}

const json::array* JsonFields::array(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) fault(name, wrong(*value, "an array"));
    return value->if_array();
}

void JsonFields::refuse_unknown() {
    for (const auto& field : object_) {
        const std::string_view key(field.key().data(), field.key().size());
        if (!asked_.contains(key)) fault(key, "is not a known field; check its spelling");
    }
}

}  // namespace kemas::intake
