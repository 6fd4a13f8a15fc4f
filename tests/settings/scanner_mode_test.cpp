// The ways a scanner may reach a station, each with keys of its own.
#include "site_file.hpp"

namespace kemas::settings {
namespace {

const std::string bench = "[[station]]\nname = \"b\"\n";

std::string with(const std::string& keys) {
    return bench + "[[scanner]]\nname = \"gun\"\nstation = \"b\"\n" + keys;
}
std::string faults_of(const std::string& toml) {
    return SiteFile(toml).faults();
}
ScannerSettings loaded(const std::string& keys) {
    const SiteFile site(with(keys));
    const auto settings = site.load();
    EXPECT_TRUE(settings) << settings.error().what;
    return settings ? settings->scanners.at(0) : ScannerSettings{};
}

TEST(ScannerModes, ASerialLineIsReadWithItsSettings) {
    const auto gun = loaded(
        "mode = \"serial\"\nserial = \"/dev/gun\"\nbaud = 115200\nparity = \"even\"\n"
        "protocol = \"honeywell\"\nanswer_within_ms = 4000\n");
    EXPECT_EQ(gun.mode, ScannerMode::serial);
    EXPECT_EQ(gun.serial.device, "/dev/gun");
    EXPECT_EQ(gun.serial.baud, 115'200);
    EXPECT_EQ(gun.serial.parity, 'E');
    EXPECT_EQ(gun.protocol, "honeywell");
    EXPECT_EQ(gun.answer_within_ms, 4'000);
}

TEST(ScannerModes, AKeyOfAnotherModeIsUnknown) {
    EXPECT_THAT(faults_of(with("mode = \"serial\"\nserial = \"/dev/gun\"\nhost = \"x\"\n")),
                ::testing::HasSubstr("kemas.toml:8: "));
    EXPECT_THAT(faults_of(with("mode = \"evdev\"\ndevice = \"/dev/k\"\nprotocol = \"ssi\"\n")),
                ::testing::HasSubstr("protocol"));
    EXPECT_THAT(faults_of(with("mode = \"serial\"\n")), ::testing::HasSubstr("serial"));
    EXPECT_THAT(faults_of(with("mode = \"telepathy\"\nport = 1\n")),
                ::testing::HasSubstr("\"camera\""));
}

TEST(ScannerModes, ACamerasUrlIsTakenApart) {
    const auto eye = loaded("mode = \"camera\"\nurl = \"http://10.0.0.5:8080/snap.jpg?n=1\"\n");
    EXPECT_EQ(eye.host, "10.0.0.5");
    EXPECT_EQ(eye.port, 8080);
    EXPECT_EQ(eye.path, "/snap.jpg?n=1");
    EXPECT_EQ(loaded("mode = \"camera\"\nurl = \"http://eye\"\n").path, "/");
    for (const char* bad : {"https://eye/x", "http://", "http://eye:0/", "http://eye:9x/",
                            "http://user@eye/", "ftp://eye"})
        EXPECT_THAT(faults_of(with("mode = \"camera\"\nurl = \"" + std::string(bad) + "\"\n")),
                    ::testing::HasSubstr("kemas.toml:7: "))
            << bad;
}

TEST(ScannerModes, ACameraHasOneSourceOfPictures) {
    EXPECT_THAT(faults_of(with("mode = \"camera\"\n")), ::testing::HasSubstr("url or folder"));
    EXPECT_THAT(faults_of(with("mode = \"camera\"\nurl = \"http://e/\"\nfolder = \"f\"\n")),
                ::testing::HasSubstr("url or folder"));
}

TEST(ScannerModes, OneDeviceHasOneScanner) {
    const std::string second =
        "[[scanner]]\nname = \"other\"\nstation = \"b\"\nmode = \"serial\"\nserial = \"/dev/g\"\n";
    EXPECT_THAT(faults_of(with("mode = \"serial\"\nserial = \"/dev/g\"\n") + second),
                ::testing::HasSubstr("/dev/g"));
}

TEST(ScannerModes, AProfileMustExist) {
    EXPECT_THAT(faults_of(with("port = 9101\nprofile = \"none.toml\"\n")),
                ::testing::HasSubstr("firmware-profiles/scanner"));
}

}  // namespace
}  // namespace kemas::settings
