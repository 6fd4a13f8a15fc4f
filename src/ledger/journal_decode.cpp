#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "core/assert.hpp"
#include "ledger/draft_json.hpp"
#include "ledger/journal_codec.hpp"
#include "ledger/json_fields.hpp"
#include "ledger/label_json.hpp"
#include "ledger/package_json.hpp"
#include "ledger/tariff_json.hpp"

namespace kemas::ledger {
namespace json = boost::json;
namespace {

// In the order of the Input variant.
constexpr std::array<std::string_view, 47> kinds{"code_scanned",
                                                 "load_settled",
                                                 "load_disturbed",
                                                 "scale_failed",
                                                 "order_received",
                                                 "orders_imported",
                                                 "cancel_asked",
                                                 "hold_asked",
                                                 "hold_released",
                                                 "skus_imported",
                                                 "stock_imported",
                                                 "tracking_numbers_imported",
                                                 "tariff_imported",
                                                 "label_prepared",
                                                 "label_refused",
                                                 "effect_started",
                                                 "effect_ended",
                                                 "effect_resolved",
                                                 "reprint_asked",
                                                 "restarted",
                                                 "device_changed",
                                                 "settings_taken",
                                                 "line_parcel_seen",
                                                 "line_parcel_rejected",
                                                 "line_started",
                                                 "line_lane_switched",
                                                 "line_jam_clear_asked",
                                                 "number_answered",
                                                 "number_refused",
                                                 "number_voided",
                                                 "label_file_arrived",
                                                 "label_page_arrived",
                                                 "label_file_read",
                                                 "label_page_settled",
                                                 "shipment_rearranged",
                                                 "label_run_asked",
                                                 "label_run_settled",
                                                 "print_counted",
                                                 "sheets_asked",
                                                 "package_told",
                                                 "package_parameters_told",
                                                 "package_label_told",
                                                 "package_refused",
                                                 "slot_change_asked",
                                                 "number_checked",
                                                 "parcel_tracked",
                                                 "listings_imported"};
static_assert(kinds.size() == std::variant_size_v<Input>);

EffectId effect_of(const json::object& from) {
    const auto& pair = from.at("effect").as_array();
    return {pair.at(0).to_number<Seq>(), pair.at(1).to_number<int>()};
}

Outcome outcome_of(const json::object& from) {
    return static_cast<Outcome>(number_of(from, "outcome"));
}

template <class Row, class Read>
std::vector<Row> rows_of(const json::object& from, std::string_view name, Read read) {
    std::vector<Row> rows;
    if (const auto* list = list_of(from, name))
        for (const auto& item : *list) rows.push_back(read(item));
    return rows;
}

std::vector<std::string> texts_of(const json::object& from, std::string_view name) {
    return rows_of<std::string>(
        from, name, [](const json::value& item) { return std::string(item.as_string()); });
}

std::string at(const json::array& row, std::size_t i) {
    return std::string(row.at(i).as_string());
}

StockRow stock_from(const json::value& item) {
    const auto& row = item.as_array();
    return {at(row, 0),
            at(row, 1),
            at(row, 2),
            row.at(3).to_number<std::int64_t>(),
            row.at(4).to_number<std::int64_t>(),
            row.size() > 5 ? at(row, 5) : ""};
}

ListingRow listing_from(const json::value& item) {
    const auto& row = item.as_array();
    const auto number = [&](std::size_t i) { return row.at(i).to_number<std::int64_t>(); };
    return {
        at(row, 0), at(row, 1), at(row, 2), {number(3)}, {{number(4)}, {number(5)}, {number(6)}}};
}

GivenNumber given_from(const json::object& from) {
    GivenNumber given;
    given.reference = text_of(from, "reference");
    given.service = text_of(from, "service");
    given.number = text_of(from, "number");
    given.postal_code = text_of(from, "postal_code");
    given.weight = quantity_of<Milligrams>(from, "weight");
    given.currency = text_of(from, "currency");
    given.voided = flag_of(from, "voided");
    given.void_until = quantity_of<Instant>(from, "void_until");
    if (from.if_contains("cod")) given.cod = quantity_of<Money>(from, "cod");
    if (from.if_contains("cost")) given.cost = quantity_of<Money>(from, "cost");
    return given;
}

using Decoder = Input (*)(const json::object&, const SideTables&);

constexpr std::array<Decoder, 47> decoders{
    [](const json::object& b, const SideTables&) -> Input {
        return CodeScanned{text_of(b, "code")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return LoadSettled{text_of(b, "scale"),
                           static_cast<std::uint64_t>(number_of(b, "settling")),
                           quantity_of<Milligrams>(b, "gross"),
                           quantity_of<Milligrams>(b, "division"), text_of(b, "raw")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return LoadDisturbed{text_of(b, "scale"),
                             static_cast<std::uint64_t>(number_of(b, "settling"))};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return ScaleFailed{text_of(b, "scale"), text_of(b, "why")};
    },
    [](const json::object& b, const SideTables& side) -> Input {
        return OrderReceived{sealed_from(b, side)};
    },
    [](const json::object& b, const SideTables& side) -> Input {
        return OrdersImported{text_of(b, "file"), text_of(b, "content_hash"),
                              rows_of<SealedOrder>(b, "orders", [&](const auto& item) {
                                  return sealed_from(item.as_object(), side);
                              })};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return CancelAsked{key_from(b), text_of(b, "by"), text_of(b, "reason")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return HoldAsked{key_from(b), text_of(b, "by"), text_of(b, "reason")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return HoldReleased{key_from(b), text_of(b, "by")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return SkusImported{text_of(b, "file"), text_of(b, "content_hash"),
                            rows_of<SkuRow>(b, "rows", [](const auto& item) {
                                return sku_from(item.as_object());
                            })};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return StockImported{text_of(b, "file"), text_of(b, "content_hash"),
                             rows_of<StockRow>(b, "rows", stock_from)};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return TrackingNumbersImported{
            text_of(b, "file"), text_of(b, "content_hash"),
            rows_of<TrackingNumberRow>(b, "rows", [](const json::value& item) {
                const auto& row = item.as_array();
                return TrackingNumberRow{at(row, 0), at(row, 1), at(row, 2)};
            })};
    },
    [](const json::object& b, const SideTables&) -> Input {
        auto tariff = tariff_from(b);
        tariff.version = text_of(b, "content_hash");
        return TariffImported{text_of(b, "file"), tariff.version, std::move(tariff)};
    },
    [](const json::object& b, const SideTables& side) -> Input {
        const auto hash = text_of(b, "label");
        return LabelPrepared{effect_of(b), hash, side.blob(hash).value_or(""),
                             b.contains("unmarked")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return LabelRefused{effect_of(b), text_of(b, "field"), text_of(b, "why")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        EffectStarted in{effect_of(b)};
        if (b.if_contains("counter")) in.counter = number_of(b, "counter");
        return in;
    },
    [](const json::object& b, const SideTables&) -> Input {
        return EffectEnded{effect_of(b), outcome_of(b), text_of(b, "detail")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return EffectResolved{effect_of(b), outcome_of(b), text_of(b, "by"), text_of(b, "reason"),
                              b.contains("number") ? text_of(b, "number") : ""};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return ReprintAsked{{number_of(b, "parcel")}, text_of(b, "by"), text_of(b, "reason")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return Restarted{text_of(b, "build"), text_of(b, "settings")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return DeviceChanged{text_of(b, "name"), text_of(b, "kind"), flag_of(b, "up"),
                             text_of(b, "state"), text_of(b, "error")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return SettingsTaken{text_of(b, "settings")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        LineParcelSeen in;
        in.line = text_of(b, "line");
        in.number = number_of(b, "number");
        in.codes = texts_of(b, "codes");
        if (b.if_contains("gross")) in.gross = quantity_of<Milligrams>(b, "gross");
        if (const auto* open = list_of(b, "open"))
            for (const auto& one : *open) in.lanes_open.push_back(one.as_bool());
        in.passes = static_cast<int>(number_of(b, "passes"));
        return in;
    },
    [](const json::object& b, const SideTables&) -> Input {
        return LineParcelRejected{text_of(b, "line"), number_of(b, "number"), text_of(b, "reason"),
                                  text_of(b, "why"), texts_of(b, "codes")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return LineStarted{text_of(b, "line")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return LineLaneSwitched{text_of(b, "line"), text_of(b, "lane"), flag_of(b, "open"),
                                text_of(b, "by"), text_of(b, "reason")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return LineJamClearAsked{text_of(b, "line"),   text_of(b, "by"),   text_of(b, "reason"),
                                 flag_of(b, "jammed"), text_of(b, "feed"), text_of(b, "zone")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return NumberAnswered{effect_of(b), flag_of(b, "looked_up"),
                              rows_of<GivenNumber>(b, "found", [](const json::value& item) {
                                  return given_from(item.as_object());
                              })};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return NumberRefused{effect_of(b), text_of(b, "field"), text_of(b, "why")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return NumberVoided{effect_of(b), outcome_of(b), text_of(b, "detail")};
    },
    label_file_arrived,
    label_page_arrived,
    label_file_read,
    label_page_settled,
    shipment_rearranged,
    label_run_asked,
    label_run_settled,
    [](const json::object& b, const SideTables&) -> Input {
        return PrintCounted{effect_of(b), number_of(b, "counter")};
    },
    [](const json::object& b, const SideTables& side) -> Input {
        return SheetsAsked{text_of(b, "device"), text_of(b, "layout"), text_of(b, "by"),
                           rows_of<Sheet>(b, "sheets", [&side](const json::value& item) {
                               const auto& row = item.as_array();
                               return Sheet{at(row, 0), at(row, 1),
                                            side.blob(at(row, 1)).value_or(""),
                                            row.at(2).to_number<int>()};
                           })};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return PackageTold{effect_of(b), text_of(b, "link"), flag_of(b, "looked_up"),
                           package_state_from(b.at("package").as_object())};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return PackageParametersTold{
            effect_of(b), text_of(b, "package"),
            rows_of<ArrangeOption>(b, "options", [](const json::value& item) {
                return arrange_option_from(item.as_object());
            })};
    },
    [](const json::object& b, const SideTables& side) -> Input {
        const auto hash = text_of(b, "label");
        return PackageLabelTold{effect_of(b),
                                text_of(b, "package"),
                                text_of(b, "tracking_number"),
                                text_of(b, "format"),
                                hash,
                                side.blob(hash).value_or("")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return PackageRefused{effect_of(b), text_of(b, "field"), text_of(b, "why")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return SlotChangeAsked{{number_of(b, "parcel")}, text_of(b, "slot"), text_of(b, "by")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return NumberChecked{effect_of(b), text_of(b, "reference"),
                             rows_of<GivenNumber>(b, "found", [](const json::value& item) {
                                 return given_from(item.as_object());
                             })};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return ParcelTracked{text_of(b, "reference"),
                             tracked_of(text_of(b, "status")).value_or(Tracked::none),
                             quantity_of<Instant>(b, "at"), text_of(b, "place")};
    },
    [](const json::object& b, const SideTables&) -> Input {
        return ListingsImported{text_of(b, "file"), text_of(b, "content_hash"),
                                rows_of<ListingRow>(b, "rows", listing_from)};
    },
};

Fact fact_from(const json::object& from) {
    Fact fact;
    const auto kind = text_of(from, "kind");
    fact.kind = kind == "line"     ? FactKind::line
                : kind == "parcel" ? FactKind::parcel
                                   : FactKind::order;
    fact.order = key_from(from);
    fact.status = text_of(from, "status");
    fact.line_no = static_cast<int>(number_of(from, "line"));
    fact.sku = text_of(from, "sku");
    fact.quantity = number_of(from, "quantity");
    fact.parcel = {number_of(from, "parcel")};
    fact.courier = text_of(from, "courier");
    fact.service = text_of(from, "service");
    fact.tracking_number = text_of(from, "tracking_number");
    fact.weight = quantity_of<Milligrams>(from, "weight");
    if (from.if_contains("cost")) fact.cost = quantity_of<Money>(from, "cost");
    fact.reason = text_of(from, "reason");
    fact.by = text_of(from, "by");
    return fact;
}

}  // namespace

std::string_view kind_of(const Input& input) {
    return kinds[input.index()];
}

Input decode_input(std::string_view kind, std::string_view body, const SideTables& side) {
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (kinds[i] == kind) return decoders[i](json::parse(body).as_object(), side);
    KEMAS_ASSERT(false && "the journal holds a kind of input this build does not know");
    return Restarted{};
}

Answer decode_answer(std::string_view text) {
    const auto parsed = json::parse(text);
    const auto& from = parsed.as_object();
    Answer answer;
    answer.kind = static_cast<Answer::Kind>(number_of(from, "kind"));
    answer.code = text_of(from, "code");
    if (const auto* args = list_of(from, "args"))
        for (const auto& pair : *args)
            answer.args.emplace_back(at(pair.as_array(), 0), at(pair.as_array(), 1));
    return answer;
}

std::vector<Fact> decode_facts(std::string_view text) {
    std::vector<Fact> facts;
    const auto parsed = json::parse(text);
    for (const auto& item : parsed.as_array()) facts.push_back(fact_from(item.as_object()));
    return facts;
}

}  // namespace kemas::ledger
