// Takes words for people out of a JSON answer. What is absent is empty, never an error: an older or
// newer kemasd may say less or more.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace kemas::ctl {

using boost::json::array;
using boost::json::object;

// A field as one line of text: null is empty, a list is joined by commas, control characters (a
// buyer may have typed them) become blanks.
std::string text(const object& from, std::string_view name);
std::string text(const boost::json::value& value);
// The same, with "-" for nothing: for the cells of a table.
std::string cell(const object& from, std::string_view name);

// "J&T EZ"; what is empty brings no separator.
std::string joined(std::string first, std::string_view between, std::string_view second);

std::int64_t count(const object& from, std::string_view name);
bool yes(const object& from, std::string_view name);
const object& part(const object& from, std::string_view name);
const array& list(const object& from, std::string_view name);
// A list's item as an object; empty when it is none.
const object& as_object(const boost::json::value& value);

// "45 s", "12 min", "3 h 5 min", "2 d 4 h"; below zero "never".
std::string span(std::int64_t seconds);

// "90.00" of 9000 with exponent 2; below zero "-90.00".
std::string money_text(std::int64_t amount, std::int64_t exponent);

}  // namespace kemas::ctl
