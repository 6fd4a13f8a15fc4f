// The ledger's thread and a reading one at once, asked from several others: for ThreadSanitizer,
// and for the promise that every answer comes and a reader sees only what is committed.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <future>
#include <thread>
#include <vector>

#include "app/read_thread.hpp"
#include "log/log.hpp"
#include "runtime/ledger_thread.hpp"
#include "tests/support/story.hpp"

namespace kemas::app {
namespace {

constexpr int kAskers = 3, kEach = 40;

template <class Run>
void in_threads(Run run) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kAskers; ++i) threads.emplace_back([run, i] { run(i); });
    for (auto& thread : threads) thread.join();
}

std::int64_t journal_rows(ReadView view) {
    auto rows = view.db.query("SELECT count(*) FROM journal");
    return rows.next() ? rows.integer(0) : -1;
}

class ThreadsTest : public ::testing::Test {
 protected:
    ThreadsTest() {
        folder_ = std::filesystem::temp_directory_path() / "kemas-threads-XXXXXX";
        std::string name = folder_.string();
        folder_ = mkdtemp(name.data());
        ledger::LedgerOptions options;
        options.path = path();
        auto opened = ledger::Ledger::open(options, site_);
        EXPECT_TRUE(opened) << opened.error().what;
        runtime::LedgerEvents events;
        events.on_commit = [this](Seq) { ++commits_; };
        events.on_effects = [](std::vector<EffectRow>) {};
        events.on_store = [](const std::string&) {};
        ledger_ = std::make_unique<runtime::LedgerThread>(loop_.get_executor(), std::move(*opened),
                                                          std::move(events));
        loop_thread_ = std::thread([this] { loop_.run(); });
    }
    ~ThreadsTest() override {
        ledger_->stop();
        work_.reset();
        loop_thread_.join();
        std::filesystem::remove_all(folder_);
    }
    std::string path() const { return (folder_ / "ledger.db").string(); }
    Envelope scan(int asker, int n) const {
        return {"t" + std::to_string(asker) + ":" + std::to_string(n), "bench-1",
                CodeScanned{"NOTHING-" + std::to_string(n)}};
    }

    Site site_ = kemas::testing::small_site();
    std::filesystem::path folder_;
    boost::asio::io_context loop_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
        loop_.get_executor()};
    std::atomic<int> commits_ = 0;
    std::unique_ptr<runtime::LedgerThread> ledger_;
    std::thread loop_thread_;
};

TEST_F(ThreadsTest, EveryAskerIsAnsweredAndAReaderSeesWhatWasCommitted) {
    ReadThread reader(path(), site_);
    std::atomic<int> answered = 0, unseen = 0;
    in_threads([&](int asker) {
        for (int n = 0; n < kEach; ++n) {
            const Done done = ledger_->submit_and_wait(scan(asker, n));
            answered += done.seq > 0;
            std::promise<std::int64_t> rows;
            ASSERT_TRUE(reader.ask([&](ReadView view) { rows.set_value(journal_rows(view)); }));
            unseen += rows.get_future().get() < done.seq;
        }
    });
    EXPECT_EQ(answered, kAskers * kEach);
    EXPECT_EQ(unseen, 0) << "an answer was told before its row could be read";
    EXPECT_GE(reader.beats(), static_cast<std::uint64_t>(kAskers * kEach));
    EXPECT_GE(ledger_->beats(), static_cast<std::uint64_t>(commits_));
}

TEST_F(ThreadsTest, SiteFactsChangeWhileBothThreadsAreAtWork) {
    ReadThread reader(path(), site_);
    std::atomic<bool> enough = false;
    std::thread changes([&] {
        while (!enough) {
            auto site = std::make_shared<const Site>(kemas::testing::small_site());
            reader.use_site(site);
            ledger_->run([site](Journal& journal) { journal.use_site(site); });
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    std::atomic<int> answered = 0, read = 0;
    in_threads([&](int asker) {
        for (int n = 0; n < kEach; ++n) {
            answered += ledger_->submit_and_wait(scan(asker, n)).seq > 0;
            reader.ask([&](ReadView view) { read += journal_rows(view) > 0; });
        }
    });
    enough = true;
    changes.join();
    reader.stop();
    EXPECT_EQ(answered, kAskers * kEach);
    EXPECT_GT(read, 0);
}

TEST_F(ThreadsTest, AnInputFindsDoneWhatWasHandedOverBeforeIt) {
    Site site = kemas::testing::small_site();
    site.operators["nina"] = {"nina", "Nina", false};
    site.badges["BADGE-NEW"] = "nina";
    // Both wait while the thread is held up, so that it takes them together.
    std::promise<void> go;
    ledger_->run([held = go.get_future().share()](Journal&) { held.wait(); });
    ledger_->run([fresh = std::make_shared<const Site>(site)](Journal& journal) {
        journal.use_site(fresh);
    });
    std::promise<std::string> said;
    ledger_->submit({"badge", site.stations.begin()->first, CodeScanned{"BADGE-NEW"}},
                    [&](const Done& done) { said.set_value(done.answer.code); });
    go.set_value();
    EXPECT_NE(said.get_future().get(), "unknown_code_idle");
}

TEST_F(ThreadsTest, AStopAnswersWhoeverIsInTheInbox) {
    std::atomic<int> ended = 0;
    std::thread askers([&] {
        in_threads([&](int asker) {
            for (int n = 0; n < kEach; ++n) {
                ledger_->submit_and_wait(scan(asker, n));
                ++ended;
            }
        });
    });
    while (ended < kAskers) std::this_thread::yield();
    ledger_->stop();
    askers.join();
    EXPECT_EQ(ended, kAskers * kEach) << "answered, or told to come back";
}

TEST(LogThreads, LinesOfSeveralThreadsDoNotMix) {
    std::vector<std::string> lines;
    log::set_sink([&](std::string_view line) { lines.emplace_back(line); });
    in_threads([](int asker) {
        for (int n = 0; n < kEach; ++n) {
            log::event(log::Level::warn, "thread.spoke", {{"asker", asker}, {"n", n}});
            log::set_level(n % 2 ? log::Level::info : log::Level::warn);
        }
    });
    log::set_sink({});
    log::set_level(log::Level::info);
    ASSERT_EQ(lines.size(), static_cast<std::size_t>(kAskers * kEach));
    for (const auto& line : lines) EXPECT_EQ(line.find('}'), line.size() - 1) << line;
}

}  // namespace
}  // namespace kemas::app
