// What a channel's answers may be, and what of them is believed.
#include "channel/package_json.hpp"

#include <gtest/gtest.h>

namespace kemas::channel {
namespace {

using Kind = ChannelAnswer::Kind;

http::Response answer(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    response.content_type = "application/json";
    return response;
}

const std::string arranged =
    R"({"package": {"package_number": "PKG-1", "order_number": "SP-1", "arrangement": "ready",
        "arrangement_no": 1, "method": "pickup", "slot": "S-2", "courier": "J&T", "service": "EZ",
        "number": "ready", "tracking_number": "JP0000000001", "label": "making", "packed": false,
        "ready_to_ship": false, "handed_over": false, "cancelled": false, "cancellation": null,
        "anything": [1]}})";

std::string with(const std::string& from, const std::string& to) {
    auto text = arranged;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(PackageAnswer, TellsWhatIsSo) {
    const auto told = package_from("PKG-1", answer(200, arranged));
    ASSERT_EQ(told.kind, Kind::told) << told.field << " " << told.why;
    EXPECT_EQ(told.package.tracking_number, "JP0000000001");
    EXPECT_EQ(told.package.arrangement, Progress::ready);
    EXPECT_EQ(told.package.label, Progress::making);
    EXPECT_FALSE(told.package.cancel);
}

TEST(PackageAnswer, TellsACancellation) {
    const auto told = package_from(
        "PKG-1", answer(200, with("null", R"({"id": "C-1", "state": "asked", "reason": "x",
                                              "answer_by": "2026-11-24T01:00:00Z"})")));
    ASSERT_EQ(told.kind, Kind::told) << told.field << " " << told.why;
    ASSERT_TRUE(told.package.cancel);
    EXPECT_EQ(told.package.cancel->id, "C-1");
    EXPECT_GT(told.package.cancel->answer_by.value, 0);
}

TEST(PackageAnswer, TellsWhatIsDeclaredInPartOrNotAtAll) {
    const auto declared = [](const std::string& what) {
        const auto body = with("\"anything\": [1]", "\"declared\": " + what);
        const auto told = package_from("PKG-1", answer(200, body));
        EXPECT_EQ(told.kind, Kind::told) << what << " " << told.field << " " << told.why;
        return told.package.declared;
    };
    EXPECT_EQ(declared(R"({"weight_g": 1250, "size_mm": [300, 200, 150], "more": true})"),
              (DeclaredLoad{grams(1250), {{300}, {200}, {150}}}));
    EXPECT_EQ(declared(R"({"weight_g": 1250})"), (DeclaredLoad{grams(1250), {}}));
    EXPECT_EQ(declared(R"({"size_mm": [3, 2, 1]})"), (DeclaredLoad{{}, {{3}, {2}, {1}}}));
    EXPECT_EQ(declared("null"), std::nullopt);
    EXPECT_FALSE(package_from("PKG-1", answer(200, arranged)).package.declared);
    for (const auto* wrong :
         {R"({"weight_g": 0})", R"({"weight_g": "1250"})", R"({"weight_g": 1.5})", "[1]",
          R"({"size_mm": [300, 200]})", R"({"size_mm": [300, 200, 0]})",
          R"({"size_mm": [300, 200, 10001]})", R"({"size_mm": [1, 2, 3, 4]})",
          R"({"size_mm": [300, 200, 1.5]})", R"({"weight_g": 1000001})"}) {
        const auto body = with("\"anything\": [1]", std::string("\"declared\": ") + wrong);
        EXPECT_EQ(package_from("PKG-1", answer(200, body)).kind, Kind::unknown) << wrong;
    }
}

TEST(PackageAnswer, BelievesNoWrongTypeNoOtherPackageNoHalfTruth) {
    const auto field = [](const std::string& body) {
        const auto told = package_from("PKG-1", answer(200, body));
        EXPECT_EQ(told.kind, Kind::unknown) << body;
        return told.field;
    };
    EXPECT_EQ(field(with("\"JP0000000001\"", "12345678901")), "package.tracking_number");
    EXPECT_EQ(field(with("\"JP0000000001\"", "\"\"")), "package.tracking_number");
    EXPECT_EQ(field(with("\"PKG-1\"", "\"PKG-2\"")), "package_number");
    EXPECT_EQ(field(with("\"PKG-1\"", "\"../x\"")), "package.package_number");
    EXPECT_EQ(field(with("\"making\"", "\"soon\"")), "package.label");
    EXPECT_EQ(field(with("\"packed\": false", "\"packed\": 0")), "package.packed");
    EXPECT_EQ(field(with("\"arrangement_no\": 1", "\"arrangement_no\": 0")),
              "package.arrangement_no");
    EXPECT_EQ(field(with("\"number\": \"ready\"", "\"number\": \"making\"")),
              "package.tracking_number");
    EXPECT_EQ(field("{\"package\": [1, 2"), "package[2]");
    EXPECT_EQ(field(with("EZ", "E\\u0001Z")), "package.service");
}

TEST(PackageAnswer, AStatusSaysWhetherAnythingWasDone) {
    const auto kind = [](int status, const std::string& body) {
        return answer_from(ChannelCall::arrange, "PKG-1", answer(status, body)).kind;
    };
    const std::string no = R"({"error": {"field": "slot", "reason": "is full"}})";
    EXPECT_EQ(kind(200, arranged), Kind::told);
    EXPECT_EQ(kind(202, ""), Kind::later);
    EXPECT_EQ(kind(422, no), Kind::refused);
    EXPECT_EQ(kind(409, no), Kind::refused);
    EXPECT_EQ(kind(422, "{}"), Kind::unknown);
    EXPECT_EQ(kind(429, ""), Kind::limited);
    EXPECT_EQ(kind(500, no), Kind::unknown);
    EXPECT_EQ(kind(404, no), Kind::unknown);
    EXPECT_EQ(kind(302, ""), Kind::unknown);
    EXPECT_EQ(package_from("PKG-1", answer(422, no)).kind, Kind::unknown)
        << "to read is no act that could be refused";
}

TEST(PackageAnswer, ALabelIsOfThisPackageAndOfItsFormat) {
    const auto label = [](const std::string& package, const std::string& bytes) {
        return answer_from(
            ChannelCall::label, "PKG-1",
            answer(200, R"({"package_number": ")" + package +
                            R"(", "tracking_number": "JP0000000001", "format": "pdf", "bytes": ")" +
                            bytes + "\"}"));
    };
    EXPECT_EQ(label("PKG-1", "JVBERi0xLjc=").kind, Kind::told);
    EXPECT_EQ(label("PKG-1", "JVBERi0xLjc=").bytes, "%PDF-1.7");
    EXPECT_EQ(label("PKG-2", "JVBERi0xLjc=").field, "package_number");
    EXPECT_EQ(label("PKG-1", "XlhBXlha").field, "bytes");
    EXPECT_EQ(label("PKG-1", "%%%").field, "bytes");
}

TEST(PackageAnswer, ParametersHaveLimits) {
    const auto told = answer_from(
        ChannelCall::parameters, "PKG-1",
        answer(200, R"({"package_number": "PKG-1", "options": [{"method": "pickup", "address": "A",
                    "slots": [{"id": "S-1", "from": "2026-11-22T06:00:00Z",
                               "to": "2026-11-22T09:00:00Z"}]}]})"));
    ASSERT_EQ(told.kind, Kind::told) << told.field << " " << told.why;
    ASSERT_EQ(told.options.size(), 1u);
    EXPECT_EQ(told.options[0].slots[0].id, "S-1");
    std::string many = R"({"package_number": "PKG-1", "options": [)";
    for (int i = 0; i < 51; ++i) many += std::string(i ? "," : "") + R"({"method": "pickup"})";
    EXPECT_EQ(answer_from(ChannelCall::parameters, "PKG-1", answer(200, many + "]}")).field,
              "options");
}

TEST(PackageAnswer, TheListIsBounded) {
    const auto one = arranged.substr(12, arranged.size() - 13);
    EXPECT_EQ(attention_from(answer(200, "{\"packages\": [" + one + "]}")).packages.size(), 1u);
    std::string many;
    for (int i = 0; i < 101; ++i) many += (i ? "," : "") + one;
    EXPECT_EQ(attention_from(answer(200, "{\"packages\": [" + many + "]}")).field, "packages");
}

}  // namespace
}  // namespace kemas::channel
