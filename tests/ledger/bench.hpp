// A ledger in a folder of its own, told input by input; and its tables, read past it.
#pragma once

#include "ledger/journal_codec.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {

inline const std::string red_mug = "4006381333931", blue_mug = "5901234123457";

// The whole story of a parcel: two red mugs and a blue one, a reprint, a refusal on the way.
inline void tell_parcel(Story& story) {
    story.skus().stock().tariff().numbers().order(
        Story::draft("W-1", {{"MUG-RED", 2}, {"MUG-BLUE", 1}}));
    ASSERT_EQ(story.scan("bench-1", "B-ANA"), "+signed_in");
    ASSERT_EQ(story.scan("bench-1", "W-1"), "+order_open");
    ASSERT_EQ(story.scan("bench-1", "8991002101630"), "-wrong_item");
    ASSERT_EQ(story.scan("bench-1", red_mug), "+item_ok");
    ASSERT_EQ(story.scan("bench-1", red_mug), "+item_ok");
    ASSERT_EQ(story.scan("bench-1", blue_mug), "+weigh_now");
    ASSERT_EQ(story.weigh("bench-1", 980 - 320), "!too_light");
    ASSERT_EQ(story.weigh("bench-1", 980), "+label_coming");
    ASSERT_EQ(story.draw(), "+label_printing");
    ASSERT_EQ(story.start_print(), "+effect_started");
    ASSERT_EQ(story.end_print(Outcome::done), "+label_printed");
    ASSERT_EQ(story.scan("bench-1", "RESI0001"), "+staged");
}

// A second connection for looking, in WAL mode beside the ledger's own.
inline ledger::Database look_into(const std::string& path) {
    return {path, {true, ""}};
}

inline std::int64_t count_of(const std::string& path, const char* sql) {
    auto db = look_into(path);
    auto rows = db.query(sql);
    return rows.next() ? rows.integer(0) : -1;
}

}  // namespace kemas::testing
