// What an answer of somebody else's service may be before its fields are believed: JSON, one
// object, plain texts. Knows no service.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "http/http_client.hpp"
#include "intake/field_fault.hpp"
#include "intake/json_fields.hpp"

namespace kemas::http {

// The body as one object; else what is wrong with it.
tl::expected<boost::json::object, intake::FieldFaults> object_of(const Response& response);

// Why there is no answer to use: the connection's fault, or what its status means.
std::string why_of(const Response& response);

// One line of at most 200 bytes that a label, a printer and a terminal can bear.
std::string plain_text(intake::JsonFields& fields, std::string_view name, bool required);

// 4 to 40 letters, digits, '-', '/' and '.'.
std::string tracking_number(intake::JsonFields& fields, std::string_view name);

}  // namespace kemas::http
