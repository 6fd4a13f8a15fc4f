// What the books are too busy to take reaches them all the same, in its order and once each.
#include "app/line_outbox.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <map>
#include <string>
#include <vector>

namespace kemas::app {
namespace {

struct Outbox : ::testing::Test {
    boost::asio::io_context loop;
    int busy_for = 0;  // so many tries from now on
    std::vector<std::string> taken, told;
    std::shared_ptr<LineOutbox> outbox = std::make_shared<LineOutbox>(
        loop.get_executor(), [this](Envelope envelope, runtime::OnDone done) {
            Done answer;
            answer.answer.code = busy_for-- > 0 ? "busy" : "effect_started";
            if (answer.answer.code != "busy") taken.push_back(envelope.key);
            done(answer);
        });

    void give(const std::string& key) {
        outbox->give({key, "", EffectStarted{}}, [this, key](const Done& done) {
            told.push_back(key + " " + done.answer.code);
        });
    }
};

TEST_F(Outbox, PassesOnAtOnceWhatTheBooksTake) {
    give("a");
    give("b");
    EXPECT_EQ(taken, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(told.size(), 2u);
    EXPECT_EQ(outbox->waiting(), 0u);
}

TEST_F(Outbox, GivesAgainUnderTheSameKeyUntilItIsTaken) {
    busy_for = 3;
    give("start of 7");
    give("end of 6");
    EXPECT_TRUE(taken.empty());
    EXPECT_EQ(outbox->waiting(), 2u);
    loop.run();
    EXPECT_EQ(taken, (std::vector<std::string>{"start of 7", "end of 6"}));
    EXPECT_EQ(told,
              (std::vector<std::string>{"start of 7 effect_started", "end of 6 effect_started"}));
}

TEST_F(Outbox, EndsWithWhatWaits) {
    busy_for = 1;
    give("a");
    outbox->stop();
    loop.run();
    give("b");
    EXPECT_TRUE(taken.empty());
}

}  // namespace
}  // namespace kemas::app
