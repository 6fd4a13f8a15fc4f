#include "channel/package_json.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "http/answer.hpp"
#include "intake/instant_text.hpp"
#include "intake/json_fields.hpp"

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
constexpr std::int64_t kMostGrams = 1'000'000, kMostMillimetres = 10'000;

constexpr auto unknown = [](auto&&... what) {
    return http::unknown<ChannelAnswer>(std::forward<decltype(what)>(what)...);
};

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

std::optional<DeclaredLoad> declared_from(const json::object* object, std::string path,
                                          FieldFaults& faults) {
    if (!object) return std::nullopt;
    JsonFields fields(*object, std::move(path), faults);
    DeclaredLoad declared;
    if (const auto weight_g = fields.integer("weight_g")) {
        if (*weight_g < 1 || *weight_g > kMostGrams)
            fields.fault("weight_g", "is out of range");
        else
            declared.weight = grams(*weight_g);
    }
    const auto* sides = fields.array("size_mm");
    if (!sides) return declared;
    std::array<std::int64_t, 3> mm{};
    for (std::size_t i = 0; i < sides->size() && i < mm.size(); ++i)
        if (const auto* side = (*sides)[i].if_int64()) mm[i] = *side;
    const bool all_good = sides->size() == mm.size() && std::ranges::all_of(mm, [](auto side) {
                              return side >= 1 && side <= kMostMillimetres;
                          });
    if (all_good)
        declared.size = {{mm[0]}, {mm[1]}, {mm[2]}};
    else
        fields.fault("size_mm", "is no three whole numbers from 1 to 10000");
    return declared;
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
    package.declared = declared_from(fields.object("declared"), fields.path_of("declared"), faults);
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
    const auto strange = http::each_object(*options, "options", [&](auto& object, auto path) {
        JsonFields option(object, std::move(path), faults);
        ArrangeOption one;
        one.method = plain_text(option, "method", true);
        one.address = plain_text(option, "address", false);
        one.slots = slots_from(option, faults);
        answer.options.push_back(std::move(one));
    });
    if (!strange.empty()) return unknown(strange);
    return faults.empty() ? answer : unknown(faults);
}

ChannelAnswer label_from(const json::object& body) {
    FieldFaults faults;
    JsonFields fields(body, "", faults);
    ChannelAnswer answer;
    answer.kind = ChannelAnswer::Kind::told;
    answer.package_number = plain_text(fields, "package_number", true);
    answer.tracking_number = http::tracking_number(fields, "tracking_number");
    auto label = http::label_bytes(fields, faults);
    if (!label) return unknown(label.error());
    answer.format = std::move(label->format);
    answer.bytes = std::move(label->bytes);
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

ChannelAnswer refusal_from(const http::Response& response) {
    auto refused = http::refusal_of(response);
    if (!refused) return unknown(refused.error());
    auto answer = unknown(refused->field, refused->reason);
    answer.kind = ChannelAnswer::Kind::refused;
    return answer;
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
    const auto strange = http::each_object(*packages, "packages", [&](auto& object, auto path) {
        answer.packages.push_back(state_from(object, std::move(path), faults));
    });
    if (!strange.empty()) return unknown(strange);
    return faults.empty() ? answer : unknown(faults);
}

}  // namespace kemas::channel
