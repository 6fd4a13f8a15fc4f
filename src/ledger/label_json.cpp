#include "ledger/label_json.hpp"

#include <boost/json/array.hpp>

#include "ledger/json_fields.hpp"

namespace kemas::ledger {
namespace json = boost::json;
namespace {

json::array codes_json(const std::vector<SeenCode>& codes) {
    json::array list;
    for (const auto& code : codes)
        list.push_back(
            json::array{code.format, code.text, code.survives, code.lost, code.module_tenths});
    return list;
}

std::vector<SeenCode> codes_from(const json::object& from) {
    std::vector<SeenCode> codes;
    if (const auto* list = list_of(from, "codes"))
        for (const auto& item : *list) {
            const auto& row = item.as_array();
            codes.push_back({std::string(row.at(0).as_string()), std::string(row.at(1).as_string()),
                             row.at(2).as_bool(), row.at(3).as_bool(), row.at(4).to_number<int>()});
        }
    return codes;
}

int integer_of(const json::object& from, std::string_view name) {
    return static_cast<int>(number_of(from, name));
}

}  // namespace

json::object to_json(const LabelFileArrived& in) {
    return {{"name", in.name}, {"source", in.source}, {"by", in.by}, {"file", in.hash}};
}
json::object to_json(const LabelPageArrived& in) {
    return {{"file", in.file.value},        {"member", in.member}, {"page", in.page},
            {"name", in.member_name},       {"kind", in.kind},     {"fault", in.fault},
            {"codes", codes_json(in.codes)}};
}
json::object to_json(const LabelFileRead& in) {
    return {{"file", in.file.value}, {"pages", in.pages}, {"fault", in.fault}};
}
json::object to_json(const LabelPageSettled& in) {
    return {
        {"page", in.page.value}, {"parcel", in.parcel.value}, {"by", in.by}, {"reason", in.reason}};
}
json::object to_json(const ShipmentRearranged& in) {
    return {{"parcel", in.parcel.value},
            {"number", in.tracking_number},
            {"by", in.by},
            {"reason", in.reason}};
}
json::object to_json(const LabelRunAsked& in) {
    return {{"channel", in.channel}, {"courier", in.courier}, {"most", in.most}, {"by", in.by}};
}
json::object to_json(const LabelRunSettled& in) {
    return {{"run", in.run.value}, {"last", in.last}, {"by", in.by}};
}

Input label_file_arrived(const json::object& b, const SideTables& side) {
    const auto hash = text_of(b, "file");
    return LabelFileArrived{text_of(b, "name"), text_of(b, "source"), text_of(b, "by"), hash,
                            side.blob(hash).value_or("")};
}
Input label_page_arrived(const json::object& b, const SideTables&) {
    return LabelPageArrived{{number_of(b, "file")}, integer_of(b, "member"), integer_of(b, "page"),
                            text_of(b, "name"),     text_of(b, "kind"),      text_of(b, "fault"),
                            codes_from(b)};
}
Input label_file_read(const json::object& b, const SideTables&) {
    return LabelFileRead{{number_of(b, "file")}, integer_of(b, "pages"), text_of(b, "fault")};
}
Input label_page_settled(const json::object& b, const SideTables&) {
    return LabelPageSettled{
        {number_of(b, "page")}, {number_of(b, "parcel")}, text_of(b, "by"), text_of(b, "reason")};
}
Input shipment_rearranged(const json::object& b, const SideTables&) {
    return ShipmentRearranged{
        {number_of(b, "parcel")}, text_of(b, "number"), text_of(b, "by"), text_of(b, "reason")};
}
Input label_run_asked(const json::object& b, const SideTables&) {
    return LabelRunAsked{text_of(b, "channel"), text_of(b, "courier"), integer_of(b, "most"),
                         text_of(b, "by")};
}
Input label_run_settled(const json::object& b, const SideTables&) {
    return LabelRunSettled{{number_of(b, "run")}, integer_of(b, "last"), text_of(b, "by")};
}

}  // namespace kemas::ledger
