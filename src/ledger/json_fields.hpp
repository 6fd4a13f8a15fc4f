// Reading fields back from JSON that we wrote ourselves: a missing one is an empty value.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "core/quantities.hpp"

namespace kemas::ledger {

inline std::string text_of(const boost::json::object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

inline std::int64_t number_of(const boost::json::object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    if (!value) return 0;
    if (value->is_uint64()) return static_cast<std::int64_t>(value->get_uint64());
    return value->is_int64() ? value->get_int64() : 0;
}

inline bool flag_of(const boost::json::object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}

inline const boost::json::array* list_of(const boost::json::object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    return value ? value->if_array() : nullptr;
}

template <class Quantity>
Quantity quantity_of(const boost::json::object& from, std::string_view name) {
    return {number_of(from, name)};
}

}  // namespace kemas::ledger
