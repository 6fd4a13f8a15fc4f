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
    EXPECT_EQ(times(svg, "viewBox="), 1 + 2 * steps.size());  // from the corner, from above
    // Floor and two walls of each panel, three sides of each unit that lies there.
    EXPECT_EQ(times(svg, "<polygon"), 2u * 3 + (4 + 6) * 3);
}

TEST_F(Picture, SaysWhatComesNextInTheCallersWords) {
    const auto svg = picture(packed_, items_, carton_,
                             {"lapis", "kosong", "mudah pecah", "sisi ini di atas", "mendatar"});
    EXPECT_LT(svg.find(">1</text>"), svg.find(">4 x Atlas"));
    EXPECT_LT(svg.find(">2</text>"), svg.find(">2 x Cup<"));
    for (const char* sign : {">mudah pecah<", ">sisi ini di atas<", ">mendatar<"})
        EXPECT_EQ(times(svg, sign), 1u) << sign;
    EXPECT_THAT(svg, HasSubstr("lapis 1"));
    EXPECT_THAT(svg, HasSubstr("% kosong"));
    EXPECT_THAT(svg, HasSubstr("BOX-S"));
}

TEST_F(Picture, LetsNoNameBecomeMarkup) {
    const auto svg = picture(packed_, items_, carton_);
    EXPECT_THAT(svg, HasSubstr("Atlas &lt;A4&gt; &amp; map"));
    EXPECT_THAT(svg, Not(HasSubstr("\x01")));
}

TEST_F(Picture, SetsALongNameInTwoLinesAndShortensALongerOneInItsMiddle) {
    items_[0].name = "Kopi Lereng Arabika Gayo Bubuk yang Enak S\xC3\xA9kali 200 g";
    EXPECT_THAT(picture(packed_, items_, carton_),
                HasSubstr(">4 x Kopi Lereng Arabika Gayo Bubuk yang</text>"));
    EXPECT_THAT(picture(packed_, items_, carton_), HasSubstr(">Enak S\xC3\xA9kali 200 g</text>"));
    items_[0].name += " isi dua belas bungkus dalam satu kardus besar 2,4 kg";
    const auto svg = picture(packed_, items_, carton_);
    EXPECT_THAT(svg, HasSubstr(">4 x Kopi Lereng"));
    EXPECT_THAT(svg, HasSubstr("\xE2\x80\xA6"));
    EXPECT_THAT(svg, HasSubstr("kardus besar 2,4 kg</text>"));
    items_[0].name = std::string(200, 'X');  // nowhere to break it
    EXPECT_THAT(picture(packed_, items_, carton_), Not(HasSubstr(std::string(43, 'X'))));
}

TEST_F(Picture, ShowsAStepAloneFromTheCornerAndFromAbove) {
    const auto corner = picture_of_step(packed_, 0, View::corner);
    EXPECT_EQ(times(corner, "<polygon"), 3u + 4 * 3);
    EXPECT_EQ(times(corner, ">1</text>"), 1u);  // on the uppermost book alone
    const auto above = picture_of_step(packed_, 1, View::above);
    EXPECT_EQ(times(above, "<rect"), 2u + 6);  // paper and floor, then each unit
    EXPECT_EQ(times(above, ">2</text>"), 2u);
    EXPECT_THAT(above, HasSubstr(">310 x 220 mm<"));
}

TEST_F(Picture, KeepsLettersBelowTheSizeThatBrowsersCut) {
    for (const auto view : {View::corner, View::above})
        for (std::size_t step = 0; step < 2; ++step) {
            const auto svg = picture_of_step(packed_, step, view);
            for (auto at = svg.find("font-size=\""); at != std::string::npos;
                 at = svg.find("font-size=\"", at + 1))
                EXPECT_LT(std::stoll(svg.substr(at + 11)), 10'000);
        }
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
