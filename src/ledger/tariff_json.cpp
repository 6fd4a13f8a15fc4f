#include "ledger/tariff_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "core/rating/rate_text.hpp"
#include "core/rating/tariff_fields.hpp"
#include "ledger/json_fields.hpp"

namespace kemas::ledger {
namespace json = boost::json;
namespace {

// Leaves out what is empty, save for numbers, whose usual value is not always 0.
class Writer {
 public:
    explicit Writer(json::object& to) : to_(to) {}
    void id(std::string_view column, const std::string& value, bool) { text(column, value); }
    void text(std::string_view column, const std::string& value) {
        if (!value.empty()) to_[column] = value;
    }
    void number(std::string_view column, std::int64_t value, std::int64_t, std::int64_t) {
        to_[column] = value;
    }
    void small(std::string_view column, int value, int) {
        if (value != 0) to_[column] = value;
    }
    void flag(std::string_view column, bool value) {
        if (value) to_[column] = value;
    }
    void money(std::string_view column, Money value, std::int64_t) {
        if (value != Money{}) to_[column] = value.value;
    }
    void length(std::string_view column, Millimetres value) {
        if (value != Millimetres{}) to_[column] = value.value;
    }
    void day(std::string_view column, rating::Day value) {
        if (value != rating::kEver && value != rating::kForever) to_[column] = value.value;
    }
    template <class Enum, class Words>
    void word(std::string_view column, Enum value, const Words&) {
        if (value != Enum{}) to_[column] = static_cast<int>(value);
    }

 private:
    json::object& to_;
};

// The names that columns had before.
std::string_view old_name(std::string_view column) {
    if (column == "service") return "code";
    if (column == "divisor_cm3_per_kg") return "divisor";
    if (column == "cod") return "cod_allowed";
    if (column == "step_price") return "per_step";
    return column;
}

class Reader {
 public:
    explicit Reader(const json::object& from) : from_(from) {}
    void id(std::string_view column, std::string& value, bool) { text(column, value); }
    void text(std::string_view column, std::string& value) { value = text_of(from_, name(column)); }
    void number(std::string_view column, std::int64_t& value, std::int64_t, std::int64_t) {
        if (const auto key = name(column); from_.contains(key)) value = number_of(from_, key);
    }
    void small(std::string_view column, int& value, int) {
        value = static_cast<int>(number_of(from_, name(column)));
    }
    void flag(std::string_view column, bool& value) { value = flag_of(from_, name(column)); }
    void money(std::string_view column, Money& value, std::int64_t) {
        if (const auto key = name(column); from_.contains(key)) value = {number_of(from_, key)};
    }
    void length(std::string_view column, Millimetres& value) {
        value = {number_of(from_, name(column))};
    }
    void day(std::string_view column, rating::Day& value) {
        if (from_.contains(column)) value = {number_of(from_, column)};
    }
    template <class Enum, class Words>
    void word(std::string_view column, Enum& value, const Words& words) {
        const auto number = number_of(from_, name(column));
        if (number >= 0 && number < static_cast<std::int64_t>(words.size()))
            value = static_cast<Enum>(number);
    }

 private:
    std::string_view name(std::string_view column) const {
        return from_.contains(column) ? column : old_name(column);
    }
    const json::object& from_;
};

template <class Row>
json::object to_object(const Row& row) {
    json::object object;
    Writer writer(object);
    rating::visit_fields(row, writer);
    if constexpr (requires { row.amount; }) object["amount"] = row.amount;
    return object;
}

template <class Row>
Row row_from(const json::object& object) {
    Row row;
    Reader reader(object);
    rating::visit_fields(row, reader);
    if constexpr (requires { row.amount; }) row.amount = number_of(object, "amount");
    return row;
}

template <class Row>
void put(json::object& to, std::string_view name, const std::vector<Row>& rows) {
    json::array array;
    for (const auto& row : rows) array.emplace_back(to_object(row));
    if (!array.empty()) to[name] = std::move(array);
}

template <class Rows>
void take(const json::object& from, std::string_view name, Rows& rows) {
    const auto* array = list_of(from, name);
    if (array == nullptr) return;
    for (const auto& item : *array)
        rows.push_back(row_from<typename Rows::value_type>(item.as_object()));
}

}  // namespace

void put_tariff(json::object& to, const rating::TariffRows& tariff) {
    to["currency"] = tariff.currency.code;
    to["exponent"] = tariff.currency.exponent;
    to["country"] = tariff.country;
    put(to, "services", tariff.services);
    to["rates"] = rating::rates_to_text(tariff.rates);
    put(to, "surcharges", tariff.surcharges);
    put(to, "zones", tariff.zones);
    put(to, "listed_areas", tariff.listed_areas);
    put(to, "holidays", tariff.holidays);
}

rating::TariffRows tariff_from(const json::object& from) {
    rating::TariffRows tariff;
    tariff.currency = {text_of(from, "currency"), static_cast<int>(number_of(from, "exponent"))};
    if (const auto country = text_of(from, "country"); !country.empty()) tariff.country = country;
    take(from, "services", tariff.services);
    if (const auto* rates = from.if_contains("rates"); rates != nullptr && rates->is_string())
        tariff.rates = rating::rates_from_text(rates->get_string());
    take(from, "rates", tariff.rates);
    take(from, "surcharges", tariff.surcharges);
    take(from, "zones", tariff.zones);
    take(from, "listed_areas", tariff.listed_areas);
    take(from, "holidays", tariff.holidays);
    return tariff;
}

void add_old_row(rating::TariffRows& tariff, std::string_view record, const json::object& row) {
    if (record == "service") tariff.services.push_back(row_from<rating::ServiceRow>(row));
    if (record == "rate") tariff.rates.push_back(row_from<rating::RateRow>(row));
    if (record == "surcharge") tariff.surcharges.push_back(row_from<rating::SurchargeRow>(row));
}

}  // namespace kemas::ledger
