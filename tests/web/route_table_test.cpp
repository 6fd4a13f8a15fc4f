#include "web/route_table.hpp"

#include <gtest/gtest.h>

namespace kemas::web {
namespace {

Route route(std::size_t mark) {
    Route made;
    made.max_body_bytes = mark;
    made.handler = [](const Request&, const Responder&) {};
    return made;
}

class RouteTableTest : public testing::Test {
 protected:
    RouteTableTest() {
        table.add(Method::get, "/", route(1));
        table.add(Method::get, "/orders", route(2));
        table.add(Method::post, "/orders", route(3));
        table.add(Method::get, "/orders/{id}", route(4));
        table.add(Method::get, "/orders/{id}/label.png", route(5));
        table.add(Method::get, "/{kind}/late", route(6));
    }
    std::size_t mark(Method method, std::string_view path) const {
        const auto match = table.find(method, path);
        return match.route ? match.route->max_body_bytes : 0;
    }
    RouteTable table;
};

TEST_F(RouteTableTest, FindsExactPathsAndPatterns) {
    EXPECT_EQ(mark(Method::get, "/"), 1u);
    EXPECT_EQ(mark(Method::post, "/orders"), 3u);
    EXPECT_EQ(mark(Method::get, "/orders/7"), 4u);
    EXPECT_EQ(mark(Method::get, "/orders/7/label.png"), 5u);
    EXPECT_EQ(mark(Method::head, "/orders"), 2u);
}

TEST_F(RouteTableTest, DecodesAParameterAfterCuttingThePath) {
    const auto match = table.find(Method::get, "/orders/a%2Fb%20c");
    ASSERT_TRUE(match.route);
    EXPECT_EQ(match.params[0], (std::pair<std::string, std::string>("id", "a/b c")));
    EXPECT_TRUE(table.find(Method::get, "/orders/%zz").bad_escape);
}

TEST_F(RouteTableTest, PrefersTextOverANameWhicheverCameFirst) {
    EXPECT_EQ(mark(Method::get, "/orders/late"), 4u);
    EXPECT_EQ(mark(Method::get, "/parcels/late"), 6u);
}

TEST_F(RouteTableTest, KnowsNoOtherPathAndTellsTheMethodsOfAKnownOne) {
    EXPECT_FALSE(table.find(Method::get, "/orders/").path_known);
    EXPECT_FALSE(table.find(Method::get, "/orders/7/").path_known);
    EXPECT_FALSE(table.find(Method::get, "//orders").path_known);
    EXPECT_FALSE(table.find(Method::get, "").path_known);
    const auto match = table.find(Method::del, "/orders");
    EXPECT_TRUE(match.path_known);
    EXPECT_FALSE(match.route);
    EXPECT_EQ(match.allow, "GET, HEAD, POST");
}

}  // namespace
}  // namespace kemas::web
