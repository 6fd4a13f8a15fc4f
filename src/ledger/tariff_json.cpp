#include "ledger/tariff_json.hpp"

#include "ledger/json_fields.hpp"

namespace kemas::ledger {
namespace json = boost::json;

json::value to_json(const rating::ServiceRow& row) {
    return json::object{{"courier", row.courier},
                        {"code", row.code},
                        {"name", row.name},
                        {"divisor", row.divisor},
                        {"volumetric_above_cm3", row.volumetric_above_cm3},
                        {"step_g", row.step_g},
                        {"rounding", static_cast<int>(row.rounding)},
                        {"tolerance_g", row.tolerance_g},
                        {"edge", static_cast<int>(row.edge)},
                        {"minimum_g", row.minimum_g},
                        {"max_weight_g", row.max_weight_g},
                        {"cod_allowed", row.cod_allowed},
                        {"cod_min", row.cod_min.value},
                        {"cod_max", row.cod_max.value},
                        {"transit_days", row.transit_days},
                        {"cut_off", row.cut_off}};
}

rating::ServiceRow service_from(const json::object& row) {
    rating::ServiceRow service;
    service.courier = text_of(row, "courier");
    service.code = text_of(row, "code");
    service.name = text_of(row, "name");
    service.divisor = number_of(row, "divisor");
    service.volumetric_above_cm3 = number_of(row, "volumetric_above_cm3");
    service.step_g = number_of(row, "step_g");
    service.rounding = static_cast<rating::Rounding>(number_of(row, "rounding"));
    service.tolerance_g = number_of(row, "tolerance_g");
    service.edge = static_cast<rating::Edge>(number_of(row, "edge"));
    service.minimum_g = number_of(row, "minimum_g");
    service.max_weight_g = number_of(row, "max_weight_g");
    service.cod_allowed = flag_of(row, "cod_allowed");
    service.cod_min = quantity_of<Money>(row, "cod_min");
    service.cod_max = quantity_of<Money>(row, "cod_max");
    service.transit_days = static_cast<int>(number_of(row, "transit_days"));
    service.cut_off = text_of(row, "cut_off");
    return service;
}

json::value to_json(const rating::RateRow& row) {
    return json::object{{"courier", row.courier},
                        {"service", row.service},
                        {"area", row.area_prefix},
                        {"first_g", row.first_g},
                        {"first_price", row.first_price.value},
                        {"per_step", row.per_step.value}};
}

rating::RateRow rate_from(const json::object& row) {
    return {text_of(row, "courier"),
            text_of(row, "service"),
            text_of(row, "area"),
            number_of(row, "first_g"),
            quantity_of<Money>(row, "first_price"),
            quantity_of<Money>(row, "per_step")};
}

json::value to_json(const rating::SurchargeRow& row) {
    return json::object{{"courier", row.courier},
                        {"service", row.service},
                        {"name", row.name},
                        {"kind", static_cast<int>(row.kind)},
                        {"amount", row.amount},
                        {"minimum", row.minimum.value},
                        {"limit", row.limit.value},
                        {"round_up_to", row.round_up_to.value},
                        {"when", static_cast<int>(row.when)}};
}

rating::SurchargeRow surcharge_from(const json::object& row) {
    rating::SurchargeRow surcharge;
    surcharge.courier = text_of(row, "courier");
    surcharge.service = text_of(row, "service");
    surcharge.name = text_of(row, "name");
    surcharge.kind = static_cast<rating::SurchargeKind>(number_of(row, "kind"));
    surcharge.amount = number_of(row, "amount");
    surcharge.minimum = quantity_of<Money>(row, "minimum");
    surcharge.limit = quantity_of<Money>(row, "limit");
    surcharge.round_up_to = quantity_of<Money>(row, "round_up_to");
    surcharge.when = static_cast<rating::When>(number_of(row, "when"));
    return surcharge;
}

}  // namespace kemas::ledger
