#include "messages/catalogue.hpp"

#include <gtest/gtest.h>

namespace kemas {
namespace {

const Catalogue& catalogue() {
    static const Catalogue loaded = Catalogue::load().value();
    return loaded;
}

Answer wrong_item(std::string scanned, std::string next) {
    return {Answer::Kind::refused,
            "wrong_item",
            {{"scanned", std::move(scanned)}, {"next", std::move(next)}}};
}

TEST(Catalogue, SpeaksBothLanguages) {
    const auto answer = wrong_item("SKU-2 (Blue mug)", "1 x SKU-1 (Red mug)");
    EXPECT_EQ(catalogue().text(answer, "en"),
              "Wrong item: this is SKU-2 (Blue mug). Put it back. Next: 1 x SKU-1 (Red mug).");
    EXPECT_EQ(catalogue().text(answer, "id"),
              "Barang salah: ini SKU-2 (Blue mug). Kembalikan. Berikutnya: 1 x SKU-1 (Red mug).");
    EXPECT_EQ(catalogue().text(answer, "fr"), catalogue().text(answer, "en"));
}

TEST(Catalogue, AMissingOrEmptyArgumentIsADash) {
    EXPECT_EQ(catalogue().text({Answer::Kind::refused, "wrong_item", {{"next", ""}}}, "en"),
              "Wrong item: this is -. Put it back. Next: -.");
}

TEST(Catalogue, BracesInAnArgumentAreText) {
    EXPECT_EQ(catalogue().text(wrong_item("{next} {", "}{scanned}"), "en"),
              "Wrong item: this is {next} {. Put it back. Next: }{scanned}.");
}

TEST(Catalogue, ControlCharactersBecomeQuestionMarks) {
    const std::string controls("a\nb\r\x1b[2J\x7f\0z", 11);
    EXPECT_EQ(
        catalogue().text(wrong_item(controls, "\xc2\x85|\xe2\x80\xae|\xe2\x80\xa8|\xc3\xa9"), "en"),
        "Wrong item: this is a?b??[2J??z. Put it back. Next: ?|?|?|\xc3\xa9.");
    EXPECT_EQ(catalogue().text(wrong_item("\xff", "x"), "en"),
              "Wrong item: this is \xef\xbf\xbd. Put it back. Next: x.");
}

TEST(Catalogue, AnUnknownCodeIsSpelledOutAndNoCodeIsSilent) {
    EXPECT_EQ(catalogue().text({Answer::Kind::refused, "new_one", {{"a", "b\n"}}}, "id"),
              "new_one, a: b?");
    EXPECT_EQ(catalogue().text({}, "en"), "");
}

TEST(ScannerLine, SaysWhatBecameOfTheScan) {
    const Answer accepted{Answer::Kind::accepted, "weigh_now", {}};
    const Answer attention{Answer::Kind::attention, "too_heavy", {}};
    EXPECT_EQ(scanner_line(accepted, "Go on."), "+|Go on.");
    EXPECT_EQ(scanner_line(wrong_item("", ""), "Put it back."), "-|wrong_item|Put it back.");
    EXPECT_EQ(scanner_line(attention, "a|b"), "-|too_heavy|a|b");
    EXPECT_EQ(scanner_line(accepted, "two\r\nlines"), "+|two??lines");
}

}  // namespace
}  // namespace kemas
