// The picture for the packer: its steps, its words, what hides what.
#include "core/cartonize/picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>

#include "core/cartonize/cartonize.hpp"
#include "core/cartonize/paint_order.hpp"

namespace kemas::cartonize {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

class Picture : public ::testing::Test {
 protected:
    Picture() {
        Item book, cup;
        book.name = "Atlas <A4> & map";
        book.size = {{300}, {210}, {20}};
        book.quantity = 4;
        book.keep_flat = true;
        cup.name = "Cup\x01";
        cup.size = {{90}, {90}, {100}};
        cup.quantity = 2;
        cup.upright = true;
        cup.fragile = true;
        items_ = {book, cup};
        carton_ = {
            "BOX-S",       Kind::box, {{310}, {220}, {190}}, {{318}, {228}, {198}}, grams(200),
            grams(20'000), {}};
        packed_ = pack(items_, {carton_}).value().cartons.at(0);
    }
    std::vector<Item> items_;
    Carton carton_;
    Packed packed_;
};

TEST_F(Picture, HasAPanelForEachStep) {
    const auto steps = steps_of(packed_);
    ASSERT_EQ(steps.size(), 2u);  // the stack of books, then both cups
    EXPECT_EQ(steps[0].count, 4u);
    EXPECT_EQ(steps[0].layer, 1);
    EXPECT_EQ(steps[1].count, 2u);
    const auto svg = picture(packed_, items_, carton_);
    EXPECT_EQ(times(svg, "viewBox="), 1 + steps.size());
    // Floor and two walls of each panel, three sides of each unit that lies there.
    EXPECT_EQ(times(svg, "<polygon"), 2u * 3 + (4 + 6) * 3);
}

TEST_F(Picture, SaysWhatComesNextInTheCallersWords) {
    const auto svg = picture(packed_, items_, carton_, {"lapis", "kosong"});
    EXPECT_THAT(svg, HasSubstr("1. 4 x Atlas"));
    EXPECT_THAT(svg, HasSubstr("2. 2 x Cup<"));
    EXPECT_THAT(svg, HasSubstr("lapis 1"));
    EXPECT_THAT(svg, HasSubstr("% kosong"));
    EXPECT_THAT(svg, HasSubstr("BOX-S"));
}

TEST_F(Picture, LetsNoNameBecomeMarkup) {
    const auto svg = picture(packed_, items_, carton_);
    EXPECT_THAT(svg, HasSubstr("Atlas &lt;A4&gt; &amp; map"));
    EXPECT_THAT(svg, Not(HasSubstr("\x01")));
}

TEST_F(Picture, ShortensANameInItsMiddleWhereAPanelEnds) {
    items_[0].name = "Kopi Lereng Arabika Gayo Bubuk yang Enak S\xC3\xA9kali 200 g";
    const auto svg = picture(packed_, items_, carton_);
    EXPECT_THAT(svg, HasSubstr("4 x Kopi Lereng Arabi\xE2\x80\xA6k S\xC3\xA9kali 200 g<"));
}

TEST_F(Picture, HasNoFractionsSoThatItIsTheSameEverywhere) {
    const auto svg = picture(packed_, items_, carton_);
    const auto body = svg.substr(svg.find("<polygon"));
    for (std::size_t i = 1; i + 1 < body.size(); ++i)
        EXPECT_FALSE(body[i] == '.' && std::isdigit(body[i - 1]) && std::isdigit(body[i + 1]));
}

TEST(PaintOrder, DrawsTheFarBeforeTheNear) {
    const Cuboid far{{0, 0, 0}, {10, 10, 10}}, above{{0, 0, 10}, {10, 10, 20}},
        near{{0, 10, 0}, {10, 20, 30}};
    EXPECT_THAT(paint_order({near, above, far}), ElementsAre(2, 1, 0));
}

TEST(PaintOrder, WhatIsFartherOneWayAndNearerAnotherHidesNothing) {
    const Cuboid left{{0, 10, 0}, {10, 20, 10}}, right{{10, 0, 0}, {20, 10, 10}};
    EXPECT_THAT(paint_order({left, right}), ElementsAre(0, 1));
    EXPECT_THAT(paint_order({right, left}), ElementsAre(0, 1));
}

}  // namespace
}  // namespace kemas::cartonize
