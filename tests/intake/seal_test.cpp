#include "intake/seal.hpp"

#include <gtest/gtest.h>

namespace kemas::intake {
namespace {

OrderDraft draft() {
    OrderDraft draft;
    draft.key = {"webstore", "main", "W-1"};
    draft.lines = {{"MUG", 2}, {"TEA", 1}};
    draft.ship_to.name = "Sari";
    draft.arranged = ArrangedShipment{"JNE", "REG", "0099", "", "^XA^XZ"};
    return draft;
}

TEST(Seal, KnowsTheStandardDigest) {
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Seal, EqualContentHasAnEqualHashWhoeverGetsIt) {
    OrderDraft other = draft();
    other.ship_to.name = "Budi";
    other.arranged->label_zpl = "^XA^FDnew^FS^XZ";
    const auto a = seal(draft()), b = seal(other);
    EXPECT_EQ(a.content_hash, b.content_hash);
    EXPECT_NE(a.label_hash, b.label_hash);
    EXPECT_EQ(a.label_hash, sha256_hex("^XA^XZ"));
    EXPECT_EQ(a.draft, draft());
}

TEST(Seal, AnyChangeOfContentChangesTheHash) {
    const auto hash = seal(draft()).content_hash;
    std::vector<OrderDraft> others(9, draft());
    others[0].key.external_id = "W-2";
    others[1].lines[0].quantity = 3;
    others[2].lines.pop_back();
    others[3].cod = Money{0};
    others[4].arranged->tracking_number = "0100";
    others[5].arranged.reset();
    others[6].ship_by = Instant{1};
    others[7].note = "x";
    std::swap(others[8].lines[0], others[8].lines[1]);
    for (std::size_t i = 0; i < others.size(); ++i) {
        EXPECT_NE(seal(others[i]).content_hash, hash) << i;
    }
}

TEST(Seal, TextCannotSlipFromOneFieldIntoTheNext) {
    OrderDraft a, b;
    a.owner = "x\ncombine_group 1:y";
    b.owner = "x";
    b.combine_group = "y";
    EXPECT_NE(seal(a).content_hash, seal(b).content_hash);
}

TEST(Seal, ThePersonIsSaltedAnewEachTime) {
    const auto a = seal(draft()), b = seal(draft());
    EXPECT_EQ(a.person_salt.size(), 32u);
    EXPECT_NE(a.person_salt, b.person_salt);
    EXPECT_NE(a.person_hash, b.person_hash);
    EXPECT_EQ(a.person_hash, person_hash(a.person_salt, draft().ship_to));
}

TEST(Seal, NoLabelHasNoHash) {
    OrderDraft bare = draft();
    bare.arranged->label_zpl.clear();
    EXPECT_EQ(seal(bare).label_hash, "");
    bare.arranged.reset();
    EXPECT_EQ(seal(bare).label_hash, "");
}

}  // namespace
}  // namespace kemas::intake
