#include "ledger/package_json.hpp"

#include <boost/json/array.hpp>

#include "ledger/json_fields.hpp"

namespace kemas::ledger {
namespace json = boost::json;

namespace {

Progress progress_of(const json::object& from, std::string_view name) {
    return static_cast<Progress>(number_of(from, name));
}

}  // namespace

json::object to_json(const PackageState& package) {
    json::object to{{"package_number", package.package_number},
                    {"order_number", package.order_number},
                    {"arrangement", static_cast<int>(package.arrangement)},
                    {"number", static_cast<int>(package.number)},
                    {"label", static_cast<int>(package.label)},
                    {"arrangement_no", package.arrangement_no},
                    {"method", package.method},
                    {"slot", package.slot},
                    {"courier", package.courier},
                    {"service", package.service},
                    {"tracking_number", package.tracking_number},
                    {"packed", package.packed},
                    {"ready_to_ship", package.ready_to_ship},
                    {"handed_over", package.handed_over},
                    {"cancelled", package.cancelled}};
    if (package.cancel)
        to["cancel"] = json::object{{"id", package.cancel->id},
                                    {"state", package.cancel->state},
                                    {"reason", package.cancel->reason},
                                    {"answer_by", package.cancel->answer_by.value}};
    if (package.declared)
        to["declared"] =
            json::array{package.declared->weight.value, package.declared->size.length.value,
                        package.declared->size.width.value, package.declared->size.height.value};
    return to;
}

PackageState package_state_from(const json::object& from) {
    PackageState package;
    package.package_number = text_of(from, "package_number");
    package.order_number = text_of(from, "order_number");
    package.arrangement = progress_of(from, "arrangement");
    package.number = progress_of(from, "number");
    package.label = progress_of(from, "label");
    package.arrangement_no = static_cast<int>(number_of(from, "arrangement_no"));
    package.method = text_of(from, "method");
    package.slot = text_of(from, "slot");
    package.courier = text_of(from, "courier");
    package.service = text_of(from, "service");
    package.tracking_number = text_of(from, "tracking_number");
    package.packed = flag_of(from, "packed");
    package.ready_to_ship = flag_of(from, "ready_to_ship");
    package.handed_over = flag_of(from, "handed_over");
    package.cancelled = flag_of(from, "cancelled");
    if (const auto* value = from.if_contains("cancel")) {
        const auto& cancel = value->as_object();
        package.cancel =
            ChannelCancel{text_of(cancel, "id"), text_of(cancel, "state"),
                          text_of(cancel, "reason"), quantity_of<Instant>(cancel, "answer_by")};
    }
    if (const auto* four = list_of(from, "declared")) {
        const auto at = [&](std::size_t i) { return four->at(i).to_number<std::int64_t>(); };
        package.declared = DeclaredLoad{{at(0)}, {{at(1)}, {at(2)}, {at(3)}}};
    }
    return package;
}

json::object to_json(const ArrangeOption& option) {
    json::array slots;
    for (const auto& slot : option.slots)
        slots.push_back(json::array{slot.id, slot.from.value, slot.to.value});
    return {{"method", option.method}, {"address", option.address}, {"slots", std::move(slots)}};
}

ArrangeOption arrange_option_from(const json::object& from) {
    ArrangeOption option{text_of(from, "method"), text_of(from, "address"), {}};
    if (const auto* slots = list_of(from, "slots"))
        for (const auto& item : *slots) {
            const auto& row = item.as_array();
            option.slots.push_back({std::string(row.at(0).as_string()),
                                    {row.at(1).to_number<std::int64_t>()},
                                    {row.at(2).to_number<std::int64_t>()}});
        }
    return option;
}

}  // namespace kemas::ledger
