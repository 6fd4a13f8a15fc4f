#include <gtest/gtest.h>

#include "web/framing_guard.hpp"

namespace kemas::web {
namespace {

const HeadLimits limits;

unsigned verdict(std::string_view lines) {
    return judge_head("GET /a HTTP/1.1\r\n" + std::string(lines) + "\r\n", limits).refused;
}

TEST(FramingGuard, PassesAPlainRequestAndTellsItsParts) {
    const std::string bytes = "POST /a/b?x=1 HTTP/1.1\r\nHost: h:80\r\nContent-Length: 3\r\n\r\n";
    const Head head = judge_head(bytes, limits);
    EXPECT_EQ(head.refused, 0u) << head.detail;
    EXPECT_EQ(head.method, Method::post);
    EXPECT_EQ(head.path, "/a/b");
    EXPECT_EQ(head.query, "x=1");
    EXPECT_TRUE(head.keep_alive);
}

TEST(FramingGuard, RefusesEveryTransferEncodingButTheOneWord) {
    EXPECT_EQ(verdict("Host: h\r\nTransfer-Encoding: chunked\r\n"), 0u);
    EXPECT_EQ(verdict("Host: h\r\nTransfer-Encoding: CHUNKED\r\n"), 0u);
    for (const char* value : {"xchunked", "chunked, identity", "identity, chunked", "\"chunked\"",
                              "chunked;q=1", "gzip", "", "chunked,", "chunked\x0b"}) {
        EXPECT_EQ(verdict(std::string("Host: h\r\nTransfer-Encoding: ") + value + "\r\n"), 400u)
            << value;
    }
    EXPECT_EQ(verdict("Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
              400u);
    EXPECT_EQ(verdict("Host: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n"), 400u);
    EXPECT_EQ(verdict("Host: h\r\nTransfer-Encoding : chunked\r\n"), 400u);
}

TEST(FramingGuard, WantsOneContentLengthOfPlainDigits) {
    EXPECT_EQ(verdict("Host: h\r\nContent-Length: 0\r\n"), 0u);
    for (const char* value : {"+3", "-1", "0x3", "3,3", "3 3", "", "1234567890123456789"}) {
        EXPECT_EQ(verdict(std::string("Host: h\r\nContent-Length: ") + value + "\r\n"), 400u)
            << value;
    }
    EXPECT_EQ(verdict("Host: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n"), 400u);
}

TEST(FramingGuard, KeepsAConnectionOnlyWhenNobodyAsksToClose) {
    const auto kept = [](std::string_view version, std::string_view fields) {
        return judge_head("GET / HTTP/" + std::string(version) + "\r\nHost: h\r\n" +
                              std::string(fields) + "\r\n",
                          limits)
            .keep_alive;
    };
    EXPECT_TRUE(kept("1.1", ""));
    EXPECT_FALSE(kept("1.1", "Connection: TE, Close\r\nConnection: x\r\n"));
    EXPECT_FALSE(kept("1.0", ""));
    EXPECT_TRUE(kept("1.0", "Connection: keep-alive\r\n"));
}

TEST(FramingGuard, RefusesAHeadOverTheFieldLimitButNotAtIt) {
    std::string fields = "Host: h\r\n";
    for (int i = 0; i < 99; ++i) fields += "X-" + std::to_string(i) + ": 1\r\n";
    EXPECT_EQ(verdict(fields), 0u);
    EXPECT_EQ(verdict(fields + "X: 1\r\n"), 431u);
}

TEST(FramingGuard, FindsTheEndHoweverTheBytesAreCut) {
    const std::string whole = "GET / HTTP/1.1\r\nHost: h\r\n\r\nrest";
    for (std::size_t cut = 1; cut < whole.size() - 4; ++cut) {
        const std::string_view first(whole.data(), cut);
        if (cut < whole.size() - 4) {
            EXPECT_EQ(find_head_end(first, 0, limits).state, HeadEnd::incomplete) << cut;
        }
        const HeadEnd end = find_head_end(whole, cut, limits);
        EXPECT_EQ(end.state, HeadEnd::complete) << cut;
        EXPECT_EQ(end.size, whole.size() - 4) << cut;
    }
}

TEST(FramingGuard, RefusesABareLineFeedAtOnceAndAHeadPastItsLimit) {
    EXPECT_EQ(find_head_end("GET / HTTP/1.1\nHost: h\n\n", 0, limits).state,
              HeadEnd::bare_line_feed);
    EXPECT_EQ(find_head_end(std::string(8191, 'a'), 0, limits).state, HeadEnd::incomplete);
    EXPECT_EQ(find_head_end(std::string(8192, 'a'), 0, limits).state, HeadEnd::too_long);
    EXPECT_EQ(find_head_end(std::string(9000, 'a') + "\r\n\r\n", 0, limits).state,
              HeadEnd::too_long);
}

}  // namespace
}  // namespace kemas::web
