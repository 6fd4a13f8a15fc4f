// Which question must come first so that an RTU answer cannot be a late one to another.
#include "drivers/bus/unanswered.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kemas::bus {
namespace {

const Unanswered::Moment kNow{std::chrono::hours(1)};

Query reading(std::uint16_t start, std::uint16_t count, std::uint8_t unit = 1) {
    return {unit, 3, start, count, {}};
}
Query writing(std::uint16_t address, std::uint16_t value) {
    return {1, 6, address, 1, {value}};
}

TEST(Unanswered, AsksForAPartOfWhatWasNotAnsweredBeforeTheSameAgain) {
    Unanswered unanswered;
    unanswered.note(reading(10, 3), kNow);
    const auto question = unanswered.question_before(reading(10, 3), kNow);
    ASSERT_TRUE(question);
    EXPECT_EQ(question->start, 10);
    EXPECT_EQ(question->count, 2);
    unanswered.answered(*question);
    EXPECT_FALSE(unanswered.question_before(reading(10, 3), kNow));
}

TEST(Unanswered, AsksEachTimeADifferentQuestionWhileNoneIsAnswered) {
    Unanswered unanswered;
    std::vector<int> counts;
    unanswered.note(reading(10, 2), kNow);
    for (int i = 0; i < 4; ++i) {
        const auto question = unanswered.question_before(reading(10, 2), kNow);
        ASSERT_TRUE(question);
        counts.push_back(question->count);
        unanswered.note(*question, kNow);
    }
    EXPECT_EQ(counts, (std::vector<int>{1, 3, 4, 5}));
}

TEST(Unanswered, LetsAnotherShapeAndAnotherUnitThrough) {
    Unanswered unanswered;
    unanswered.note(reading(10, 3), kNow);
    EXPECT_FALSE(unanswered.question_before(reading(50, 4), kNow));
    EXPECT_FALSE(unanswered.question_before(reading(10, 3, 2), kNow));
    EXPECT_TRUE(unanswered.question_before(reading(50, 3), kNow));
}

TEST(Unanswered, TakesAnExceptionForTheOldestItCanBelongTo) {
    Unanswered unanswered;
    unanswered.note(reading(10, 3), kNow);
    // The exception may be the first one's: then the second is still open, and only it.
    unanswered.refused(reading(10, 2), kNow);
    EXPECT_FALSE(unanswered.question_before(reading(10, 3), kNow));
    EXPECT_TRUE(unanswered.question_before(reading(10, 2), kNow));
}

TEST(Unanswered, ReadsBeforeAWriteWhoseRefusalCouldBeAnothers) {
    Unanswered unanswered;
    unanswered.answered(reading(70, 2));
    unanswered.note(writing(40, 7), kNow);
    const auto question = unanswered.question_before(writing(41, 9), kNow);
    ASSERT_TRUE(question);
    EXPECT_EQ(question->start, 70) << "what the unit is known to answer";
    EXPECT_EQ(question->function_code, 3);
    // Its exception is no write's: all before it is over.
    unanswered.refused(*question, kNow);
    EXPECT_FALSE(unanswered.question_before(writing(41, 9), kNow));
}

TEST(Unanswered, AUnitThatAnswersNoOtherQuestionIsAskedTheSameAgainInTheEnd) {
    Unanswered unanswered;
    unanswered.note(reading(10, 3), kNow);
    unanswered.note(reading(10, 2), kNow + std::chrono::seconds(9));
    EXPECT_TRUE(unanswered.question_before(reading(10, 3), kNow + std::chrono::seconds(9)));
    EXPECT_FALSE(unanswered.question_before(reading(10, 3), kNow + std::chrono::seconds(10)));
}

TEST(Unanswered, AsksOnlyWhatCanBeAsked) {
    for (const bool at_the_end : {false, true}) {
        const std::uint16_t start = at_the_end ? 0xFFFF : 0;
        Unanswered unanswered;
        unanswered.note(reading(start, 1), kNow);
        for (int i = 0; i < 300; ++i) {
            const auto question = unanswered.question_before(reading(start, 1), kNow);
            if (!question) break;  // as many questions later it may be asked again
            EXPECT_EQ(wrong_with(*question), "") << question->count;
            unanswered.note(*question, kNow);
        }
    }
}

}  // namespace
}  // namespace kemas::bus
