// A hostile or endless file costs its own child only.
#include <sys/wait.h>

#include <cstdlib>
#include <random>

#include "drivers/label_pages/page_wire.hpp"
#include "label_papers.hpp"
#include "page_reader_fixture.hpp"
#include "pictures.hpp"

namespace kemas::label_pages {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

Paper plain(const std::string& number) {
    return {100, 150, {{20, number, 15, 20, 70, 20}}, ""};
}

TEST_F(PageReaderTest, TheSandboxIsTight) {
    const int status = std::system(KEMAS_PAGES " --prove-sandbox");  // NOLINT
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(PageReaderTest, ChokesOnNothingThatIsNoLabel) {
    for (const std::string file :
         {"", "hello", "%PDF-1.4\nnothing", "\x89PNG\r\n", "PK\3\4short"}) {
        const auto heard = read(on_label(file));
        EXPECT_THAT(heard.pages, SizeIs(0));
        EXPECT_NE(heard.fault(), "") << file;
        EXPECT_TRUE(heard.end.has_value()) << file;
    }
}

TEST_F(PageReaderTest, RefusesAnArchiveThatUnpacksWithoutEnd) {
    const std::string white(30U << 20, '\0');
    std::vector<std::pair<std::string, std::string>> files;
    for (int i = 0; i < 10; ++i) files.emplace_back("bomb" + std::to_string(i), white);
    const auto heard = read(on_label(zip_of(files)));
    EXPECT_THAT(heard.fault(), HasSubstr("unpacks to more than 256 MiB"));
}

TEST_F(PageReaderTest, BelievesNoSizeThatAnArchiveTells) {
    auto archive = zip_of({{"a.pdf", pdf_of({plain("LIE1")})}});
    const auto entry = archive.find("PK\1\2");
    archive[entry + 24] = 1, archive[entry + 25] = 0, archive[entry + 26] = 0;
    const auto heard = read(on_label(archive));
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_THAT(heard.pages[0].fault, HasSubstr("a.pdf is damaged"));
}

TEST_F(PageReaderTest, RefusesAnArchiveWithinAnArchive) {
    const auto inner = zip_of({{"a.zpl", "^XA^FO1,1^FDx^FS^XZ"}});
    const auto heard = read(on_label(zip_of({{"inner.zip", inner}})));
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_THAT(heard.pages[0].fault, HasSubstr("is an archive within the archive"));
}

TEST_F(PageReaderTest, StopsAtItsMostPages) {
    std::string zpl;
    for (int i = 0; i <= kMostPages; ++i) zpl += "^XA^FO1,1^FD" + std::to_string(i) + "^FS^XZ";
    const auto heard = read(on_label(zpl));
    EXPECT_THAT(heard.pages, SizeIs(kMostPages));
    EXPECT_THAT(heard.fault(), HasSubstr("more than 1000 pages"));
}

TEST_F(PageReaderTest, APageWithoutEndCostsItsFileOnlyAndTheNextIsRead) {
    auto options = usual();
    options.program = script("sleep 60");
    options.page_limit_ms = 300;
    use(options);
    EXPECT_THAT(read(on_label("^XA")).fault(), HasSubstr("took too long"));
    use(usual());
    EXPECT_THAT(read(on_label(pdf_of({plain("NEXT1")}))).codes(0), SizeIs(1));
}

TEST_F(PageReaderTest, BelievesNoReaderThatLies) {
    auto options = usual();
    options.program = script("printf 'KPGX and much more than a head'; sleep 60");
    use(options);
    EXPECT_THAT(read(on_label("^XA")).fault(), HasSubstr("stopped its reader after 0 pages"));
}

TEST_F(PageReaderTest, SurvivesSpoiltFiles) {
    const std::vector<std::string> good{pdf_of({plain("A1"), plain("B2")}),
                                        zip_of({{"a.pdf", pdf_of({plain("C3")})}}),
                                        "^XA^FO1,1^GFA,8,8,2,FFJ0:,^FS^BCN^FDx^FS^XZ"};
    std::mt19937 chance(20261122);
    const int rounds = std::getenv("KEMAS_LONG") ? 2'000 : 30;
    int honest = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto& from = good[static_cast<std::size_t>(i) % good.size()];
        const auto heard = read(on_label(camera::spoil(from, chance)));
        honest += heard.end.has_value();
        if (!heard.end) {
            EXPECT_THAT(heard.fault(), HasSubstr("reader")) << i;
        }
    }
    EXPECT_GT(honest, 0);
}

TEST(PageWire, BelievesNoLengthOfTheOther) {
    ReadPage page;
    page.place = {2, 3};
    page.member = "a.pdf";
    page.page = {16, 2, 203, {1, 2, 3, 4}};
    page.codes = {{"Code128", "X\x1D", false, true, 21}};
    const auto bytes = to_bytes(page);
    const auto again = page_of(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->codes, page.codes);
    EXPECT_EQ(again->page.bits, page.page.bits);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
        EXPECT_FALSE(page_of(std::string_view(bytes).substr(0, cut))) << cut;
    page.page.bits.pop_back();
    EXPECT_FALSE(page_of(to_bytes(page)));
}

}  // namespace
}  // namespace kemas::label_pages
