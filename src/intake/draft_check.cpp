#include "intake/draft_check.hpp"

#include "intake/utf8.hpp"

namespace kemas::intake {
namespace {

class Checker {
 public:
    void text(std::string path, const std::string& value, std::size_t longest,
              TextKind kind = TextKind::single_line) {
        if (value.size() > longest) {
            add(std::move(path), "is " + std::to_string(value.size()) + " bytes long; at most " +
                                     std::to_string(longest) + " are allowed");
        } else if (auto why = text_fault(value, kind); !why.empty()) {
            add(std::move(path), std::move(why));
        }
    }
    void id(std::string path, const std::string& value, bool required) {
        if (value.empty()) {
            if (required) add(std::move(path), "is missing or empty");
            return;
        }
        if (trimmed(value).size() != value.size()) {
            add(std::move(path), "begins or ends with a space; remove it");
            return;
        }
        text(std::move(path), value, kLongestId);
    }
    void range(std::string path, std::int64_t value, std::int64_t least, std::int64_t most) {
        if (value >= least && value <= most) return;
        add(std::move(path), "is " + std::to_string(value) + "; must be " + std::to_string(least) +
                                 " to " + std::to_string(most));
    }
    void add(std::string path, std::string reason) {
        faults_.push_back({std::move(path), std::move(reason)});
    }
    FieldFaults take() { return std::move(faults_); }

 private:
    FieldFaults faults_;
};

void check_person(Checker& checker, const Person& person) {
    checker.text("ship_to.name", person.name, kLongestText);
    checker.text("ship_to.phone", person.phone, kLongestId);
    checker.text("ship_to.address", person.address, kLongestText, TextKind::lines);
    checker.text("ship_to.district", person.district, kLongestText);
    checker.text("ship_to.city", person.city, kLongestText);
    checker.text("ship_to.province", person.province, kLongestText);
    checker.text("ship_to.postal_code", person.postal_code, kLongestId);
}

void check_shipment(Checker& checker, const ArrangedShipment& shipment) {
    // Where the channel is still to arrange it, its package number is all there is.
    const bool to_come = shipment.tracking_number.empty() && !shipment.package_number.empty();
    checker.id("shipment.courier", shipment.courier, !to_come);
    checker.id("shipment.service", shipment.service, false);
    checker.id("shipment.tracking_number", shipment.tracking_number, !to_come);
    checker.id("shipment.package_number", shipment.package_number, false);
    const std::string& label = shipment.label_zpl;
    if (label.empty()) return;
    const auto begin = label.find("^XA");
    if (begin == std::string::npos || label.find("^XZ", begin) == std::string::npos) {
        checker.add("shipment.label_zpl", "is not ZPL; it must hold ^XA ... ^XZ");
    }
}

}  // namespace

FieldFaults check(const OrderDraft& draft) {
    Checker checker;
    checker.id("channel", draft.key.channel, true);
    checker.id("shop", draft.key.shop, true);
    checker.id("external_id", draft.key.external_id, true);
    checker.id("owner", draft.owner, false);
    checker.id("combine_group", draft.combine_group, false);
    checker.id("area_code", draft.area_code, false);
    checker.id("courier", draft.courier, false);
    checker.id("service", draft.service, false);
    checker.text("note", draft.note, kLongestText, TextKind::lines);
    check_person(checker, draft.ship_to);
    if (draft.cod) checker.range("cod_amount", draft.cod->value, 1, kMostMoney);
    checker.range("value", draft.value.value, 0, kMostMoney);
    if (draft.lines.empty()) checker.add("lines", "is empty; an order needs at least one line");
    if (draft.lines.size() > kMostLines) {
        checker.add("lines", "has " + std::to_string(draft.lines.size()) + " lines; at most " +
                                 std::to_string(kMostLines) + " are allowed");
    }
    for (std::size_t i = 0; i < draft.lines.size(); ++i) {
        const std::string path = "lines[" + std::to_string(i) + "].";
        checker.id(path + "sku", draft.lines[i].sku, true);
        checker.range(path + "quantity", draft.lines[i].quantity, 1, kMostUnits);
    }
    if (draft.arranged) check_shipment(checker, *draft.arranged);
    return checker.take();
}

}  // namespace kemas::intake
