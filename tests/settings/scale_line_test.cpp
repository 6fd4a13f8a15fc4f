#include "site_file.hpp"

namespace kemas::settings {
namespace {

// Three lines, then two scales of two stations.
std::string two_scales(const std::string& first, const std::string& second) {
    return "[[station]]\nname = \"a\"\nscale = \"a\"\n[[station]]\nname = \"b\"\nscale = \"b\"\n"
           "[[scale]]\nname = \"a\"\nprofile = \"kemas.toml\"\n" +
           first + "[[scale]]\nname = \"b\"\nprofile = \"kemas.toml\"\n" + second;
}

TEST(ScaleLines, TwoScalesShareASerialLineAsTwoUnits) {
    const SiteFile site(two_scales(
        "serial = \"/dev/ttyUSB0\"\nbaud = 19200\nparity = \"even\"\nunit = 1\n",
        "serial = \"/dev/ttyUSB0\"\nbaud = 19200\nparity = \"even\"\nunit = 2\n"));
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& line = settings->scales.at(1).serial;
    EXPECT_EQ(line.device, "/dev/ttyUSB0");
    EXPECT_EQ(line.baud, 19200);
    EXPECT_EQ(line.parity, 'E');
    EXPECT_EQ(line.stop_bits, 0) << "left to the protocol";
}

TEST(ScaleLines, OneLineHasOneSetting) {
    EXPECT_EQ(faults_of(two_scales("serial = \"/dev/ttyUSB0\"\nbaud = 19200\nunit = 1\n",
                                   "serial = \"/dev/ttyUSB0\"\nunit = 2\n")),
              "kemas.toml:16: serial in [[scale]] is the line of scale \"a\", set differently, "
              "expected the same baud, parity, data_bits and stop_bits on one line");
}

TEST(ScaleLines, AScaleHasOneLine) {
    EXPECT_EQ(faults_of(two_scales("serial = \"/dev/ttyUSB0\"\nhost = \"h\"\n", "host = \"g\"\n")),
              "kemas.toml:11: host in [[scale]] is set beside serial, expected one of the two: the "
              "scale has one line");
}

TEST(ScaleLines, ACalibrationHasADate) {
    const SiteFile site(
        two_scales("host = \"g\"\ncalibration_due = 2027-01-31\ncalibration = \"refuse\"\n",
                   "host = \"h\"\n"));
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->scales.at(0).calibration_due, "2027-01-31");
    EXPECT_TRUE(settings->scales.at(0).refuse_uncalibrated);
    EXPECT_FALSE(settings->scales.at(1).refuse_uncalibrated);
    EXPECT_EQ(faults_of(two_scales("host = \"g\"\ncalibration = \"refuse\"\n", "host = \"h\"\n")),
              "kemas.toml:11: calibration in [[scale]] is set without a date, expected "
              "calibration_due = 2027-01-31 beside it");
    EXPECT_EQ(
        faults_of(two_scales("host = \"g\"\ncalibration_due = \"soon\"\n", "host = \"h\"\n")),
        "kemas.toml:11: calibration_due in [[scale]] is no date, expected a date without quotes, "
        "as in 2027-01-31");
}

}  // namespace
}  // namespace kemas::settings
