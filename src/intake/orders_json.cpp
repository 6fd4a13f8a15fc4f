#include "intake/orders_json.hpp"

#include <map>

#include "intake/draft_check.hpp"
#include "intake/json_fields.hpp"
#include "intake/json_text.hpp"

namespace kemas::intake {
namespace {

namespace json = boost::json;

Person read_person(const json::object& object, std::string path, FieldFaults& faults) {
    JsonFields fields(object, std::move(path), faults);
    Person person;
    person.name = fields.text("name");
    person.phone = fields.text("phone");
    person.address = fields.text("address");
    person.district = fields.text("district");
    person.city = fields.text("city");
    person.province = fields.text("province");
    person.postal_code = fields.text("postal_code");
    fields.refuse_unknown();
    return person;
}

ArrangedShipment read_shipment(const json::object& object, std::string path, FieldFaults& faults) {
    JsonFields fields(object, std::move(path), faults);
    ArrangedShipment shipment;
    shipment.courier = fields.text("courier");
    shipment.service = fields.text("service");
    shipment.tracking_number = fields.text("tracking_number");
    shipment.package_number = fields.text("package_number");
    shipment.label_zpl = fields.text("label_zpl");
    fields.refuse_unknown();
    return shipment;
}

std::vector<DraftLine> read_lines(const json::array& array, const std::string& path,
                                  FieldFaults& faults) {
    std::vector<DraftLine> lines;
    for (std::size_t i = 0; i < array.size(); ++i) {
        std::string place = path + '[' + std::to_string(i) + ']';
        DraftLine line;
        if (const json::object* object = array[i].if_object()) {
            JsonFields fields(*object, std::move(place), faults);
            line.sku = fields.text("sku");
            line.quantity = fields.required_integer("quantity");
            fields.refuse_unknown();
        } else {
            faults.push_back({std::move(place), "is " + std::string(kind_of(array[i])) +
                                                    "; must be an object with sku and quantity"});
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

OrderDraft read_order(const json::object& object, const std::string& path, FieldFaults& faults) {
    FieldFaults own;
    JsonFields fields(object, path, own);
    OrderDraft draft;
    draft.key.channel = fields.text("channel");
    draft.key.shop = fields.text("shop");
    draft.key.external_id = fields.text("external_id");
    draft.owner = fields.text("owner");
    draft.combine_group = fields.text("combine_group");
    draft.area_code = fields.text("area_code");
    if (const auto cod = fields.integer("cod_amount")) draft.cod = Money{*cod};
    draft.value = Money{fields.integer("value").value_or(0)};
    draft.courier = fields.text("courier");
    draft.service = fields.text("service");
    draft.note = fields.text("note");
    draft.ship_by = fields.instant("ship_by");
    if (const auto* lines = fields.array("lines")) {
        draft.lines = read_lines(*lines, fields.path_of("lines"), own);
    }
    if (const auto* person = fields.object("ship_to")) {
        draft.ship_to = read_person(*person, fields.path_of("ship_to"), own);
    }
    if (const auto* shipment = fields.object("shipment")) {
        draft.arranged = read_shipment(*shipment, fields.path_of("shipment"), own);
    }
    fields.refuse_unknown();
    // Rules of content; a field already found to be of the wrong type is not told twice, nor one
    // inside it.
    for (auto& fault : check(draft)) {
        fault.path = join_path(path, fault.path);
        bool told = false;
        for (const auto& earlier : own) told = told || fault.path.starts_with(earlier.path);
        if (!told) faults.push_back(std::move(fault));
    }
    faults.insert(faults.end(), own.begin(), own.end());
    return draft;
}

void refuse_repeats(const std::vector<OrderDraft>& drafts, const std::vector<std::string>& paths,
                    FieldFaults& faults) {
    std::map<OrderKey, std::size_t> first;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (drafts[i].key.external_id.empty()) continue;
        const auto [place, is_new] = first.try_emplace(drafts[i].key, i);
        if (is_new) continue;
        faults.push_back({join_path(paths[i], "external_id"),
                          "repeats " + paths[place->second] + "; give each order once"});
    }
}

}  // namespace

tl::expected<std::vector<OrderDraft>, FieldFaults> orders_from_json(std::string_view body) {
    auto tree = read_json(body);
    if (!tree) return tl::unexpected(std::move(tree.error()));

    FieldFaults faults;
    std::vector<OrderDraft> drafts;
    const json::array* array = tree->if_array();
    std::string prefix;
    if (const json::object* object = tree->if_object()) {
        if (!object->contains("orders")) {
            drafts.push_back(read_order(*object, "", faults));
            if (faults.empty()) return drafts;
            return tl::unexpected(std::move(faults));
        }
        JsonFields fields(*object, "", faults);
        array = fields.array("orders");
        prefix = "orders";
        fields.refuse_unknown();
    }
    if (array == nullptr || array->empty()) {
        if (faults.empty()) {
            faults.push_back({prefix,
                              "holds no order; send an object, an array of them, or "
                              "{\"orders\": [...]}"});
        }
        return tl::unexpected(std::move(faults));
    }
    if (array->size() > kMostOrders) {
        faults.push_back({prefix, "has " + std::to_string(array->size()) +
                                      " orders; send at most " + std::to_string(kMostOrders) +
                                      " at a time"});
        return tl::unexpected(std::move(faults));
    }
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < array->size(); ++i) {
        paths.push_back(prefix + '[' + std::to_string(i) + ']');
        const json::value& item = (*array)[i];
        if (const json::object* object = item.if_object()) {
            drafts.push_back(read_order(*object, paths.back(), faults));
        } else {
            drafts.emplace_back();
            faults.push_back({paths.back(), "is " + std::string(kind_of(item)) +
                                                "; must be an order, as an object"});
        }
    }
    refuse_repeats(drafts, paths, faults);
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return drafts;
}

}  // namespace kemas::intake
