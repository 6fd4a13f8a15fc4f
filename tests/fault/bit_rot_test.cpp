// Bits of a ledger flip, or its end is gone: SQLite sees little of it, the chain and the high-water
// mark must see the rest (reliability.md, R10).
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "ledger/journal_codec.hpp"
#include "tests/fault/shift.hpp"

namespace kemas::testing {
namespace {

namespace fs = std::filesystem;

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_all(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// A ledger of a whole shift, its last rows still in the WAL, as a stopped machine leaves it.
class BitRot : public ::testing::Test {
 protected:
    static void SetUpTestSuite() { shift = new Shift(record_shift(2)); }
    static void TearDownTestSuite() { delete shift; }

    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "kemas-rot-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        auto ledger = open();
        ASSERT_TRUE(ledger) << ledger.error().what;
        for (std::size_t i = 0; i < shift->steps.size(); ++i) {
            ASSERT_TRUE((*ledger)->turn(shift->steps[i].batch, shift->steps[i].now));
            if (i != shift->steps.size() / 2) continue;
            ledger->reset();  // so the WAL begins anew and ends with the last commit
            ledger = open();
            ASSERT_TRUE(ledger) << ledger.error().what;
        }
        for (const auto* end : {"", "-wal", ".highwater"}) kept[end] = read_all(file(end));
        last_seq = (*ledger)->last_seq();
        ledger->reset();
        put_back();
    }
    void TearDown() override { fs::remove_all(folder); }

    fs::path file(const std::string& end) const { return folder / ("ledger.db" + end); }
    void put_back() {
        for (const auto& [end, bytes] : kept) write_all(file(end), bytes);
        fs::remove(file("-shm"));
    }
    Result<std::unique_ptr<ledger::Ledger>> open(bool accept_lost_tail = false,
                                                 bool high_water = true) {
        ledger::LedgerOptions options;
        options.path = file("").string();
        options.accept_lost_tail = accept_lost_tail;
        options.high_water = high_water;
        return ledger::Ledger::open(options, shift->site);
    }
    // Every confirmed input is there, in its place and with its answer.
    bool all_there(ledger::Ledger& ledger) const {
        const auto retold = retell(ledger, *shift, shift->steps.size());
        return retold.lost == 0 && retold.changed == 0;
    }
    void flip(const std::string& end, std::size_t bit) {
        auto bytes = kept[end];
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
        write_all(file(end), bytes);
    }
    void lose_tail(std::size_t bytes) {
        write_all(file("-wal"), kept["-wal"].substr(0, kept["-wal"].size() - bytes));
    }

    static inline Shift* shift = nullptr;
    fs::path folder;
    std::map<std::string, std::string> kept;
    Seq last_seq = 0;
};

TEST_F(BitRot, OpensTheSoundFile) {
    auto ledger = open();
    ASSERT_TRUE(ledger) << ledger.error().what;
    EXPECT_TRUE(all_there(**ledger));
}

TEST_F(BitRot, NamesTheDamagedRow) {
    const auto at = kept[""].find("\"file\":\"stock.csv\"");
    ASSERT_NE(at, std::string::npos);
    flip("", (at + 10) * 8);
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_NE(ledger.error().what.find(
                  "the journal is damaged at row 5: restore the ledger from a backup"),
              std::string::npos)
        << ledger.error().what;
    EXPECT_EQ(ledger.error().remedy, Remedy::call_person);
}

TEST_F(BitRot, SeesEveryByteOfARow) {
    const auto from = kept[""].find("\"file\":\"stock.csv\"");
    ASSERT_NE(from, std::string::npos);
    for (std::size_t i = 0; i < 60; ++i) {
        put_back();
        flip("", (from + i) * 8 + i % 8);
        EXPECT_FALSE(open()) << "byte " << i;
    }
}

TEST_F(BitRot, SeesEveryFlipThatTakesOrChangesAConfirmedRow) {
    std::mt19937_64 chance(7);
    const int flips = long_form() ? 1000 : 200;
    for (const std::string end : {"", "-wal"}) {
        int refused = 0, harmless = 0;
        for (int i = 0; i < flips; ++i) {
            put_back();
            const auto bit = chance() % (kept[end].size() * 8);
            flip(end, bit);
            auto ledger = open();
            ++(ledger ? harmless : refused);
            if (ledger) {
                EXPECT_TRUE(all_there(**ledger)) << "bit " << bit << " of ledger.db" << end;
            }
        }
        std::printf("ledger.db%s, %d flips: %d refused, %d of no effect on a confirmed row\n",
                    end.c_str(), flips, refused, harmless);
        EXPECT_GT(refused, 0);
    }
}

TEST_F(BitRot, RefusesALostTailAndSaysWhatIsLost) {
    lose_tail(1000);
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_NE(ledger.error().what.find("had confirmed up to " + std::to_string(last_seq)),
              std::string::npos)
        << ledger.error().what;
    EXPECT_NE(ledger.error().what.find("--accept-lost-tail"), std::string::npos);
    EXPECT_FALSE(open()) << "looking once must not make it go away";
}

// Control: without the mark nobody notices.
TEST_F(BitRot, GoesUnseenWithoutTheMark) {
    lose_tail(1000);
    auto ledger = open(false, false);
    ASSERT_TRUE(ledger) << ledger.error().what;
    EXPECT_LT((*ledger)->last_seq(), last_seq);
}

TEST_F(BitRot, RefusesAnOlderCopy) {
    fs::remove(file("-wal"));
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_NE(ledger.error().what.find("an old copy put back"), std::string::npos)
        << ledger.error().what;
}

TEST_F(BitRot, SurvivesATornMark) {
    auto mark = kept[".highwater"];
    ASSERT_GT(mark.size(), 4096u);
    mark[20] = static_cast<char>(mark[20] ^ 1);
    write_all(file(".highwater"), mark);
    EXPECT_TRUE(open());
    put_back();
    write_all(file(".highwater"), mark);
    fs::remove(file("-wal"));
    EXPECT_FALSE(open()) << "the other slot still knows of the lost tail";
}

TEST_F(BitRot, GoesOnInANewEpochWhenAPersonAcceptsTheLoss) {
    lose_tail(1000);
    Seq first = 0;
    {
        auto ledger = open(true);
        ASSERT_TRUE(ledger) << ledger.error().what;
        EXPECT_EQ((*ledger)->epoch(), 2);
        ASSERT_LT((*ledger)->last_seq(), last_seq);
        // The lost batch is told again: the same rows, but facts of another name.
        const auto& step = shift->steps.back();
        const auto done = (*ledger)->turn(step.batch, step.now);
        ASSERT_TRUE(done) << done.error().what;
        first = done->front().seq;
        EXPECT_FALSE(done->front().repeat);
        EXPECT_LE(first, last_seq);
    }
    {
        ledger::Database db(file("").string(), {});
        auto rows = db.query("SELECT min(epoch), max(epoch) FROM journal WHERE seq >= ?1", first);
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(0), 2);
        EXPECT_EQ(rows.integer(1), 2);
        auto before = db.query("SELECT max(epoch) FROM journal WHERE seq < ?1", first);
        ASSERT_TRUE(before.next());
        EXPECT_EQ(before.integer(0), 1);
    }
    auto again = open();
    ASSERT_TRUE(again) << again.error().what;
    EXPECT_EQ((*again)->epoch(), 2);
}

}  // namespace
}  // namespace kemas::testing
