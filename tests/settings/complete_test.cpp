// The sources, the list of shapes and both catalogues say the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core_answers.hpp"
#include "messages/catalogue.hpp"

namespace kemas {
namespace {

using testing::Answers;

Answers shapes() {
    Answers answers;
    for (const auto& shape : message_shapes()) {
        std::istringstream slots{std::string(shape.slots)};
        auto& set = answers[std::string(shape.code)];
        for (std::string slot; slots >> slot;) set.insert(slot);
    }
    return answers;
}

TEST(Messages, TheReaderOfSourcesSeesEveryFormOfAnswer) {
    Answers found;
    testing::find_answers(R"(turn.refuse("plain");
        turn.accept(a ? "one" : "two", {{"x", f({1})},
                                        {"y", "z, ) {\"w\", "}});
        turn.attention("loud", {{"why", g(h)}}); answer = {Answer::Kind::refused, "hand", {{"what", e}}};
        const Turn::Args args{{"order", k}}; turn.accept("named", args);)",
                          found);
    EXPECT_EQ(found, (Answers{{"plain", {}},
                              {"one", {"x", "y"}},
                              {"two", {"x", "y"}},
                              {"loud", {"why"}},
                              {"hand", {"what"}},
                              {"named", {"order"}}}));
}

TEST(Messages, EveryAnswerOfTheSourcesHasItsShapeAndNoOther) {
    auto given = testing::answers_in(KEMAS_SOURCE_DIR "/src/core");
    given.merge(testing::answers_in(KEMAS_SOURCE_DIR "/src/ledger"));
    std::ifstream board(KEMAS_SOURCE_DIR "/src/app/status_json.cpp");  // asks a run's question too
    testing::find_answers(std::string(std::istreambuf_iterator<char>(board), {}), given);
    ASSERT_GT(given.size(), 100u);
    const auto listed = shapes();
    for (const auto& [code, slots] : given) {
        ASSERT_TRUE(listed.contains(code)) << code << " is in src/, not in messages/shapes.hpp";
        EXPECT_EQ(listed.at(code), slots) << code;
    }
    for (const auto& [code, slots] : listed)
        EXPECT_TRUE(given.contains(code)) << code << " is in messages/shapes.hpp, not in src/";
}

TEST(Messages, NoCodeIsListedTwice) {
    EXPECT_EQ(shapes().size(), message_shapes().size());
}

TEST(Messages, BothLanguagesSayEveryCodeShortlyAndWithoutBlame) {
    const auto catalogue = Catalogue::load();
    ASSERT_TRUE(catalogue) << catalogue.error().what;
    for (const auto& shape : message_shapes()) {
        const Answer answer{Answer::Kind::refused, std::string(shape.code), {}};
        const auto en = catalogue->text(answer, "en"), id = catalogue->text(answer, "id");
        EXPECT_NE(en, id) << shape.code;
        for (const auto& text : {en, id}) {
            EXPECT_NE(text, shape.code) << "no sentence";
            EXPECT_LE(std::ranges::count(text, ' '), 19) << text;
            EXPECT_THAT(text, ::testing::AnyOf(::testing::EndsWith("."), ::testing::EndsWith("?")));
            for (const auto* word :
                 {"Please", "please", "rror", "nvalid", "orry", "our fault", "kesalahan"})
                EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr(word)));
        }
    }
}

}  // namespace
}  // namespace kemas
