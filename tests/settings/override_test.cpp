// A site's own sentences.
#include <gtest/gtest.h>

#include "folder.hpp"
#include "messages/catalogue.hpp"

namespace kemas {
namespace {

using testing::Folder;

std::string fault_of(const Folder& folder) {
    const auto loaded = Catalogue::load(folder.path());
    return loaded ? "" : loaded.error().what;
}

TEST(Overrides, ReplaceSingleSentencesOfOneLanguage) {
    const Folder folder;
    folder.put("id.toml", "tote_empty = \"Keranjang {tote} kosong.\"\n");
    const auto catalogue = Catalogue::load(folder.path());
    ASSERT_TRUE(catalogue) << catalogue.error().what;
    const Answer answer{Answer::Kind::refused, "tote_empty", {{"tote", "T-1"}}};
    EXPECT_EQ(catalogue->text(answer, "id"), "Keranjang T-1 kosong.");
    EXPECT_EQ(catalogue->text(answer, "en"),
              "Tote T-1 holds no order. Scan another tote or an order.");
    EXPECT_EQ(catalogue->text({Answer::Kind::accepted, "weigh_now", {}}, "id"),
              "Taruh paket di timbangan.");
}

TEST(Overrides, MayLeaveASlotOut) {
    const Folder folder;
    folder.put("en.toml", "wrong_item = \"Wrong item. Next: {next}.\"\n");
    EXPECT_EQ(fault_of(folder), "");
}

TEST(Overrides, EveryMistakeIsNamedWithFileAndLine) {
    const Folder folder;
    folder.put("en.toml",
               "wrong_itm = \"x\"\n"
               "wrong_item = \"{skanned}\"\n"
               "weigh_now = \"{x}\"\n"
               "open_first = 3\n"
               "badge_first = \"a { b\"\n"
               "signed_out = \"a } b\"\n"
               "weigh_first = \"\"\n"
               "carton_needed = \"a\\u0007\"\n");
    folder.put("id.toml", "weigh_now = \"x\"\nweigh_now = \"y\"\n");
    folder.put("fr.toml", "");
    const auto en = folder / "en.toml", id = folder / "id.toml", fr = folder / "fr.toml";
    const auto fault = fault_of(folder);
    const auto expected =
        fr + ":1: unknown language, expected en.toml or id.toml\n" + en +
        ":1: unknown message \"wrong_itm\", expected a code that Kemas answers with\n" + en +
        ":2: wrong_item: slot {skanned} is not in this answer, expected one of: {scanned}, "
        "{next}\n" +
        en + ":3: weigh_now: slot {x} is not in this answer, expected one of: none\n" + en +
        ":4: open_first is no text, expected a sentence in quotes\n" + en +
        ":5: badge_first: a brace stands alone, expected {slot}\n" + en +
        ":6: signed_out: a brace stands alone, expected {slot}\n" + en +
        ":7: weigh_first: the sentence is empty, expected some words\n" + en +
        ":8: carton_needed: the sentence holds a control character, expected one line of text\n" +
        id + ":2: ";
    EXPECT_EQ(fault.substr(0, expected.size()), expected);
}

TEST(Overrides, ABareLetterBeyondAsciiIsNamedWithItsColumn) {
    const Folder folder;
    folder.put("en.toml", "tote_empty = \"é {tote}\"\nwägen = \"x\"\n");
    EXPECT_EQ(fault_of(folder),
              (folder / "en.toml") +
                  ":2: column 2: ä (U+00E4) stands outside quotes, expected \"wägen\" in quotes");
}

TEST(Overrides, AFolderThatIsNotThereIsNamed) {
    const auto loaded = Catalogue::load("/no/such/folder");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().what,
              "/no/such/folder:1: is no folder, expected one with en.toml or id.toml");
}

}  // namespace
}  // namespace kemas
