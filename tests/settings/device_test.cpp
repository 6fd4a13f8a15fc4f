#include "site_file.hpp"

namespace kemas::settings {
namespace {

const std::string bench = "[[station]]\nname = \"b\"\n";  // two lines

TEST(Devices, ReadsAStationWithAllItsDevices) {
    const SiteFile site(R"([[station]]
name = "bench-1"
printer = "p"
scale = "s"
[[station]]
name = "dock"
kind = "dock"
[[scanner]]
name = "hand"
station = "bench-1"
port = 9101
terminator = ["TAB", "ETX"]
no_read = "NR"
[[scanner]]
name = "tunnel"
station = "dock"
mode = "client"
host = "10.0.0.9"
port = 2001
heartbeat = "HB"
[[scale]]
name = "s"
profile = "scale.toml"
host = "10.0.0.7"
unit = 3
weight_unit = "kg"
division = "0.005"
poll_ms = 5
[[printer]]
name = "p"
host = "10.0.0.8"
status = "zpl"
stall_timeout_ms = 4000
)");
    site.folder.put("scale.toml", "");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& station = settings->site.stations.at("bench-1");
    EXPECT_EQ(station.kind, StationKind::bench);
    EXPECT_EQ(station.printer, "p");
    EXPECT_EQ(settings->site.stations.at("dock").kind, StationKind::dock);
    EXPECT_EQ(settings->site.stations.at("dock").printer, "");

    const auto& hand = settings->scanners.at(0);
    EXPECT_EQ(hand.mode, ScannerMode::server);
    EXPECT_EQ(hand.host, "127.0.0.1");
    EXPECT_EQ(hand.terminators, "\t\x03");
    EXPECT_EQ(hand.no_read, "NR");
    const auto& tunnel = settings->scanners.at(1);
    EXPECT_EQ(tunnel.mode, ScannerMode::client);
    EXPECT_EQ(tunnel.host, "10.0.0.9");
    EXPECT_EQ(tunnel.terminators, "\r\n");
    EXPECT_EQ(tunnel.heartbeat, "HB");

    const auto& scale = settings->scales.at(0);
    EXPECT_EQ(scale.weight_unit, "kg");
    EXPECT_EQ(scale.division, "0.005");
    EXPECT_EQ(scale.decimals, -1) << "left to the profile";
    EXPECT_EQ(scale.station, "bench-1");
    EXPECT_EQ(scale.profile, site.folder / "scale.toml");
    EXPECT_EQ(scale.unit, 3);
    EXPECT_EQ(scale.poll_ms, 5);
    EXPECT_EQ(scale.port, 502);
    const auto& printer = settings->printers.at(0);
    EXPECT_TRUE(printer.ask_status);
    EXPECT_EQ(printer.port, 9100);
    EXPECT_EQ(printer.stall_timeout_ms, 4000);
}

TEST(Devices, ReadsAPrinterOfEachTransport) {
    const SiteFile site(R"([[printer]]
name = "usb"
transport = "usb"
device = "/dev/usb/lp0"
language = "tspl"
[[printer]]
name = "line"
transport = "serial"
serial = "/dev/serial/by-id/x"
baud = 115200
flow = "rts_cts"
language = "escpos"
status_poll_ms = 0
[[printer]]
name = "queue"
transport = "ipp"
uri = "ipp://127.0.0.1:631/printers/label"
)");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& usb = settings->printers.at(0);
    EXPECT_EQ(usb.device, "/dev/usb/lp0");
    EXPECT_EQ(usb.language, "tspl");
    EXPECT_TRUE(usb.ask_status) << "without its words nothing proves that a USB printer printed";
    const auto& line = settings->printers.at(1);
    EXPECT_EQ(line.serial.baud, 115200);
    EXPECT_EQ(line.flow, 'R');
    EXPECT_EQ(line.status_poll_ms, 0);
    EXPECT_EQ(settings->printers.at(2).format, "application/octet-stream");
}

TEST(Devices, APrintersPortIsLeftToItsProfile) {
    const SiteFile site(
        "[[printer]]\nname = \"p\"\nhost = \"a\"\nprofile = \"p.toml\"\n"
        "[[printer]]\nname = \"q\"\nhost = \"b\"\nport = 9100\nprofile = \"p.toml\"\n");
    site.folder.put("p.toml", "");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->printers.at(0).port, 0);
    EXPECT_EQ(settings->printers.at(1).port, 9100);
}

TEST(Devices, APrinterWithoutItsPlaceIsRefused) {
    EXPECT_EQ(faults_of("[[printer]]\nname = \"p\"\ntransport = \"ipp\"\nuri = \"label\"\n"),
              "kemas.toml:4: uri in [[printer]] is \"label\", expected an address as in "
              "\"ipp://127.0.0.1:631/printers/label\"");
    EXPECT_NE(faults_of("[[printer]]\nname = \"p\"\ntransport = \"usb\"\nhost = \"h\"\n"), "");
    EXPECT_NE(faults_of("[[printer]]\nname = \"p\"\ntransport = \"serial\"\n"), "");
}

TEST(Devices, NamesThatDoNotExistAreNamed) {
    EXPECT_EQ(
        faults_of(bench + "printer = \"p\"\nscale = \"s\"\n"),
        "kemas.toml:3: station \"b\" names printer \"p\", which does not exist, expected one "
        "of: (none is configured)\n"
        "kemas.toml:4: station \"b\" names scale \"s\", which does not exist, expected one of: "
        "(none is configured)");
    EXPECT_EQ(faults_of(bench + "[[scanner]]\nname = \"h\"\nstation = \"c\"\nport = 1\n"),
              "kemas.toml:5: scanner \"h\" names station \"c\", which does not exist, expected one "
              "of: b");
    EXPECT_EQ(faults_of("[policy]\ndefault_carton = \"BOX\"\n"),
              "kemas.toml:2: [policy] names carton \"BOX\", which does not exist, expected one of: "
              "(none is configured)");
}

TEST(Devices, TwoOfOneNameAreRefused) {
    EXPECT_EQ(
        faults_of(bench + bench),
        "kemas.toml:4: station \"b\" is named twice (first in line 2), expected a name of its "
        "own");
    EXPECT_EQ(
        faults_of(
            "[[printer]]\nname = \"p\"\nhost = \"a\"\n[[printer]]\nname = \"p\"\nhost = \"b\"\n"),
        "kemas.toml:5: printer \"p\" is named twice (first in line 2), expected a name of its "
        "own");
}

TEST(Devices, TwoOnOnePortAreRefused) {
    const auto scanner = [](const char* name, const char* more) {
        return std::string("[[scanner]]\nstation = \"b\"\nname = \"") + name + "\"\n" + more;
    };
    EXPECT_EQ(
        faults_of(bench + scanner("x", "port = 9101\n") +
                  scanner("y", "host = \"0.0.0.0\"\nport = 9101\n")),
        "kemas.toml:11: port 9101 of scanner \"y\" is taken by scanner \"x\" in line 6, expected "
        "a port of its own");
    EXPECT_EQ(
        faults_of(bench + scanner("x", "port = 8420\n")),
        "kemas.toml:6: port 8420 of scanner \"x\" is taken by [http] in line 1, expected a port "
        "of its own");
    EXPECT_EQ(faults_of(bench + scanner("x", "port = 0\n") + scanner("y", "port = 0\n")), "");
    EXPECT_EQ(faults_of(bench + scanner("x", "host = \"10.0.0.1\"\nport = 7\n") +
                        scanner("y", "host = \"10.0.0.2\"\nport = 7\n")),
              "");
}

TEST(Devices, TwoWithOneAddressAreRefused) {
    EXPECT_EQ(
        faults_of(
            "[[printer]]\nname = \"p\"\nhost = \"a\"\n[[printer]]\nname = \"q\"\nhost = \"a\"\n"),
        "kemas.toml:6: printer \"q\" has the address a:9100 of printer \"p\" in line 3, expected "
        "an address of its own");
}

TEST(Devices, AScaleBelongsToOneStation) {
    const std::string scale = "[[scale]]\nname = \"s\"\nprofile = \"kemas.toml\"\nhost = \"a\"\n";
    EXPECT_EQ(
        faults_of(scale),
        "kemas.toml:2: name in [[scale]] is \"s\", which no station has, expected a [[station]] "
        "with scale = \"s\"");
    EXPECT_EQ(
        faults_of(scale + bench + "scale = \"s\"\n[[station]]\nname = \"c\"\nscale = \"s\"\n"),
        "kemas.toml:10: scale in [[station]] is \"s\", which station \"b\" has, expected a scale "
        "of its own");
    EXPECT_EQ(
        faults_of(scale + "max_age_ms = 40\n" + bench + "scale = \"s\"\n"),
        "kemas.toml:5: max_age_ms in [[scale]] makes every reading stale before the next poll, "
        "expected max_age_ms larger than poll_ms");
}

TEST(Devices, AProfileThatDoesNotExistIsNamed) {
    EXPECT_EQ(faults_of(bench +
                        "scale = \"s\"\n[[scale]]\nname = \"s\"\nhost = \"a\"\nprofile = \"no\"\n"),
              "kemas.toml:7: profile in [[scale]] is \"no\", which does not exist, expected a "
              "profile's file, as in firmware-profiles/scale");
}

TEST(Devices, WhatAScannerNeedsIsNamed) {
    EXPECT_EQ(faults_of("[[scanner]]\nmode = \"client\"\n"),
              "kemas.toml:1: [[scanner]] lacks name, expected text in quotes\n"
              "kemas.toml:1: [[scanner]] lacks station, expected text in quotes\n"
              "kemas.toml:1: [[scanner]] lacks host, expected text in quotes\n"
              "kemas.toml:1: [[scanner]] lacks port, expected a whole number from 1 to 65535");
    const auto terminator = [](const char* list) {
        return bench + "[[scanner]]\nname = \"x\"\nstation = \"b\"\nport = 1\nterminator = " + list;
    };
    const std::string expected = ", expected a list of \"CR\", \"LF\", \"TAB\" or \"ETX\"";
    EXPECT_EQ(faults_of(terminator("[\"CR\", \"NL\"]")),
              "kemas.toml:7: terminator in [[scanner]] holds \"NL\"" + expected);
    EXPECT_EQ(faults_of(terminator("[]")),
              "kemas.toml:7: terminator in [[scanner]] names none" + expected);
    EXPECT_THAT(faults_of(terminator("\"CR\"")),
                ::testing::StartsWith("kemas.toml:7: terminator in [[scanner]] is no list"));
    EXPECT_THAT(faults_of(terminator("[13]")),
                ::testing::StartsWith("kemas.toml:7: terminator in [[scanner]] holds something"));
}

TEST(Devices, UnknownKeysOfADeviceAreNamed) {
    EXPECT_EQ(faults_of(bench + "prnter = \"p\"\n"),
              "kemas.toml:3: unknown key \"prnter\" in [[station]], expected one of: name, kind, "
              "printer, scale");
}

TEST(Devices, AScalesDivisionIsANumber) {
    const SiteFile site(R"([[station]]
name = "b"
scale = "s"
[[scale]]
name = "s"
profile = "scale.toml"
host = "10.0.0.7"
division = "5 g"
weight_unit = "stone"
)");
    site.folder.put("scale.toml", "");
    const auto settings = site.load();
    ASSERT_FALSE(settings);
    EXPECT_NE(settings.error().what.find(":8: "), std::string::npos) << settings.error().what;
    EXPECT_NE(settings.error().what.find(":9: "), std::string::npos) << settings.error().what;
}

}  // namespace
}  // namespace kemas::settings
