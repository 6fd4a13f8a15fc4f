// The sample label beside the picture that a person approved, and read back by two judges.
// KEMAS_REWRITE_GOLDEN=1 takes the present picture as the approved one.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "label/png.hpp"
#include "sample.hpp"

namespace kemas::label {
namespace {

std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string pbm(const Page& page) {
    return "P4\n" + std::to_string(page.width) + " " + std::to_string(page.height) + "\n" +
           std::string(page.bits.begin(), page.bits.end());
}

void expect_golden(const LabelContent& content, const std::string& name) {
    const auto drawn = draw(sample_layout(), content);
    ASSERT_TRUE(drawn) << drawn.error().why;
    const std::string golden = std::string(KEMAS_SOURCE_DIR "/tests/label/golden/") + name;
    const std::string png = to_png(drawn->page);
    if (std::getenv("KEMAS_REWRITE_GOLDEN")) std::ofstream(golden, std::ios::binary) << png;
    if (file_text(golden) == png) return;
    const std::string seen = ::testing::TempDir() + name;
    std::ofstream(seen, std::ios::binary) << png;
    FAIL() << "the label differs from " << golden << ": compare with " << seen
           << " and, if it is right, run again with KEMAS_REWRITE_GOLDEN=1";
}

std::string output_of(const std::string& command) {
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 512> block;
    while (pipe && std::fgets(block.data(), block.size(), pipe)) out += block.data();
    if (pipe) pclose(pipe);
    return out;
}

TEST(Golden, CodLabel) {
    expect_golden(sample_content(), "domestic-cod.png");
}

TEST(Golden, ReprintedLabelWithoutCod) {
    auto content = sample_content();
    content.fields["cod_amount"] = "";
    content.fields["reprint"] = "Reprint 2";
    expect_golden(content, "domestic-reprint.png");
}

TEST(Golden, BothJudgesReadTheBarcodeBack) {
    const auto drawn = draw(sample_layout(), sample_content());
    ASSERT_TRUE(drawn) << drawn.error().why;
    ASSERT_EQ(drawn->barcodes.size(), 1U);
    const std::string picture = ::testing::TempDir() + "read-back.pbm";
    std::ofstream(picture, std::ios::binary) << pbm(drawn->page);
    EXPECT_EQ(output_of(KEMAS_DECODE " < " + picture),
              "Code128\t" + drawn->barcodes[0].text + "\n");
    if (!std::filesystem::exists("/usr/bin/zbarimg"))
        GTEST_SKIP() << "no zbarimg: apt install zbar-tools";
    EXPECT_EQ(output_of("zbarimg -q --nodbus " + picture), "CODE-128:JNE0123456789012\n");
}

TEST(Decode, RefusesWhatIsNoPictureAndFindsNothingInWhite) {
    const std::string file = ::testing::TempDir() + "no-picture";
    const auto status_of = [&](const std::string& bytes) {
        std::ofstream(file, std::ios::binary) << bytes;
        const int status = std::system((KEMAS_DECODE " < " + file + " > /dev/null 2>&1").c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    EXPECT_EQ(status_of(""), 2);
    EXPECT_EQ(status_of("P6\n1 1\n255\nabc"), 2);
    EXPECT_EQ(status_of("P5\n100 100\n255\nshort"), 2);
    EXPECT_EQ(status_of("P5\n99999999999 1\n255\n"), 2);
    EXPECT_EQ(status_of("P5 # a comment\n64 64\n255\n" + std::string(4096, '\xFF')), 0);
}

}  // namespace
}  // namespace kemas::label
