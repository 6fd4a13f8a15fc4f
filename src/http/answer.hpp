// What an answer of somebody else's service may be before its fields are believed: JSON, one
// object, plain texts. Knows no service.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

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

// What a refusal says in its "error": which field is wrong, and why.
struct Refused {
    std::string field, reason;
};
tl::expected<Refused, intake::FieldFaults> refusal_of(const Response& response);

// A label's "format" and its bytes, which "bytes" holds in base64 and which begin as that format
// does.
struct LabelBytes {
    std::string format, bytes;
};
tl::expected<LabelBytes, intake::FieldFaults> label_bytes(intake::JsonFields& fields,
                                                          const intake::FieldFaults& faults);

// Calls `with(object, path)` for each entry of the list; else which entry is no object.
template <class With>
intake::FieldFaults each_object(const boost::json::array& list, const std::string& name,
                                With with) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto path = name + "[" + std::to_string(i) + "]";
        const auto* object = list[i].if_object();
        if (!object) return {{std::move(path), "is no object"}};
        with(*object, std::move(path));
    }
    return {};
}

// An answer that cannot be believed, with the first thing that is wrong.
template <class Answer>
Answer unknown(std::string field, std::string why) {
    Answer answer;
    answer.field = std::move(field);
    answer.why = std::move(why);
    return answer;
}
template <class Answer>
Answer unknown(const intake::FieldFaults& faults) {
    return unknown<Answer>(faults.front().path, faults.front().reason);
}

// 4 to 40 letters, digits, '-', '/' and '.'.
std::string tracking_number(intake::JsonFields& fields, std::string_view name);

}  // namespace kemas::http
