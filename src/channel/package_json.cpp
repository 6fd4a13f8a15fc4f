#include "channel/package_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "http/answer.hpp"
#include "intake/instant_text.hpp"
#include "intake/json_fields.hpp"
#include "intake/label_bytes.hpp"

namespace kemas::channel {
namespace json = boost::json;
using http::object_of;
using http::plain_text;
using http::why_of;
using intake::FieldFaults;
using intake::JsonFields;

namespace {

constexpr std::size_t kMostOptions = 50, kMostSlots = 100;
constexpr std::int64_t kMostArrangements = 1'000;

ChannelAnswer unknown(std::string field, std::string why) {
    ChannelAnswer answer;
    answer.field = std::move(field);
    answer.why = std::move(why);
    return answer;
}

ChannelAnswer unknown(const FieldFaults& faults) {
    return unknown(faults.front().path, faults.front().reason);
}

Progress progress(JsonFields& fields, std::string_view name) {
    const auto word = plain_text(fields, name, true);
    for (const auto each : {Progress::none, Progress::making, Progress::ready})
        if (word == to_text(each)) return each;
    fields.fault(name, "is neither none, making nor ready");
    return Progress::none;
}

bool flag(const json::object& object, JsonFields& fields, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value && value->is_bool()) return value->get_bool();
    fields.fault(name, value ? "is neither true nor false" : "is missing");
    return false;
}

void check_package_number(JsonFields& fields, std::string_view name, const std::string& text) {
    if (!text.empty() && !is_package_number(text))
        fields.fault(name, "is no package number of 1 to 64 letters, digits, '-', '_' and '.'");
}

std::optional<ChannelCancel> cancel_from(const json::object* object, std::string path,
                                         FieldFaults& faults) {
    if (!object) return std::nullopt;
    JsonFields fields(*object, std::move(path), faults);
    ChannelCancel cancel;
    cancel.id = plain_text(fields, "id", true);
    cancel.state = plain_text(fields, "state", true);
    cancel.reason = plain_text(fields, "reason", false);
    cancel.answer_by = fields.instant("answer_by");
    if (cancel.state != "asked" && cancel.state != "accepted" && cancel.state != "refused" &&
        cancel.state != "withdrawn")
        fields.fault("state", "is neither asked, accepted, refused nor withdrawn");
    return cancel;
}

PackageState state_from(const json::object& object, std::string path, FieldFaults& faults) {
    JsonFields fields(object, std::move(path), faults);
    PackageState package;
    package.package_number = plain_text(fields, "package_number", true);
    check_package_number(fields, "package_number", package.package_number);
    package.order_number = plain_text(fields, "order_number", true);
    package.arrangement = progress(fields, "arrangement");
    package.number = progress(fields, "number");
    package.label = progress(fields, "label");
    const auto no = fields.required_integer("arrangement_no");
    if (no < 0 || no > kMostArrangements) fields.fault("arrangement_no", "is out of range");
    package.arrangement_no =
        static_cast<int>(std::min(std::max<std::int64_t>(no, 0), kMostArrangements));
    if (package.arrangement == Progress::ready && no < 1)
        fields.fault("arrangement_no", "is 0 though the package is arranged");
    package.method = plain_text(fields, "method", false);
    package.slot = plain_text(fields, "slot", false);
    package.courier = plain_text(fields, "courier", false);
    package.service = plain_text(fields, "service", false);
    if (package.number == Progress::ready)
        package.tracking_number = http::tracking_number(fields, "tracking_number");
    else if (!plain_text(fields, "tracking_number", false).empty())
        fields.fault("tracking_number", "is there though no number is ready");
    package.packed = flag(object, fields, "packed");
    package.ready_to_ship = flag(object, fields, "ready_to_ship");
    package.handed_over = flag(object, fields, "handed_over");
    package.cancelled = flag(object, fields, "cancelled");
    package.cancel =
        cancel_from(fields.object("cancellation"), fields.path_of("cancellation"), faults);
    return package;
}

std::vector<PickupSlot> slots_from(JsonFields& option, FieldFaults& faults) {
    std::vector<PickupSlot> slots;
    const auto* list = option.array("slots");
    if (!list) return slots;
    if (list->size() > kMostSlots) option.fault("slots", "has more than 100 entries");
    for (std::size_t i = 0; i < list->size() && i < kMostSlots; ++i) {
        const auto path = option.path_of("slots") + "[" + std::to_string(i) + "]";
        const auto* object = (*list)[i].if_object();
        if (!object) {
            faults.push_back({path, "is no object"});
            continue;
        }
        JsonFields fields(*object, path, faults);
        PickupSlot slot{plain_text(fields, "id", true), fields.instant("from"),
                        fields.instant("to")};
        if (slot.to < slot.from) fields.fault("to", "is before from");
        slots.push_back(std::move(slot));
    }
    return slots;
}

ChannelAnswer parameters_from(const json::object& body) {
    FieldFaults faults;
    JsonFields fields(body, "", faults);
    ChannelAnswer answer;
    answer.kind = ChannelAnswer::Kind::told;
    answer.package_number = plain_text(fields, "package_number", true);
    const auto* options = fields.array("options");
    if (!options) return unknown("options", "is missing");
    if (options->size() > kMostOptions) return unknown("options", "has more than 50 entries");
    for (std::size_t i = 0; i < options->size(); ++i) {
        const auto path = "options[" + std::to_string(i) + "]";
        const auto* object = (*options)[i].if_object();
        if (!object) return unknown(path, "is no object");
        JsonFields option(*object, path, faults);
        ArrangeOption one;
        one.method = plain_text(option, "method", true);
        one.address = plain_text(option, "address", false);
        one.slots = slots_from(option, faults);
        answer.options.push_back(std::move(one));
    }
    return faults.empty() ? answer : unknown(faults);
}

ChannelAnswer label_from(const json::object& body) {
    FieldFaults faults;
    JsonFields fields(body, "", faults);
    ChannelAnswer answer;
    answer.kind = ChannelAnswer::Kind::told;
    answer.package_number = plain_text(fields, "package_number", true);
    answer.tracking_number = http::tracking_number(fields, "tracking_number");
    answer.format = plain_text(fields, "format", true);
    const auto bytes = intake::from_base64(fields.text("bytes"));
    if (!faults.empty()) return unknown(faults);
    if (!bytes) return unknown("bytes", "is not base64");
    if (const auto why = intake::refusal_of_label(answer.format, *bytes); !why.empty())
        return unknown("bytes", why);
    answer.bytes = *bytes;
    return answer;
}

ChannelAnswer state_answer(const json::object& body) {
    FieldFaults faults;
    JsonFields fields(body, "", faults);
    const auto* object = fields.object("package");
    if (!object) return unknown("package", "is missing");
    ChannelAnswer answer;
    answer.kind = ChannelAnswer::Kind::told;
    answer.package = state_from(*object, "package", faults);
    answer.package_number = answer.package.package_number;
    return faults.empty() ? answer : unknown(faults);
}

// "error": {"field", "reason"} of a refusal that says what is wrong.
ChannelAnswer refusal_from(const http::Response& response) {
    auto body = object_of(response);
    if (!body) return unknown(body.error());
    FieldFaults faults;
    JsonFields fields(*body, "", faults);
    const auto* error = fields.object("error");
    if (!error) return unknown("error", "is missing in a refusal");
    JsonFields inner(*error, "error", faults);
    ChannelAnswer answer;
    answer.kind = ChannelAnswer::Kind::refused;
    answer.field = plain_text(inner, "field", true);
    answer.why = plain_text(inner, "reason", true);
    return faults.empty() ? answer : unknown(faults);
}

// Of every status but 200; nothing for that one.
std::optional<ChannelAnswer> other_answer(const http::Response& response) {
    if (response.status == 200) return std::nullopt;
    if (response.status == 409 || response.status == 422) return refusal_from(response);
    auto answer = unknown("", why_of(response));
    answer.retry_after = response.retry_after;
    if (response.status == 202) answer.kind = ChannelAnswer::Kind::later;
    if (response.status == 429) answer.kind = ChannelAnswer::Kind::limited;
    return answer;
}

ChannelAnswer of_package(ChannelAnswer answer, const std::string& package_number) {
    if (answer.kind == ChannelAnswer::Kind::told && answer.package_number != package_number)
        return unknown("package_number",
                       "is " + answer.package_number + ", we asked about " + package_number);
    return answer;
}

}  // namespace

bool is_package_number(std::string_view text) {
    if (text.empty() || text.size() > 64 || text == "." || text == "..") return false;
    for (const char c : text)
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              c == '-' || c == '_' || c == '.'))
            return false;
    return true;
}

std::string body_of(ChannelCall call, const PackageAsk& ask) {
    const auto text = [](Instant at) { return intake::instant_text(at); };
    switch (call) {
        case ChannelCall::parameters:
        case ChannelCall::label:
            return "";
        case ChannelCall::arrange:
            return json::serialize(
                json::object{{"method", ask.method}, {"address", ask.address}, {"slot", ask.slot}});
        case ChannelCall::change_slot:
            return json::serialize(json::object{{"slot", ask.slot}});
        case ChannelCall::answer_cancel:
            return json::serialize(json::object{
                {"id", ask.cancel_id}, {"answer", ask.answer}, {"reason", ask.reason}});
        case ChannelCall::packed:
        case ChannelCall::ready_to_ship:
        case ChannelCall::handed_over:
            return json::serialize(json::object{{"at", text(ask.at)}});
        case ChannelCall::number:
            break;
    }
    return "{}";
}

ChannelAnswer answer_from(ChannelCall call, const std::string& package_number,
                          const http::Response& response) {
    if (auto other = other_answer(response)) return *other;
    auto body = object_of(response);
    if (!body) return unknown(body.error());
    if (call == ChannelCall::parameters) return of_package(parameters_from(*body), package_number);
    if (call == ChannelCall::label) return of_package(label_from(*body), package_number);
    return of_package(state_answer(*body), package_number);
}

ChannelAnswer package_from(const std::string& package_number, const http::Response& response) {
    if (auto other = other_answer(response)) {
        // Only a package that was read can be believed: this is no refusal of an act.
        if (other->kind == ChannelAnswer::Kind::refused ||
            other->kind == ChannelAnswer::Kind::later)
            other->kind = ChannelAnswer::Kind::unknown;
        return *other;
    }
    auto body = object_of(response);
    if (!body) return unknown(body.error());
    return of_package(state_answer(*body), package_number);
}

ChannelAnswer attention_from(const http::Response& response) {
    if (auto other = other_answer(response)) return *other;
    auto body = object_of(response);
    if (!body) return unknown(body.error());
    FieldFaults faults;
    JsonFields fields(*body, "", faults);
    const auto* packages = fields.array("packages");
    if (!packages) return unknown("packages", "is missing");
    if (packages->size() > kMostAttention) return unknown("packages", "has more than 100 entries");
    ChannelAnswer answer;
    answer.kind = ChannelAnswer::Kind::told;
    for (std::size_t i = 0; i < packages->size(); ++i) {
        const auto path = "packages[" + std::to_string(i) + "]";
        const auto* object = (*packages)[i].if_object();
        if (!object) return unknown(path, "is no object");
        answer.packages.push_back(state_from(*object, path, faults));
    }
    return faults.empty() ? answer : unknown(faults);
}

}  // namespace kemas::channel
