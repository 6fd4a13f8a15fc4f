// An order's goods and the site's packagings as the packing search asks for them, and what its
// refusal means to a person. Knows no station.
#pragma once

#include <string>
#include <vector>

#include "core/books.hpp"
#include "core/cartonize/types.hpp"
#include "core/decision.hpp"
#include "core/policy.hpp"

namespace kemas {

struct PackingAsk {
    std::vector<cartonize::Item> items;
    std::vector<cartonize::Carton> cartons;  // those whose inside is known
    std::vector<std::string> codes;          // of `cartons`
    std::vector<std::string> skus;           // of `items`
    std::vector<std::string> unsized;        // names of goods whose size nobody told
    cartonize::Rules rules;
};

// All units that the orders still want, packed or not: the whole job as it lies on the bench.
PackingAsk packing_ask(const Books& books, const std::vector<Order>& orders,
                       const std::vector<Carton>& cartons, const PackingPolicy& policy);

// A refusal with its next step where there is nothing to search with; code empty = there is.
Answer packing_refusal(const PackingAsk& ask);
Answer packing_refusal(const PackingAsk& ask, const cartonize::Refused& refused);

// What the packer is told at the start of packing.
Answer packing_suggestion(const PackingAsk& ask, const cartonize::Plan& plan);

// "2 x Kardus M, Kardus S".
std::string cartons_text(const PackingAsk& ask, const cartonize::Plan& plan);

}  // namespace kemas
