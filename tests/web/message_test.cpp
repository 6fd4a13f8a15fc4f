#include <gtest/gtest.h>

#include "web/response_head.hpp"
#include "web/text.hpp"

namespace kemas::web {
namespace {

TEST(Text, DecodesPercentEscapesAndRefusesBrokenOnes) {
    EXPECT_EQ(percent_decode("SP%2D1%20%E2%82%AC", Plus::stays), "SP-1 \u20ac");
    EXPECT_EQ(percent_decode("a+b", Plus::stays), "a+b");
    EXPECT_EQ(percent_decode("a+b", Plus::is_space), "a b");
    for (const char* text :
         {"%", "%2", "%zz", "%00", "%0a", "%7F", "%ff", "%C0%AF", "%ED%A0%80", "%F5%80%80%80"}) {
        EXPECT_FALSE(percent_decode(text, Plus::stays)) << text;
    }
}

TEST(Text, ReadsAQueryAndRefusesANameThatComesTwice) {
    const Query good = read_query("shop=a%26b&empty=&flag&&x=1=2");
    ASSERT_EQ(good.values.size(), 4u);
    EXPECT_EQ(good.values[0].second, "a&b");
    EXPECT_EQ(good.values[3].second, "1=2");
    EXPECT_NE(read_query("a=1&%61=2").fault.find("\"a\" twice"), std::string::npos);
    EXPECT_FALSE(read_query("a=%zz").fault.empty());
}

TEST(Problem, CarriesItsMembersAndEscapesWhatCameFromOutside) {
    const Response answer =
        problem(409, "Other content", "Order \"A\n\xff\" differs.", {{"line", "3"}});
    EXPECT_EQ(answer.status, 409u);
    EXPECT_EQ(to_json(*answer.problem, "/o/1"),
              "{\"type\":\"about:blank\",\"title\":\"Other content\",\"status\":409,"
              "\"detail\":\"Order \\\"A\\u000a\\ufffd\\\" "
              "differs.\",\"instance\":\"/o/1\",\"line\":3}\n");
}

TEST(ResponseHead, CannotBeSplitByAValue) {
    Response answer;
    answer.headers.emplace_back("X-Name", "a\r\nSet-Cookie: x");
    std::string head;
    write_head(head, answer, 0, "now", true);
    EXPECT_EQ(head.find("\r\nSet-Cookie"), std::string::npos);
}

TEST(ResponseHead, ComparesEntityTagsWeakly) {
    EXPECT_TRUE(covers("\"a\"", "a"));
    EXPECT_TRUE(covers("\"b\", W/\"a\"", "a"));
    EXPECT_TRUE(covers("*", "a"));
    EXPECT_FALSE(covers("\"ab\"", "a"));
    EXPECT_FALSE(covers("a", "a"));
    EXPECT_FALSE(covers("", "a"));
}

TEST(ResponseHead, WritesTheDateAsTheStandardSays) {
    EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Responder, GivesTheFirstAnswerOnly) {
    std::vector<unsigned> statuses;
    Responder respond([&](Response r) { statuses.push_back(r.status); });
    const Responder copy = respond;
    copy(Response{});
    respond(problem(500, "late", "late"));
    EXPECT_EQ(statuses, std::vector<unsigned>{200});
}

TEST(Responder, AnswersFiveHundredWhenTheLastCopyIsDropped) {
    std::vector<unsigned> statuses;
    {
        const Responder respond([&](Response r) { statuses.push_back(r.status); });
        { const Responder copy = respond; }
        EXPECT_TRUE(statuses.empty());
    }
    EXPECT_EQ(statuses, std::vector<unsigned>{500});
}

}  // namespace
}  // namespace kemas::web
