// Files of labels put into a folder: whole ones only, and never lost.
#include "app/label_folder.hpp"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>

#include "app/form_data.hpp"
#include "app/page_press.hpp"

namespace kemas::app {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Folder : ::testing::Test {
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "kemas-labels-XXXXXX").string();
        path = mkdtemp(pattern.data());
    }
    ~Folder() override { fs::remove_all(path); }
    void write(const std::string& name, const std::string& text) {
        std::ofstream(path / name, std::ios::app) << text;
    }
    static std::vector<std::string> names(const std::vector<fs::path>& paths) {
        std::vector<std::string> all;
        for (const auto& each : paths) all.push_back(each.filename().string());
        return all;
    }
    std::string text(const fs::path& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    fs::path path;
};

TEST_F(Folder, TakesAFileOnceItStandsStill) {
    FolderLook look(path);
    write("a.pdf", "one");
    EXPECT_THAT(look.whole_files(), IsEmpty());
    write("a.pdf", " more");
    EXPECT_THAT(look.whole_files(), IsEmpty());
    EXPECT_THAT(names(look.whole_files()), ElementsAre("a.pdf"));
}

TEST_F(Folder, PassesOverWhatIsStillComing) {
    FolderLook look(path);
    for (const auto* name : {".hidden", "~a.pdf", "b.pdf.part", "c.tmp", "d.crdownload"})
        write(name, "x");
    fs::create_directory(path / "done");
    fs::create_symlink("/etc/passwd", path / "link.pdf");
    look.whole_files();
    EXPECT_THAT(look.whole_files(), IsEmpty());
}

TEST_F(Folder, PutsAFileAwayUnderAFreeName) {
    write("a.pdf", "one");
    put_away(path, path / "a.pdf", "");
    write("a.pdf", "two");
    put_away(path, path / "a.pdf", "");
    write("b.pdf", "bad");
    put_away(path, path / "b.pdf", "It is empty.");
    EXPECT_EQ(text(path / "done" / "a.pdf"), "one");
    EXPECT_EQ(text(path / "done" / "a-1.pdf"), "two");
    EXPECT_EQ(text(path / "refused" / "b.pdf"), "bad");
    EXPECT_EQ(text(path / "refused" / "b.pdf.why.txt"), "It is empty.\n");
}

TEST_F(Folder, HandsFilesOnOneByOneAndSortsThem) {
    boost::asio::io_context loop;
    const auto busy = boost::asio::make_work_guard(loop);  // as a server's loop always is
    std::vector<std::string> taken;
    LabelFolder folder(
        loop.get_executor(), path.string(), 10,
        [&](const std::string& name, const std::string& bytes, const LabelFolder::Settle& settle) {
            taken.push_back(name + "=" + bytes);
            settle(name == "b.zpl" ? "no label" : "");
        });
    write("a.zpl", "A");
    write("b.zpl", "B");
    folder.start();
    const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!fs::exists(path / "refused" / "b.zpl") && std::chrono::steady_clock::now() < last)
        loop.run_one_for(std::chrono::milliseconds(50));
    folder.stop();
    EXPECT_THAT(taken, ElementsAre("a.zpl=A", "b.zpl=B"));
    EXPECT_TRUE(fs::exists(path / "done" / "a.zpl"));
    EXPECT_TRUE(fs::exists(path / "refused" / "b.zpl"));
}

TEST(FormData, FindsTheFile) {
    EXPECT_EQ(file_in("application/pdf", "bytes")->bytes, "bytes");
    const auto form =
        file_in("multipart/form-data; boundary=\"b-1\"",
                "--b-1\r\nContent-Disposition: form-data; name=\"by\"\r\n\r\nana\r\n"
                "--b-1\r\nContent-Disposition: form-data; name=\"f\"; "
                "filename=\"C:\\\\x\\\\l.pdf\"\r\n\r\n%PDF\r\n--b\r\n\r\n--b-1--\r\n");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->name, "l.pdf");
    EXPECT_EQ(form->bytes, "%PDF\r\n--b\r\n");
}

TEST(FormData, RefusesAFormWithoutAFile) {
    EXPECT_THAT(file_in("multipart/form-data", "--x").error(), HasSubstr("no boundary"));
    EXPECT_FALSE(file_in("multipart/form-data; boundary=x", ""));
    EXPECT_FALSE(
        file_in("multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"));
    EXPECT_FALSE(file_in("multipart/form-data; boundary=x",
                         "--x\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\ncut off"));
}

struct Scannable : ::testing::Test {
    label_pages::ReadPage page;
    PageJob job;
    Scannable() { job.numbers = {"SPX1", "PKG1"}; }
};

TEST_F(Scannable, WantsTheNumberOfTheParcel) {
    page.codes = {{"Code128", "SPX9", true, false, 30}};
    EXPECT_THAT(unscannable(page, job)->why,
                HasSubstr("no barcode of the drawn page reads as SPX1"));
    page.codes.push_back({"QRCode", "PKG1", true, false, 40});
    EXPECT_FALSE(unscannable(page, job));
}

TEST_F(Scannable, NamesDotsAModuleAndTheRemedy) {
    page.codes = {{"Code128", "SPX1", false, false, 19}};
    EXPECT_EQ(unscannable(page, job)->why,
              "SPX1 has 1.9 dots a module at 203 dpi and does not read after one dot of print "
              "growth: use a 300 dpi printer, or a label with a larger barcode");
    job.paper.growth_refuses = false;
    EXPECT_FALSE(unscannable(page, job));
    page.codes[0].lost = true;  // it would not read even as drawn
    EXPECT_TRUE(unscannable(page, job));
}

TEST_F(Scannable, BelievesAPersonWhoBoundAPageWithoutItsNumber) {
    page.codes = {{"QRCode", "other", true, false, 0}};
    job.numbers_seen = false;
    EXPECT_FALSE(unscannable(page, job));
}

}  // namespace
}  // namespace kemas::app
