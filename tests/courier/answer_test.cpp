// What a courier may say, and what is not believed of it.
#include <gmock/gmock.h>

#include "core/breaker.hpp"
#include "courier/answer_json.hpp"
#include "intake/label_bytes.hpp"

namespace kemas::courier {
namespace {

using Kind = CourierAnswer::Kind;
using ::testing::HasSubstr;

http::Response ok(std::string body) {
    return {200, std::move(body), "application/json", {}, ""};
}

const std::string good =
    R"({"reference":"KMS-1-1","service":"EMS","tracking_number":"RB123456785ID","postal_code":"17530",)"
    R"("weight_g":1240,"cod":{"amount":150000,"currency":"IDR"},"cost":{"amount":9000,"currency":"IDR"},)"
    R"("status":"live","void_until":"2026-11-23T10:00:00Z","colour":"blue"})";

std::string with(const std::string& from, const std::string& to) {
    auto text = good;
    text.replace(text.find(from), from.size(), to);
    return "{\"shipment\":" + text + "}";
}

TEST(CourierAnswer, ReadsAShipment) {
    const auto answer = created_from(ok("{\"shipment\":" + good + "}"));
    ASSERT_EQ(answer.kind, Kind::answered) << answer.field << answer.why;
    const auto& given = answer.found.at(0);
    EXPECT_EQ(given.reference, "KMS-1-1");
    EXPECT_EQ(given.number, "RB123456785ID");
    EXPECT_EQ(given.weight, grams(1240));
    EXPECT_EQ(given.cod, Money{150000});
    EXPECT_EQ(given.cost, Money{9000});
    EXPECT_EQ(given.currency, "IDR");
    EXPECT_FALSE(given.voided);
    EXPECT_GT(given.void_until.value, 0);
}

TEST(CourierAnswer, NamesTheFieldItDoesNotBelieve) {
    struct Lie {
        std::string from, to, field;
    };
    const Lie lies[] = {
        {"\"RB123456785ID\"", "\"RB1^XZ~JR\"", "shipment.tracking_number"},
        {"\"RB123456785ID\"", "\"R\"", "shipment.tracking_number"},
        {"\"RB123456785ID\"", "\"" + std::string(41, '7') + "\"", "shipment.tracking_number"},
        {"\"RB123456785ID\"", "17", "shipment.tracking_number"},
        {"\"KMS-1-1\"", "\"\"", "shipment.reference"},
        {"\"KMS-1-1\"", "\"" + std::string(201, 'A') + "\"", "shipment.reference"},
        {"\"EMS\"", "\"E\\u0007S\"", "shipment.service"},
        {"1240", "-1", "shipment.weight_g"},
        {"1240", "1240.5", "shipment.weight_g"},
        {"\"live\"", "\"perhaps\"", "shipment.status"},
        {"9000", "-9000", "shipment.cost.amount"},
        {"9000", "9000000000000000", "shipment.cost.amount"},
        {"9000,\"currency\":\"IDR\"", "9000,\"currency\":\"USD\"", "shipment.cost.currency"},
        {"\"2026-11-23T10:00:00Z\"", "\"tomorrow\"", "shipment.void_until"},
    };
    for (const auto& lie : lies) {
        const auto answer = created_from(ok(with(lie.from, lie.to)));
        EXPECT_EQ(answer.kind, Kind::unknown) << lie.to;
        EXPECT_EQ(answer.field, lie.field) << lie.to << ": " << answer.why;
        EXPECT_FALSE(answer.why.empty());
    }
}

TEST(CourierAnswer, IsNothingWhenItIsNoJsonOfTheContract) {
    std::string deep = "{\"shipment\":";
    for (int i = 0; i < 40; ++i) deep += "[";
    for (const auto& body :
         {std::string(), std::string("[]"), std::string("{}"), std::string("{\"shipment\": [1, 2"),
          std::string("{\"shipment\":7}"), std::string("{\"shipment\":{},\"shipment\":{}}"), deep,
          std::string("\xff\xfe{}")})
        EXPECT_EQ(created_from(ok(body)).kind, Kind::unknown) << body.substr(0, 40);
    auto html = ok("{\"shipment\":" + good + "}");
    html.content_type = "text/html";
    EXPECT_EQ(created_from(html).field, "Content-Type");
}

TEST(CourierAnswer, OnlyARefusalThatSaysWhyIsOne) {
    http::Response no{422,
                      R"({"error":{"field":"ship_to.postal_code","reason":"17530 is not served"}})",
                      "application/json",
                      {},
                      ""};
    auto answer = created_from(no);
    EXPECT_EQ(answer.kind, Kind::refused);
    EXPECT_EQ(answer.field, "ship_to.postal_code");
    no.body = "{}";
    EXPECT_EQ(created_from(no).kind, Kind::unknown);
    for (const int status : {201, 204, 301, 302, 400, 401, 403, 404, 409, 429, 500, 503}) {
        const http::Response other{status, "{}", "application/json", {2'000}, ""};
        answer = created_from(other);
        EXPECT_EQ(answer.kind, Kind::unknown) << status;
    }
    EXPECT_THAT(created_from({302, "", "", {}, ""}).why, HasSubstr("where we do not go"));
    EXPECT_THAT(created_from({401, "", "", {}, ""}).why, HasSubstr("token"));
    EXPECT_EQ(created_from({429, "", "", {2'000}, ""}).retry_after.value, 2'000);
    no.status = 409;
    no.body = R"({"error":{"field":"status","reason":"only by return"}})";
    EXPECT_EQ(voided_from(no).kind, Kind::refused);
    EXPECT_EQ(created_from(no).kind, Kind::unknown);
}

TEST(CourierAnswer, ALookUpNeedsAListAndA404IsNone) {
    EXPECT_EQ(found_from(ok("{\"shipments\":[]}")).kind, Kind::answered);
    EXPECT_EQ(found_from(ok("{\"shipments\":[" + good + "," + good + "]}")).found.size(), 2u);
    EXPECT_EQ(found_from(ok("{\"shipments\":[7]}")).field, "shipments[0]");
    EXPECT_EQ(found_from(ok("{}")).field, "shipments");
    EXPECT_EQ(found_from({404, "{}", "application/json", {}, ""}).kind, Kind::unknown);
    std::string many = "{\"shipments\":[" + good;
    for (int i = 0; i < 100; ++i) many += "," + good;
    EXPECT_EQ(found_from(ok(many + "]}")).kind, Kind::unknown);
}

TEST(CourierAnswer, SendsWhatTheContractSays) {
    ShipmentAsk ask;
    ask.reference = "KMS-1-1";
    ask.service = "EMS";
    ask.weight_g = 1240;
    ask.ship_to.name = "Dewi \"^XZ\"";
    ask.currency = "IDR";
    const auto body = shipment_json(ask);
    EXPECT_THAT(body, HasSubstr("\"reference\":\"KMS-1-1\""));
    EXPECT_THAT(body, HasSubstr("\"cod\":null"));
    EXPECT_THAT(body, HasSubstr("Dewi \\\"^XZ\\\""));
    ask.cod = Money{150000};
    EXPECT_THAT(shipment_json(ask), HasSubstr("\"cod\":{\"amount\":150000,\"currency\":\"IDR\"}"));
}

TEST(CourierLabel, IsOnlyBytesThatCanBeOne) {
    const auto label = [](const std::string& format, const std::string& bytes) {
        return label_from(ok("{\"format\":\"" + format + "\",\"bytes\":\"" + bytes + "\"}"));
    };
    ASSERT_TRUE(label("zpl", "XlhBXkZYIHNpbV5GU15YWg=="));
    EXPECT_EQ(label("zpl", "XlhBXkZYIHNpbV5GU15YWg==")->bytes, "^XA^FX sim^FS^XZ");
    EXPECT_FALSE(label("pdf", "XlhBXkZYIHNpbV5GU15YWg=="));
    EXPECT_FALSE(label("exe", "XlhBXkZYIHNpbV5GU15YWg=="));
    EXPECT_FALSE(label("zpl", "XlhBXkZYIHNpbV5GU15YWg"));
    EXPECT_FALSE(label("zpl", ""));
    EXPECT_FALSE(label("zpl", "Xlh!"));
    EXPECT_EQ(intake::from_base64("QQ=="), "A");
    EXPECT_EQ(intake::from_base64("QUJD"), "ABC");
    EXPECT_EQ(intake::from_base64("QUI="), "AB");
    EXPECT_EQ(intake::from_base64("===="), std::nullopt);
    EXPECT_EQ(intake::from_base64("Q==="), std::nullopt);
    EXPECT_NE(intake::refusal_of_label("zpl", "^XA" + std::string(intake::kLargestLabel, 'x')), "");
}

TEST(CourierTracking, ReadsEvents) {
    const auto events = track_from(ok(
        R"({"events":[{"at":"2026-11-22T01:00:00Z","status":"picked_up","place":"Cikarang"}]})"));
    ASSERT_TRUE(events) << events.error().what;
    EXPECT_EQ(events->at(0).status, "picked_up");
    EXPECT_FALSE(track_from(ok(R"({"events":[{"at":"yesterday","status":"x"}]})")));
    EXPECT_FALSE(track_from(ok("{}")));
}

TEST(BreakerStory, OpensAfterFailuresInARowAndProbesWithOneCall) {
    Breaker breaker({3, {1'000}, {4'000}});
    Instant now{1'000'000};
    for (int i = 0; i < 2; ++i) breaker.failed(now);
    breaker.succeeded();
    for (int i = 0; i < 2; ++i) breaker.failed(now);
    EXPECT_TRUE(breaker.may_call(now)) << "not in a row";
    breaker.failed(now);
    EXPECT_EQ(breaker.state(), Breaker::State::open);
    EXPECT_FALSE(breaker.may_call({now.value + 999}));
    ASSERT_TRUE(breaker.may_call({now.value + 1'000}));
    breaker.called();
    EXPECT_EQ(breaker.state(), Breaker::State::half_open);
    EXPECT_FALSE(breaker.may_call({now.value + 1'000})) << "one at a time";
    breaker.failed({now.value + 1'000});
    EXPECT_FALSE(breaker.may_call({now.value + 2'999})) << "twice as long";
    ASSERT_TRUE(breaker.may_call({now.value + 3'000}));
    breaker.called();
    breaker.succeeded();
    EXPECT_EQ(breaker.state(), Breaker::State::closed);
}

TEST(BreakerStory, NeverWaitsLongerThanItsLongestAndObeysRetryAfter) {
    Breaker breaker({1, {1'000}, {4'000}});
    Instant now{0};
    for (int i = 0; i < 40; ++i) {
        now = {now.value + 10'000};
        breaker.failed(now);
        EXPECT_LE(breaker.until().value - now.value, 4'000);
    }
    Breaker polite({5, {1'000}, {60'000}});
    polite.failed({0}, {30'000});
    EXPECT_EQ(polite.state(), Breaker::State::open) << "it asked for it";
    EXPECT_EQ(polite.until().value, 30'000);
}

}  // namespace
}  // namespace kemas::courier
