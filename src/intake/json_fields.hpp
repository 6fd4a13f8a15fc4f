// Takes the fields out of one JSON object and remembers what it was not asked for. Knows no order.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/quantities.hpp"
#include "intake/field_fault.hpp"

namespace kemas::intake {

// Every reader returns a default and notes a fault when the field has the wrong type; absent and
// null count as "not given".
class JsonFields {
 public:
    JsonFields(const boost::json::object& object, std::string path, FieldFaults& faults)
        : object_(object), path_(std::move(path)), faults_(faults) {}

    std::string text(std::string_view name);
    std::optional<std::int64_t> integer(std::string_view name);
    std::int64_t required_integer(std::string_view name);
    std::optional<bool> flag(std::string_view name);
    Instant instant(std::string_view name);  // 0 = not given
    const boost::json::object* object(std::string_view name);
    const boost::json::array* array(std::string_view name);

    std::string path_of(std::string_view name) const { return join_path(path_, name); }
    void fault(std::string_view name, std::string reason);
    // Notes every key nobody asked for. Call last.
    void refuse_unknown();

 private:
    const boost::json::value* find(std::string_view name);

    const boost::json::object& object_;
    std::string path_;
    FieldFaults& faults_;
    std::set<std::string, std::less<>> asked_;
};

// "a number", "a text", ... for messages.
std::string_view kind_of(const boost::json::value& value);

}  // namespace kemas::intake
