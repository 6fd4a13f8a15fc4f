// A conveyor line in the site file: its PLC, its layout, and the scanners that are its readers.
#include "site_file.hpp"

namespace kemas::settings {
namespace {

using ::testing::HasSubstr;

const std::string profile =
    "profile = \"" KEMAS_SOURCE_DIR "/firmware-profiles/conveyor/plc-mailbox.toml\"\n";
const std::string plc = "[[line]]\nname = \"sorter\"\nhost = \"192.0.2.61\"\n" + profile +
                        "decide_at = 1400\nshortest_pitch = 200\nlongest_body = 1500\n"
                        "most_pulses_per_s = 2300\n";
const std::string eyes =
    "[[line.eye]]\nname = \"in\"\nat = 0\nwindow = 60\n"
    "[[line.eye]]\nname = \"gate\"\nat = 3000\nwindow = 60\n"
    "[[line.eye]]\nname = \"out\"\nat = 5000\nwindow = 60\n";
const std::string reader = "[[line.reader]]\nname = \"side\"\nat = 300\nreach = 150\n";
const std::string scanner =
    "[[scanner]]\nname = \"eye\"\nline = \"sorter\"\nreader = \"side\"\nport = 9101\n";

std::string lane(const std::string& gate, const std::string& more) {
    return "[[line.lane]]\nname = \"JNE\"\ngate = \"" + gate +
           "\"\ndivert_at = 3800\nseen_after = 700\nwindow = 120\n" + more;
}

TEST(Lines, AreReadWithTheirLayout) {
    const SiteFile file(plc + eyes + reader + lane("gate", "takes = [\"JNE/YES\", \"*\"]\n") +
                        scanner);
    const auto settings = file.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& layout = settings->site.policy.lines.at("sorter");
    EXPECT_EQ(layout.eyes.size(), 3u);
    EXPECT_EQ(layout.lanes.at(0).gate, 1u);
    const std::vector<line::Service> takes{{"JNE", "YES"}, {"*", ""}};
    EXPECT_EQ(layout.lanes.at(0).takes, takes);
    EXPECT_FALSE(layout.scale);
    EXPECT_EQ(settings->lines.at(0).host, "192.0.2.61");
    EXPECT_EQ(settings->scanners.at(0).reader, "side");
}

TEST(Lines, ALayoutThatCannotRunIsRefusedByFileAndLine) {
    EXPECT_THAT(faults_of(plc + eyes + reader + lane("gate", "") + scanner),
                HasSubstr("kemas.toml:2: "));  // takes nothing
    EXPECT_THAT(faults_of(plc + eyes + reader + lane("gat", "takes = [\"*\"]\n") + scanner),
                HasSubstr("kemas.toml:27: gate"));
    EXPECT_THAT(faults_of(plc + eyes + reader + lane("gate", "takes = [\"/X\"]\n") + scanner),
                HasSubstr("holds \"/X\""));
}

TEST(Lines, EachReaderHasOneScanner) {
    const auto whole = plc + eyes + reader + lane("gate", "takes = [\"*\"]\n");
    EXPECT_EQ(faults_of(whole + scanner), "");
    EXPECT_THAT(faults_of(whole), HasSubstr("with 0 scanners"));
    EXPECT_THAT(faults_of(whole + scanner +
                          "[[scanner]]\nname = \"b\"\nline = \"sorter\"\nreader = \"side\"\n"
                          "port = 9102\n"),
                HasSubstr("with 2 scanners"));
}

TEST(Lines, AScannerHasAStationOrALine) {
    const auto whole = plc + eyes + reader + lane("gate", "takes = [\"*\"]\n") +
                       "[[station]]\nname = \"b\"\n" + scanner;
    EXPECT_THAT(faults_of(whole + "station = \"b\"\n"), HasSubstr("set beside station"));
    EXPECT_THAT(faults_of(whole + "[[scanner]]\nname = \"c\"\nline = \"other\"\n"
                                  "reader = \"side\"\nport = 9102\n"),
                HasSubstr("names line \"other\", which does not exist"));
    EXPECT_THAT(faults_of(whole + "[[scanner]]\nname = \"c\"\nstation = \"b\"\n"
                                  "reader = \"side\"\nport = 9102\n"),
                HasSubstr("set without line"));
}

const std::string scale_profile =
    "profile = \"" KEMAS_SOURCE_DIR "/firmware-profiles/scale/kemas-sim.toml\"\n";

// A line whose scale has `keys` and `tables`.
std::string with_scale(const std::string& keys, const std::string& tables) {
    auto longer = plc;
    longer.replace(longer.find("1400"), 4, "2400");
    longer.replace(longer.find("1500"), 4, "500");
    return longer + eyes + reader + lane("gate", "takes = [\"*\"]\n") +
           "[line.scale]\nname = \"belt\"\nhost = \"192.0.2.63\"\n" + scale_profile + keys +
           tables + scanner;
}
const std::string place = "from = 500\nto = 2000\n";
const std::string range = "[[line.scale.range]]\nup_to_g = 6000\ndivision_mg = 5000\n";

TEST(Lines, MayHaveAScaleUnderTheBelt) {
    const SiteFile file(
        with_scale(place + "poll_ms = 20\n", range + "[[line.scale.swing]]\nmillihertz = 5000\n"));
    const auto settings = file.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& scale = *settings->lines.at(0).scale;
    EXPECT_EQ(scale.device.name, "belt");
    EXPECT_EQ(scale.rules.rate_hz, 50);
    EXPECT_EQ(scale.longest_gap_ms, 60);
    EXPECT_EQ(scale.rules.ranges.at(0).division, grams(5));
    EXPECT_EQ(scale.rules.swings.at(0).millihertz, 5000);
    const auto& layout = settings->site.policy.lines.at("sorter");
    EXPECT_EQ(layout.plate->to, line::Pulses{2000});
    EXPECT_EQ(layout.scale->name, "belt");
    EXPECT_THAT(settings->lines.at(0).written, HasSubstr("model = \"kemas-sim\""))
        << "a reload must see that the scale's profile changed";
}

TEST(Lines, MayHaveFeedsThatBringItsCartons) {
    const auto feed = [](const std::string& name, const std::string& keys) {
        return "[[line.feed]]\nname = \"" + name +
               "\"\nprofile = \"" KEMAS_SOURCE_DIR
               "/firmware-profiles/conveyor/conveylinx-zpa.toml\"\n" +
               keys;
    };
    const auto whole = plc + eyes + reader + lane("gate", "takes = [\"*\"]\n");
    const auto first = feed("left", "host = \"192.0.2.64\"\n");
    const SiteFile file(whole + first + feed("right", "host = \"192.0.2.65\"\npoll_ms = 250\n") +
                        scanner);
    const auto settings = file.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& feeds = settings->lines.at(0).feeds;
    ASSERT_EQ(feeds.size(), 2u);
    EXPECT_EQ(feeds[0].name, "left");
    EXPECT_EQ(feeds[0].poll_ms, LineFeedSettings{}.poll_ms);
    EXPECT_EQ(feeds[1].poll_ms, 250);
    EXPECT_THAT(settings->lines.at(0).written, HasSubstr("clear_upstream_jam"));

    EXPECT_THAT(faults_of(whole + first + first + scanner), HasSubstr("is named twice"));
    EXPECT_THAT(faults_of(whole + first + feed("right", "host = \"192.0.2.64\"\n") + scanner),
                HasSubstr("has the address"));
    EXPECT_THAT(faults_of(whole + feed("left", "") + scanner), HasSubstr("host"));
    EXPECT_THAT(faults_of(whole + feed("left", "host = \"a\"\nzone = 1\n") + scanner),
                HasSubstr("zone"));
}

TEST(Lines, AScaleThatCannotWeighInMotionIsRefused) {
    EXPECT_THAT(faults_of(with_scale(place, "")), HasSubstr("[[line.scale.range]]"));
    EXPECT_THAT(faults_of(with_scale("to = 2000\n", range)), HasSubstr("from"));
    EXPECT_THAT(faults_of(with_scale("from = 400\nto = 2000\n", range)),
                HasSubstr("begins before longest_body"));
    EXPECT_THAT(faults_of(with_scale("from = 500\nto = 2400\n", range)),
                HasSubstr("must end before the place where lanes are decided"));
    EXPECT_THAT(faults_of(with_scale(place + "poll_ms = 50\n",
                                     range + "[[line.scale.swing]]\nmillihertz = 12000\n")),
                HasSubstr("4 times a swing's frequency"));
    EXPECT_THAT(faults_of(with_scale(place + "dwell_ms = 20\n", range)),
                HasSubstr("gives 2 samples"));
    EXPECT_THAT(faults_of(with_scale(place, "[[line.scale.range]]\nup_to_g = 6000\n")),
                HasSubstr("division_mg"));
}

TEST(Lines, OnlyAReaderHasSeveralCodesInAResult) {
    const auto whole = plc + eyes + reader + lane("gate", "takes = [\"*\"]\n");
    EXPECT_EQ(faults_of(whole + scanner + "separator = \";\"\n"), "");
    EXPECT_THAT(faults_of("[[station]]\nname = \"s\"\n[[scanner]]\nname = \"gun\"\n"
                          "station = \"s\"\nport = 9100\nseparator = \";\"\n"),
                HasSubstr("separator"));
}

}  // namespace
}  // namespace kemas::settings
