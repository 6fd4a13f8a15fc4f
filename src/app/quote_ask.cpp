#include "app/quote_ask.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "core/rating/billed_weight.hpp"
#include "intake/json_fields.hpp"
#include "intake/json_text.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

using intake::FieldFaults;
using intake::JsonFields;

constexpr std::int64_t most_money = 100'000'000'000'000;
constexpr std::int64_t most_grams = 100'000'000;
constexpr std::int64_t most_mm = 100'000;

std::optional<std::int64_t> whole(JsonFields& fields, std::string_view name, std::int64_t least,
                                  std::int64_t most) {
    const auto value = fields.integer(name);
    if (!value || (*value >= least && *value <= most)) return value;
    fields.fault(name, "is " + std::to_string(*value) + "; must be " + std::to_string(least) +
                           " to " + std::to_string(most));
    return std::nullopt;
}

std::optional<Money> money(JsonFields& fields, std::string_view name) {
    const auto value = whole(fields, name, 0, most_money);
    return value ? std::optional(Money{*value}) : std::nullopt;
}

std::optional<rating::Day> day(JsonFields& fields, std::string_view name) {
    const auto text = fields.text(name);
    if (text.empty()) return std::nullopt;
    const auto found = rating::parse_day(text);
    if (!found) fields.fault(name, "is \"" + text + "\"; must be a day, as in 2026-11-22");
    return found;
}

QuotePiece read_piece(const json::object& object, std::string path, FieldFaults& faults) {
    JsonFields fields(object, std::move(path), faults);
    QuotePiece piece;
    const auto weight = whole(fields, "weight_g", 1, most_grams);
    if (!object.contains("weight_g")) fields.fault("weight_g", "is missing");
    piece.weight = grams(weight.value_or(1));
    piece.carton = fields.text("carton");
    const std::pair<const char*, Millimetres*> sides[] = {{"length_mm", &piece.outer.length},
                                                          {"width_mm", &piece.outer.width},
                                                          {"height_mm", &piece.outer.height}};
    for (const auto& [name, side] : sides) {
        side->value = whole(fields, name, 1, most_mm).value_or(0);
        if (side->value > 0 && !piece.carton.empty())
            fields.fault(name, "is given beside a carton; give one of them");
    }
    fields.refuse_unknown();
    return piece;
}

void read_pieces(JsonFields& fields, QuoteAsk& ask, FieldFaults& faults) {
    const auto* array = fields.array("pieces");
    if (!array) return;
    if (array->empty() || array->size() > rating::kMostPieces)
        return fields.fault("pieces", "has " + std::to_string(array->size()) +
                                          " parcels; must be 1 to " +
                                          std::to_string(rating::kMostPieces));
    for (std::size_t i = 0; i < array->size(); ++i) {
        auto place = "pieces[" + std::to_string(i) + ']';
        if (const auto* object = (*array)[i].if_object())
            ask.pieces.push_back(read_piece(*object, std::move(place), faults));
        else
            faults.push_back(
                {std::move(place), "is " + std::string(intake::kind_of((*array)[i])) +
                                       "; must be an object with weight_g and carton or sides"});
    }
}

void read_times(JsonFields& fields, QuoteAsk& ask) {
    ask.day = day(fields, "day");
    ask.promise_by = day(fields, "promise_by");
    const auto time = fields.text("time");
    if (time.empty()) return;
    ask.minute = rating::parse_minute(time);
    if (!ask.minute) fields.fault("time", "is \"" + time + "\"; must be as in 14:30");
}

void read_language(JsonFields& fields, QuoteAsk& ask) {
    const auto word = fields.text("language");
    if (word == "en") ask.tongue = rating::Tongue::english;
    if (word == "id") ask.tongue = rating::Tongue::indonesian;
    if (!word.empty() && !ask.tongue)
        fields.fault("language", "is \"" + word + "\"; must be en or id");
}

}  // namespace

tl::expected<QuoteAsk, FieldFaults> quote_ask_from_json(std::string_view body) {
    auto tree = intake::read_json(body);
    if (!tree) return tl::unexpected(std::move(tree.error()));
    FieldFaults faults;
    const auto* object = tree->if_object();
    if (!object)
        return tl::unexpected(
            FieldFaults{{"", "is " + std::string(intake::kind_of(*tree)) + "; must be an object"}});
    JsonFields fields(*object, "", faults);
    QuoteAsk ask;
    ask.order = fields.text("order");
    ask.channel = fields.text("channel");
    ask.shop = fields.text("shop");
    ask.courier = fields.text("courier");
    ask.service = fields.text("service");
    ask.area_code = fields.text("area_code");
    ask.postal_code = fields.text("postal_code");
    ask.country = fields.text("country");
    if (const auto& c = ask.country;
        !c.empty() && (c.size() != 2 || c[0] < 'A' || c[0] > 'Z' || c[1] < 'A' || c[1] > 'Z'))
        fields.fault("country", "is \"" + c + "\"; must be two capital letters, as in SG");
    read_pieces(fields, ask, faults);
    ask.cod = money(fields, "cod");
    ask.value = money(fields, "value");
    ask.cod_same_day = money(fields, "cod_same_day");
    ask.insured = fields.flag("insured");
    ask.wooden = fields.flag("wooden");
    ask.dangerous = fields.flag("dangerous");
    if (const auto days = whole(fields, "settlement_days", 0, 365))
        ask.settlement_days = static_cast<int>(*days);
    read_times(fields, ask);
    read_language(fields, ask);
    if (ask.order.empty() && ask.pieces.empty() && !object->contains("pieces"))
        fields.fault("pieces", "is missing; say what each parcel weighs, or name an order");
    fields.refuse_unknown();
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return ask;
}

}  // namespace kemas::app
