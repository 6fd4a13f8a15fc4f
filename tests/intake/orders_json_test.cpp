#include "intake/orders_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kemas::intake {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kOrder = R"({"channel":"webstore","shop":"main","external_id":"W-1",
    "lines":[{"sku":"MUG","quantity":2},{"sku":"TEA","quantity":1}]})";

// kOrder with one more or replaced field.
std::string order_with(const std::string& field) {
    return R"({"channel":"webstore","shop":"main","external_id":"W-1",
        "lines":[{"sku":"MUG","quantity":2}],)" +
           field + "}";
}
FieldFaults faults(std::string_view body) {
    const auto orders = orders_from_json(body);
    return orders ? FieldFaults{} : orders.error();
}
std::string all(std::string_view body) {
    return to_text(faults(body));
}

TEST(OrdersJson, ReadsEveryField) {
    const auto orders = orders_from_json(R"({"channel":"shopee","shop":"rona","external_id":"26A",
        "owner":"Rona","combine_group":"g1","area_code":"31.75.06","cod_amount":150000,
        "value":148000,"courier":"JNE","service":"REG","note":"Terima kasih \u2665",
        "ship_by":"2026-11-21T16:00:00+07:00",
        "lines":[{"sku":"MUG","quantity":2},{"sku":"TEA","quantity":1}],
        "ship_to":{"name":"Sari","phone":"0812","address":"Jl. A\nRT 1","district":"D","city":"C",
            "province":"P","postal_code":"13910"},
        "shipment":{"courier":"J&T","service":"EZ","tracking_number":"JP1","package_number":"P1",
            "label_zpl":"^XA\n^XZ"}})");
    ASSERT_TRUE(orders) << to_text(orders.error());
    OrderDraft wanted;
    wanted.key = {"shopee", "rona", "26A"};
    wanted.owner = "Rona";
    wanted.combine_group = "g1";
    wanted.lines = {{"MUG", 2}, {"TEA", 1}};
    wanted.ship_to = {"Sari", "0812", "Jl. A\nRT 1", "D", "C", "P", "13910"};
    wanted.area_code = "31.75.06";
    wanted.cod = Money{150000};
    wanted.value = Money{148000};
    wanted.courier = "JNE";
    wanted.service = "REG";
    wanted.note = "Terima kasih \u2665";
    wanted.ship_by = Instant{1795251600000};
    wanted.arranged = ArrangedShipment{"J&T", "EZ", "JP1", "P1", "^XA\n^XZ"};
    EXPECT_THAT(*orders, ElementsAre(wanted));
}

TEST(OrdersJson, TakesOneManyOrAWrappedList) {
    EXPECT_EQ(orders_from_json(kOrder)->size(), 1u);
    EXPECT_EQ(orders_from_json("[" + kOrder + "]")->size(), 1u);
    EXPECT_EQ(orders_from_json(R"({"orders":[)" + kOrder + "]} \n")->size(), 1u);
}

TEST(OrdersJson, NullMeansNotGiven) {
    const auto orders =
        orders_from_json(order_with(R"("cod_amount":null,"shipment":null,"note":null)"));
    ASSERT_TRUE(orders) << to_text(orders.error());
    EXPECT_FALSE(orders->front().cod);
    EXPECT_FALSE(orders->front().arranged);
}

TEST(OrdersJson, NamesThePathOfABadQuantity) {
    const std::string bad = R"({"channel":"w","shop":"m","external_id":"W-2",
        "lines":[{"sku":"MUG","quantity":0}]})";
    EXPECT_EQ(all(R"({"orders":[)" + kOrder + "," + bad + "]}"),
              "orders[1].lines[0].quantity is 0; must be 1 to 1000000");
    EXPECT_EQ(all("[" + bad + "]"), "[0].lines[0].quantity is 0; must be 1 to 1000000");
    EXPECT_EQ(all(bad), "lines[0].quantity is 0; must be 1 to 1000000");
}

TEST(OrdersJson, TellsAllMistakesAtOnce) {
    const auto found = faults(R"([{"channel":"w","shop":7,"lines":[{"sku":"A","quantity":"2"}],
        "colour":"red","value":-1,"ship_by":"2026-02-30T10:00Z"}, 5])");
    std::vector<std::string> paths;
    for (const auto& fault : found) paths.push_back(fault.path);
    EXPECT_THAT(paths, ::testing::UnorderedElementsAre("[0].external_id", "[0].shop", "[0].value",
                                                       "[0].lines[0].quantity", "[0].colour",
                                                       "[0].ship_by", "[1]"));
}

TEST(OrdersJson, RefusesUnknownAndRepeatedKeys) {
    EXPECT_EQ(all(order_with(R"("ship_to":{"nmae":"Sari"})")),
              "ship_to.nmae is not a known field; check its spelling");
    EXPECT_EQ(all(order_with(R"("note":"a","note":"b")")), "note is given twice");
    EXPECT_EQ(all("[" + order_with(R"("lines":[])") + "]"), "[0].lines is given twice");
    EXPECT_EQ(all(R"({"orders":[)" + kOrder + R"(],"page":2})"),
              "page is not a known field; check its spelling");
}

TEST(OrdersJson, RefusesTheSameOrderTwice) {
    EXPECT_EQ(all("[" + kOrder + "," + kOrder + "]"),
              "[1].external_id repeats [0]; give each order once");
}

TEST(OrdersJson, TakesMoneyAsWholeMinorUnitsOnly) {
    EXPECT_THAT(all(order_with(R"("value":10.5)")), HasSubstr("value is a number with fraction"));
    EXPECT_THAT(all(order_with(R"("value":1e3)")), HasSubstr("value is a number with fraction"));
    EXPECT_THAT(all(order_with(R"("value":99999999999999999999999)")), HasSubstr("value is"));
    EXPECT_EQ(all(order_with(R"("value":18446744073709551615)")), "value is too large");
    EXPECT_THAT(all(order_with(R"("value":9000000000000000)")), HasSubstr("value is 9000"));
    EXPECT_THAT(all(order_with(R"("cod_amount":0)")), HasSubstr("cod_amount is 0; must be 1"));
    EXPECT_THAT(all(order_with(R"("cod_amount":"100")")),
                HasSubstr("cod_amount is a text; must be a whole number without quotes"));
}

TEST(OrdersJson, AnArrangedShipmentNeedsItsNumberAndARealLabel) {
    EXPECT_EQ(all(order_with(R"("shipment":{"courier":"JNE"})")),
              "shipment.tracking_number is missing or empty");
    EXPECT_EQ(
        all(order_with(R"("shipment":{"courier":"JNE","tracking_number":"1","label_zpl":"%PDF"})")),
        "shipment.label_zpl is not ZPL; it must hold ^XA ... ^XZ");
}

TEST(OrdersJson, RefusesControlCharactersInIds) {
    EXPECT_THAT(all(order_with(R"("owner":"a\u0000b")")), HasSubstr("owner holds a control"));
    EXPECT_THAT(all(order_with(R"("owner":" a")")), HasSubstr("owner begins or ends with a space"));
    EXPECT_THAT(all(order_with("\"owner\":\"" + std::string(101, 'x') + "\"")),
                HasSubstr("owner is 101 bytes long"));
}

TEST(OrdersJson, NamesTheFieldOfInvalidUtf8) {
    const auto found = faults("[" + order_with("\"ship_to\":{\"name\":\"\xC3\x28\"}") + "]");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].path, "[0].ship_to.name");
    EXPECT_THAT(found[0].reason, HasSubstr("UTF-8"));
}

TEST(OrdersJson, EveryTruncationIsRefused) {
    for (std::size_t length = 0; length < kOrder.size(); ++length) {
        EXPECT_FALSE(orders_from_json(kOrder.substr(0, length))) << length;
    }
    EXPECT_THAT(all(kOrder.substr(0, kOrder.size() - 1)), HasSubstr("ends in the middle"));
    EXPECT_THAT(all(kOrder + "x"), HasSubstr("has something after the JSON"));
}

TEST(OrdersJson, RefusesDeepNestingWithoutRunningOutOfStack) {
    EXPECT_THAT(all(std::string(200'000, '[')), HasSubstr("nested deeper than 32"));
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
    EXPECT_THAT(all(deep), HasSubstr("nested deeper than 32"));
}

TEST(OrdersJson, RefusesNothingAndTooMuch) {
    EXPECT_THAT(all("[]"), HasSubstr("holds no order"));
    EXPECT_THAT(all("5"), HasSubstr("holds no order"));
    EXPECT_THAT(all(R"({"orders":{}})"), HasSubstr("orders is an object; must be an array"));
    std::string many = "[";
    for (int i = 0; i <= 1000; ++i) many += std::string(i == 0 ? "" : ",") + "{}";
    EXPECT_THAT(all(many + "]"), HasSubstr("has 1001 orders; send at most 1000"));
}

}  // namespace
}  // namespace kemas::intake
