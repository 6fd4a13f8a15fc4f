#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/barcode/check_digit.hpp"
#include "core/rating/choose.hpp"
#include "core/rating/rate_book.hpp"
#include "intake/orders_json.hpp"
#include "intake/skus_csv.hpp"
#include "intake/stock_csv.hpp"
#include "intake/tariff_csv.hpp"
#include "intake/tracking_numbers_csv.hpp"
#include "label/draw.hpp"
#include "label/layout.hpp"
#include "tools/sim/demo_day.hpp"

namespace kemas::sim {
namespace {

const std::string folder = KEMAS_SOURCE_DIR "/config/demo";

std::string read(const std::string& name) {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(DemoData, ImportsWithoutASingleError) {
    const auto skus = intake::skus_from_csv(read("skus.csv"));
    EXPECT_TRUE(skus.errors.empty()) << intake::to_text(skus.errors.front());
    EXPECT_EQ(skus.rows.size(), 60u);
    const auto stock = intake::stock_from_csv(read("stock.csv"));
    EXPECT_TRUE(stock.errors.empty()) << intake::to_text(stock.errors.front());
    const auto numbers = intake::tracking_numbers_from_csv(read("tracking-numbers.csv"));
    EXPECT_TRUE(numbers.errors.empty()) << intake::to_text(numbers.errors.front());
    const auto orders = intake::orders_from_json(read("orders.json"));
    ASSERT_TRUE(orders) << intake::to_text(orders.error());
    EXPECT_EQ(orders->size(), 200u);
    const auto tariff = intake::tariff_from_csv(read("tariff.csv"));
    EXPECT_TRUE(tariff.errors.empty()) << intake::to_text(tariff.errors.front());
}

TEST(DemoData, EveryBarcodeHasItsCheckDigit) {
    for (const auto& row : intake::skus_from_csv(read("skus.csv")).rows)
        for (const auto& barcode : row.barcodes)
            EXPECT_TRUE(barcode::to_gtin14(barcode.code)) << row.sku << " " << barcode.code;
}

// What the plan wants shipped must find a price; the one order sent too far must not.
TEST(DemoData, TheTariffCarriesWhatThePlanShips) {
    const auto day = load_demo_day(folder, "");
    ASSERT_TRUE(day) << day.error().what;
    const auto book = rating::make_rate_book(intake::tariff_from_csv(read("tariff.csv")).tariff);
    ASSERT_TRUE(book);
    int unpriced = 0;
    for (const auto& order : day->orders) {
        const auto& draft = order.draft;
        if (draft.arranged) continue;
        rating::Request request;
        request.area_code = draft.area_code;
        const auto& carton = day->cartons.at(order.carton);
        request.outer = carton.outer;
        request.gross = carton.tare;
        for (const auto& line : draft.lines)
            if (const auto sku = day->skus.find(line.sku); sku != day->skus.end())
                request.gross += sku->second.weight * line.quantity;
        request.cod = draft.cod.value_or(Money{});
        request.value = draft.value;
        request.courier = draft.courier;
        request.service = draft.service;
        bool priced = false;
        std::string why;
        if (draft.service.empty()) {
            const auto choice = rating::cheapest(*book, request);
            priced = choice.has_value();
            if (!choice) why = choice.error().what;
        } else {
            const auto quote = rating::quote(*book, request);
            priced = quote.has_value();
            if (!quote) why = quote.error().what;
        }
        unpriced += !priced;
        EXPECT_EQ(priced, order.why != "no tariff for the area") << draft.key.external_id << why;
    }
    EXPECT_EQ(unpriced, 1);
}

label::LabelContent label_of(const DemoDay& day, const OrderDraft& draft) {
    std::string contents;
    for (const auto& line : draft.lines)
        if (const auto sku = day.skus.find(line.sku); sku != day.skus.end())
            contents += std::to_string(line.quantity) + " x " + sku->second.name + "\n";
    const auto& to = draft.ship_to;
    label::LabelContent content{{{"courier", "SiCepat"},
                                 {"service", "REG"},
                                 {"tracking_number", "0999000000001000"},
                                 {"weight_g", "12345"},
                                 {"parcel_no", "1/1"},
                                 {"currency", "IDR"},
                                 {"sender_name", draft.owner},
                                 {"recipient_name", to.name},
                                 {"recipient_phone", to.phone},
                                 {"recipient_address", to.address},
                                 {"area", to.district + ", " + to.city},
                                 {"postal_code", to.postal_code},
                                 {"order_number", draft.key.external_id},
                                 {"shop", draft.key.shop},
                                 {"contents", contents}}};
    if (draft.cod) content.fields["cod_amount"] = std::to_string(draft.cod->value);
    return content;
}

// Everything the plan wants shipped fits the example label; the two that must not are named.
TEST(DemoData, TheLabelHoldsWhatThePlanShips) {
    const auto day = load_demo_day(folder, "");
    const auto layout = label::load_layout(KEMAS_SOURCE_DIR "/config/labels/domestic-100x150.toml");
    ASSERT_TRUE(day);
    ASSERT_TRUE(layout) << layout.error().what;
    std::vector<std::string> refused;
    for (const auto& order : day->orders) {
        if (order.draft.arranged) continue;
        const auto drawn = label::draw(*layout, label_of(*day, order.draft));
        if (drawn) continue;
        refused.push_back(drawn.error().field + " <- " + order.why);
    }
    const std::vector<std::string> wanted{
        "recipient_phone <- recipient without phone",
        "recipient_name <- recipient's name does not fit the label"};
    EXPECT_EQ(refused, wanted);
}

TEST(DemoData, HasEachKindOfOrderItPromises) {
    const auto day = load_demo_day(folder, "");
    ASSERT_TRUE(day) << day.error().what;
    const auto count = [&](auto wanted) { return std::ranges::count_if(day->orders, wanted); };
    EXPECT_EQ(count([](const auto& o) { return o.draft.arranged.has_value(); }), 120);
    EXPECT_GT(count([](const auto& o) { return o.draft.cod.has_value(); }), 20);
    EXPECT_EQ(count([](const auto& o) { return o.cancel.has_value(); }), 6);
    EXPECT_EQ(count([](const auto& o) { return o.expect == "on_hold"; }), 4);
    EXPECT_EQ(count([](const auto& o) { return o.expect == "backordered"; }), 1);
    EXPECT_EQ(day->jobs.size(), 199u);  // two orders travel together
}

TEST(DemoData, AMissingFolderIsNamed) {
    const auto day = load_demo_day("/nowhere", "");
    ASSERT_FALSE(day);
    EXPECT_NE(day.error().what.find("/nowhere/skus.csv"), std::string::npos);
}

}  // namespace
}  // namespace kemas::sim
