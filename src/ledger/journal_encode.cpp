#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "ledger/draft_json.hpp"
#include "ledger/journal_codec.hpp"
#include "ledger/label_json.hpp"
#include "ledger/package_json.hpp"
#include "ledger/tariff_json.hpp"

namespace kemas::ledger {
namespace json = boost::json;
namespace {

json::array number(EffectId id) {
    return {id.seq, id.index};
}

json::object file_head(const std::string& file, const std::string& hash) {
    return {{"file", file}, {"content_hash", hash}};
}

template <class Rows, class ToJson>
json::array list(const Rows& rows, ToJson to) {
    json::array items;
    items.reserve(rows.size());
    for (const auto& row : rows) items.push_back(to(row));
    return items;
}

json::object given_json(const GivenNumber& given) {
    json::object to{{"reference", given.reference}, {"service", given.service},
                    {"number", given.number},       {"postal_code", given.postal_code},
                    {"weight", given.weight.value}, {"currency", given.currency},
                    {"voided", given.voided},       {"void_until", given.void_until.value}};
    if (given.cod) to["cod"] = given.cod->value;
    if (given.cost) to["cost"] = given.cost->value;
    return to;
}

struct Encoder {
    json::object operator()(const CodeScanned& in) const { return {{"code", in.text}}; }
    json::object operator()(const LoadSettled& in) const {
        return {{"scale", in.scale},
                {"settling", in.settling},
                {"gross", in.gross.value},
                {"division", in.division.value},
                {"raw", in.raw}};
    }
    json::object operator()(const LoadDisturbed& in) const {
        return {{"scale", in.scale}, {"settling", in.settling}};
    }
    json::object operator()(const ScaleFailed& in) const {
        return {{"scale", in.scale}, {"why", in.why}};
    }
    json::object operator()(const OrderReceived& in) const { return to_json(in.order); }
    json::object operator()(const OrdersImported& in) const {
        auto to = file_head(in.file, in.content_hash);
        to["orders"] = list(in.orders, [](const auto& order) { return to_json(order); });
        return to;
    }
    template <class Stop>
    static json::object stop(const Stop& in) {
        auto to = to_json(in.key);
        to["by"] = in.by;
        return to;
    }
    json::object operator()(const CancelAsked& in) const {
        auto to = stop(in);
        to["reason"] = in.reason;
        return to;
    }
    json::object operator()(const HoldAsked& in) const {
        auto to = stop(in);
        to["reason"] = in.reason;
        return to;
    }
    json::object operator()(const HoldReleased& in) const { return stop(in); }
    json::object operator()(const SkusImported& in) const {
        auto to = file_head(in.file, in.content_hash);
        to["rows"] = list(in.rows, [](const auto& row) { return to_json(row); });
        return to;
    }
    json::object operator()(const StockImported& in) const {
        auto to = file_head(in.file, in.content_hash);
        to["rows"] = list(in.rows, [](const auto& row) {
            return json::array{row.location, row.sku,        row.lot,
                               row.quantity, row.pick_order, row.expiry};
        });
        return to;
    }
    json::object operator()(const TrackingNumbersImported& in) const {
        auto to = file_head(in.file, in.content_hash);
        to["rows"] = list(in.rows, [](const auto& row) {
            return json::array{row.courier, row.service, row.number};
        });
        return to;
    }
    json::object operator()(const TariffImported& in) const {
        auto to = file_head(in.file, in.content_hash);
        put_tariff(to, in.tariff);
        return to;
    }
    json::object operator()(const ListingsImported& in) const {
        auto to = file_head(in.file, in.content_hash);
        to["rows"] = list(in.rows, [](const auto& row) {
            return json::array{row.channel,
                               row.shop,
                               row.sku,
                               row.weight.value,
                               row.size.length.value,
                               row.size.width.value,
                               row.size.height.value};
        });
        return to;
    }
    json::object operator()(const LabelPrepared& in) const {
        json::object to{{"effect", number(in.effect)}, {"label", in.hash}};
        if (in.unmarked) to["unmarked"] = true;
        return to;
    }
    json::object operator()(const LabelRefused& in) const {
        return {{"effect", number(in.effect)}, {"field", in.field}, {"why", in.why}};
    }
    json::object operator()(const EffectStarted& in) const {
        json::object to{{"effect", number(in.effect)}};
        if (in.counter) to["counter"] = *in.counter;
        return to;
    }
    json::object operator()(const PrintCounted& in) const {
        return {{"effect", number(in.effect)}, {"counter", in.counter}};
    }
    json::object operator()(const SheetsAsked& in) const {
        json::array sheets;
        for (const auto& sheet : in.sheets)
            sheets.push_back(json::array{sheet.title, sheet.hash, sheet.copies});
        return {{"device", in.device},
                {"layout", in.layout},
                {"by", in.by},
                {"sheets", std::move(sheets)}};
    }
    json::object operator()(const EffectEnded& in) const {
        return {{"effect", number(in.effect)},
                {"outcome", static_cast<int>(in.outcome)},
                {"detail", in.detail}};
    }
    json::object operator()(const EffectResolved& in) const {
        return {{"effect", number(in.effect)},
                {"outcome", static_cast<int>(in.outcome)},
                {"by", in.by},
                {"reason", in.reason},
                {"number", in.number}};
    }
    json::object operator()(const NumberAnswered& in) const {
        return {{"effect", number(in.effect)},
                {"looked_up", in.looked_up},
                {"found", list(in.found, [](const auto& given) { return given_json(given); })}};
    }
    json::object operator()(const NumberRefused& in) const {
        return {{"effect", number(in.effect)}, {"field", in.field}, {"why", in.why}};
    }
    json::object operator()(const NumberVoided& in) const {
        return {{"effect", number(in.effect)},
                {"outcome", static_cast<int>(in.outcome)},
                {"detail", in.detail}};
    }
    json::object operator()(const PackageTold& in) const {
        return {{"effect", number(in.effect)},
                {"link", in.link},
                {"looked_up", in.looked_up},
                {"package", to_json(in.package)}};
    }
    json::object operator()(const PackageParametersTold& in) const {
        return {{"effect", number(in.effect)},
                {"package", in.package_number},
                {"options", list(in.options, [](const auto& each) { return to_json(each); })}};
    }
    json::object operator()(const PackageLabelTold& in) const {
        return {{"effect", number(in.effect)},
                {"package", in.package_number},
                {"tracking_number", in.tracking_number},
                {"format", in.format},
                {"label", in.hash}};
    }
    json::object operator()(const PackageRefused& in) const {
        return {{"effect", number(in.effect)}, {"field", in.field}, {"why", in.why}};
    }
    json::object operator()(const SlotChangeAsked& in) const {
        return {{"parcel", in.parcel.value}, {"slot", in.slot}, {"by", in.by}};
    }
    json::object operator()(const NumberChecked& in) const {
        return {{"effect", number(in.effect)},
                {"reference", in.reference},
                {"found", list(in.found, [](const auto& given) { return given_json(given); })}};
    }
    json::object operator()(const ParcelTracked& in) const {
        return {{"reference", in.reference},
                {"status", to_text(in.status)},
                {"at", in.at.value},
                {"place", in.place}};
    }
    json::object operator()(const ReprintAsked& in) const {
        return {{"parcel", in.parcel.value}, {"by", in.by}, {"reason", in.reason}};
    }
    json::object operator()(const Restarted& in) const {
        return {{"build", in.build}, {"settings", in.settings_hash}};
    }
    json::object operator()(const SettingsTaken& in) const {
        return {{"settings", in.settings_hash}};
    }
    json::object operator()(const LineParcelSeen& in) const {
        json::array codes(in.codes.begin(), in.codes.end()), open;
        for (const bool one : in.lanes_open) open.push_back(one);
        json::object to{{"line", in.line},
                        {"number", in.number},
                        {"codes", std::move(codes)},
                        {"open", std::move(open)},
                        {"passes", in.passes}};
        if (in.gross) to["gross"] = in.gross->value;
        return to;
    }
    json::object operator()(const LineParcelRejected& in) const {
        json::array codes(in.codes.begin(), in.codes.end());
        return {{"line", in.line},
                {"number", in.number},
                {"reason", in.reason},
                {"why", in.why},
                {"codes", std::move(codes)}};
    }
    json::object operator()(const LineStarted& in) const { return {{"line", in.line}}; }
    json::object operator()(const LineLaneSwitched& in) const {
        return {{"line", in.line},
                {"lane", in.lane},
                {"open", in.open},
                {"by", in.by},
                {"reason", in.reason}};
    }
    json::object operator()(const LineJamClearAsked& in) const {
        json::object to{
            {"line", in.line}, {"by", in.by}, {"reason", in.reason}, {"jammed", in.jammed}};
        if (!in.feed.empty()) {
            to["feed"] = in.feed;
            to["zone"] = in.zone;
        }
        return to;
    }
    json::object operator()(const LabelFileArrived& in) const { return to_json(in); }
    json::object operator()(const LabelPageArrived& in) const { return to_json(in); }
    json::object operator()(const LabelFileRead& in) const { return to_json(in); }
    json::object operator()(const LabelPageSettled& in) const { return to_json(in); }
    json::object operator()(const ShipmentRearranged& in) const { return to_json(in); }
    json::object operator()(const LabelRunAsked& in) const { return to_json(in); }
    json::object operator()(const LabelRunSettled& in) const { return to_json(in); }
    json::object operator()(const DeviceChanged& in) const {
        return {{"name", in.name},
                {"kind", in.kind},
                {"up", in.up},
                {"state", in.state},
                {"error", in.error}};
    }
};

void put(json::object& to, const char* name, const std::string& text) {
    if (!text.empty()) to[name] = text;
}

json::object fact_json(const Fact& fact) {
    auto to = to_json(fact.order);
    to["kind"] = to_text(fact.kind);
    to["status"] = fact.status;
    if (fact.line_no) to["line"] = fact.line_no;
    put(to, "sku", fact.sku);
    if (fact.kind == FactKind::line) to["quantity"] = fact.quantity;
    if (fact.parcel) to["parcel"] = fact.parcel.value;
    put(to, "courier", fact.courier);
    put(to, "service", fact.service);
    put(to, "tracking_number", fact.tracking_number);
    if (fact.weight.value) to["weight"] = fact.weight.value;
    if (fact.cost) to["cost"] = fact.cost->value;
    put(to, "reason", fact.reason);
    put(to, "by", fact.by);
    return to;
}

}  // namespace

std::string encode(const Input& input) {
    return json::serialize(std::visit(Encoder{}, input));
}

std::string encode(const Answer& answer) {
    if (answer.code.empty()) return "{}";
    json::object to{{"kind", static_cast<int>(answer.kind)}, {"code", answer.code}};
    json::array args;
    for (const auto& [name, value] : answer.args) args.push_back(json::array{name, value});
    if (!args.empty()) to["args"] = std::move(args);
    return json::serialize(to);
}

std::string encode(const std::vector<Fact>& facts) {
    if (facts.empty()) return "[]";
    json::array items;
    for (const auto& fact : facts) items.push_back(fact_json(fact));
    return json::serialize(items);
}

}  // namespace kemas::ledger
