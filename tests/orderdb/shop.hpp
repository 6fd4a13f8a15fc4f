// What the tests of the order database share: facts, and words to read what was pulled.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "orderdb/open_order_db.hpp"

namespace kemas::test {

inline constexpr const char* kLedger = "0190-aa-bb";  // a ledger's uuid holds dashes

inline NumberedFact order_fact(int seq, std::string external_id, std::string status) {
    NumberedFact fact;
    fact.id = std::string(kLedger) + "-3-" + std::to_string(seq) + "-0";
    fact.at = Instant{1'700'000'000'000 + seq};
    fact.fact.kind = FactKind::order;
    fact.fact.order = {"webstore", "main", std::move(external_id)};
    fact.fact.status = std::move(status);
    return fact;
}

inline NumberedFact parcel_fact(int seq, std::string external_id, std::string status) {
    NumberedFact fact = order_fact(seq, std::move(external_id), std::move(status));
    fact.fact.kind = FactKind::parcel;
    fact.fact.parcel = ParcelId{77};
    fact.fact.courier = "JNE";
    fact.fact.service = "REG";
    fact.fact.tracking_number = "0999000000001000";
    fact.fact.weight = Milligrams{1'234'567};
    fact.fact.cost = Money{9000};
    return fact;
}

inline std::vector<NumberedFact> many_order_facts(int first_seq, int count) {
    std::vector<NumberedFact> facts;
    for (int i = 0; i < count; ++i) {
        facts.push_back(order_fact(first_seq + i, "W-" + std::to_string(i % 7), "picking"));
    }
    return facts;
}

// An order of the shop with two lines, in SQL that every backend takes.
inline std::string order_sql(int id) {
    const std::string n = std::to_string(id);
    return "insert into kemas_orders (id, channel, shop, external_id, owner, name, city, "
           "postal_code, area_code, cod_amount, value, ship_by) values (" +
           n + ", 'webstore', 'main', 'W-" + n +
           "', 'acme', 'Sari', 'Bogor', '16110', '32.71.01', 150000, 148000, "
           "'2026-11-21T16:00:00+07:00'); "
           "insert into kemas_order_lines (order_id, line_no, sku, quantity) values (" +
           n + ", 1, 'MUG', 2), (" + n + ", 2, 'TEA', 1);";
}

// Fails the test with the fault's words.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().what);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace kemas::test
