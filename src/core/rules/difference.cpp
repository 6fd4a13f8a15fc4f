// What an order sent again says differently: the first thing a person should look at.
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::string was(const std::string& field, const std::string& now, const std::string& before) {
    return field + " is now \"" + now + "\", was \"" + before + "\"";
}

std::string cod_text(const std::optional<Money>& cod) {
    return cod ? std::to_string(cod->value) : "none";
}

std::string line_difference(const std::vector<Line>& have, const std::vector<DraftLine>& wanted) {
    if (have.size() != wanted.size())
        return was("number of lines", std::to_string(wanted.size()), std::to_string(have.size()));
    for (std::size_t i = 0; i < have.size(); ++i) {
        const auto name = "line " + std::to_string(i + 1);
        if (have[i].sku != wanted[i].sku) return was(name + " sku", wanted[i].sku, have[i].sku);
        if (have[i].ordered != wanted[i].quantity)
            return was(name + " quantity", std::to_string(wanted[i].quantity),
                       std::to_string(have[i].ordered));
    }
    return "";
}

}  // namespace

std::string difference(const Turn& turn, const Order& have, const SealedOrder& wanted) {
    const auto& draft = wanted.draft;
    const auto person = turn.books.person(have.person);
    const bool same_person = person && *person == draft.ship_to;
    if (have.content_hash == wanted.content_hash) return same_person ? "" : "ship_to differs";
    if (auto lines = line_difference(turn.books.lines(have.id), draft.lines); !lines.empty())
        return lines;
    if (have.cod != draft.cod) return was("cod_amount", cod_text(draft.cod), cod_text(have.cod));
    if (have.value != draft.value)
        return was("value", std::to_string(draft.value.value), std::to_string(have.value.value));
    if (have.area_code != draft.area_code) return was("area_code", draft.area_code, have.area_code);
    if (have.courier != draft.courier) return was("courier", draft.courier, have.courier);
    if (have.service != draft.service) return was("service", draft.service, have.service);
    if (have.ship_by != draft.ship_by)
        return was("ship_by (ms)", std::to_string(draft.ship_by.value),
                   std::to_string(have.ship_by.value));
    if (have.note != draft.note) return was("note", draft.note, have.note);
    return "the arranged shipment, owner or combine_group differs";
}

}  // namespace kemas
