// Reads JSON strictly: bounded depth, valid UTF-8, no key twice; a fault names where. Knows no
// order.
#pragma once

#include <boost/json/value.hpp>
#include <string_view>
#include <tl/expected.hpp>

#include "intake/field_fault.hpp"

namespace kemas::intake {

inline constexpr std::size_t kDeepestJson = 32;

// The whole of `body` as one value; faults name the path at which reading stopped.
tl::expected<boost::json::value, FieldFaults> read_json(std::string_view body);

}  // namespace kemas::intake
