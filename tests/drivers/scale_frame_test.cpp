// Frames of scales that speak text, as their manuals print them, and what they must never become.
#include <gtest/gtest.h>

#include "drivers/scale/frame_codec.hpp"
#include "drivers/scale/frame_cutter.hpp"

namespace kemas::scale {
namespace {

using profile::ScaleProtocol;
using namespace std::string_literals;

struct Frames {
    explicit Frames(ScaleProtocol protocol) { profile.protocol = protocol; }

    // "1234 g stable", "1234 g moves", the fault's word, or "nothing".
    std::string mean(std::string_view frame) const {
        const auto reading = decode_frame(profile, site, frame);
        if (!reading) return "nothing";
        if (!reading->fault.empty()) {
            EXPECT_NE(reading->why.find(": "), std::string::npos) << "no next step";
            return reading->fault;
        }
        return std::to_string(reading->gross.value / 1000) + " g " +
               (reading->stable ? "stable" : "moves");
    }
    profile::TextScaleProfile profile;
    profile::SiteFacts site;
};

// STX, three status bytes, six digits, six digits of tare, CR.
std::string toledo(const std::string& status, const std::string& weight,
                   const std::string& tare = "000000") {
    return "\x02" + status + weight + tare + "\r";
}

TEST(ToledoContinuous, ReadsPointSignUnitAndMotionFromItsStatusBytes) {
    Frames frames(ScaleProtocol::toledo_continuous);
    EXPECT_EQ(frames.mean(toledo("\x2d\x30\x20", "001234")), "1234 g stable") << "x.xxx kg";
    EXPECT_EQ(frames.mean(toledo("\x2d\x30\x20", "  1234")), "1234 g stable") << "blank zeros";
    EXPECT_EQ(frames.mean(toledo("\x2d\x38\x20", "001234")), "1234 g moves");
    EXPECT_EQ(frames.mean(toledo("\x2d\x32\x20", "000020")), "-20 g stable");
    EXPECT_EQ(frames.mean(toledo("\x2a\x30\x20", "000012")), "12000 g stable") << "no point";
    EXPECT_EQ(frames.mean(toledo("\x29\x30\x20", "000012")), "120000 g stable") << "a dummy zero";
    EXPECT_EQ(frames.mean(toledo("\x2a\x30\x21", "001234")), "1234 g stable") << "grams";
    EXPECT_EQ(frames.mean(toledo("\x2c\x20\x20", "000100")), "453 g stable") << "1.00 lb";
    EXPECT_EQ(decode_frame(frames.profile, {}, toledo("\x3d\x30\x20", "000000"))->division,
              grams(5));
}

TEST(ToledoContinuous, NetAndTareMakeGross) {
    Frames frames(ScaleProtocol::toledo_continuous);
    EXPECT_EQ(frames.mean(toledo("\x2d\x31\x20", "001000", "000234")), "1234 g stable");
    EXPECT_EQ(frames.mean("\x02\x2d\x31\x20"s + "001000\r"), "net_shown") << "the short form";
    EXPECT_EQ(frames.mean("\x02\x2d\x30\x20"s + "001000\r"), "1000 g stable");
}

TEST(ToledoContinuous, RefusesWhatIsNoWeight) {
    Frames frames(ScaleProtocol::toledo_continuous);
    EXPECT_EQ(frames.mean(toledo("\x2d\x34\x20", "000000")), "overload");
    EXPECT_EQ(frames.mean(toledo("\x2d\x36\x20", "000000")), "underload");
    EXPECT_EQ(frames.mean(toledo("\x2d\x70\x20", "000000")), "not_ready") << "not zeroed";
    EXPECT_EQ(frames.mean(toledo("\x2d\x30\x30", "012340")), "other_unit") << "expanded";
    EXPECT_EQ(frames.mean(toledo("\x2d\x30\x20", "------")), "nothing");
    EXPECT_EQ(frames.mean(toledo("\x2d\x30\x20", "      ")), "nothing");
    EXPECT_EQ(frames.mean("\x02\x2d\x30\x20"s + "0012\r"), "nothing") << "a part";
}

TEST(ToledoContinuous, AWrongChecksumIsNothing) {
    Frames frames(ScaleProtocol::toledo_continuous);
    frames.profile.checksum = true;
    std::string frame = toledo("\x2d\x30\x20", "001234");
    unsigned sum = 0;
    for (const char c : frame) sum += static_cast<unsigned>(c) & 0x7F;
    frame += static_cast<char>((0x80 - (sum & 0x7F)) & 0x7F);
    EXPECT_EQ(frames.mean(frame), "1234 g stable");
    frame[6] = '9';
    EXPECT_EQ(frames.mean(frame), "nothing");
}

TEST(MtSics, ReadsStableAndMovingAndNamesItsLetters) {
    Frames frames(ScaleProtocol::mt_sics);
    EXPECT_EQ(frames.mean("S S     100.00 g"), "100 g stable");
    EXPECT_EQ(frames.mean("S D      -1.20 kg"), "-1200 g moves");
    EXPECT_EQ(frames.mean("S +"), "overload");
    EXPECT_EQ(frames.mean("S -"), "underload");
    EXPECT_EQ(frames.mean("S I"), "not_ready");
    EXPECT_EQ(frames.mean("S S     100.00 pcs"), "other_unit");
    EXPECT_EQ(frames.mean("ES"), "nothing");
    EXPECT_EQ(frames.mean("Z A"), "nothing");
    EXPECT_EQ(frames.mean("S X     100.00 g"), "nothing");
    EXPECT_EQ(frames.mean("S S     1O0.00 g"), "nothing") << "a letter O is no digit";
}

TEST(MtSics, ATareMakesItsNetWeightUseless) {
    Frames frames(ScaleProtocol::mt_sics);
    EXPECT_EQ(frames.mean("TA A     12.50 g"), "net_shown");
    EXPECT_EQ(frames.mean("TA A      0.00 g"), "nothing");
    EXPECT_TRUE(says_no_tare(frames.profile, "TA A      0.00 g"));
    EXPECT_FALSE(says_no_tare(frames.profile, "TA A     12.50 g"));
    EXPECT_FALSE(says_no_tare(frames.profile, "TA I"));
    EXPECT_FALSE(says_no_tare(frames.profile, "S S      0.00 g"));
}

TEST(Cas, ReadsItsTwentyTwoBytesWhateverTheLampByteIs) {
    Frames frames(ScaleProtocol::cas);
    EXPECT_EQ(frames.mean("ST,GS,1\xC4,000013.5 kg"), "13500 g stable");
    EXPECT_EQ(frames.mean("US,GS,1,,000013.5 kg"), "13500 g moves") << "a lamp byte like a comma";
    EXPECT_EQ(frames.mean("ST,GS,1\xC4,-00002.5 kg"), "-2500 g stable");
    EXPECT_EQ(frames.mean("OL,GS,1\xC4,          kg"), "nothing") << "one character too many";
    EXPECT_EQ(frames.mean("OL,GS,1\xC4,         kg"), "overload");
    EXPECT_EQ(frames.mean("ST,NT,1\xC4,000013.5 kg"), "net_shown");
    EXPECT_EQ(frames.mean("0000013.5"), "nothing") << "the short form says no motion";
    EXPECT_EQ(frames.mean("ERR 2"), "error");
}

TEST(AndStandard, ReadsBothLengthsAndBelievesTheShortOneOnlyByProfile) {
    Frames frames(ScaleProtocol::and_standard);
    EXPECT_EQ(frames.mean("ST,GS,+0012.34kg"), "12340 g stable");
    EXPECT_EQ(frames.mean("US,GS,-0000.50kg"), "-500 g moves");
    EXPECT_EQ(frames.mean("ST,NT,+0012.34kg"), "net_shown");
    EXPECT_EQ(frames.mean("OL,GS,+9999.99kg"), "overload");
    EXPECT_EQ(frames.mean("OL,GS,-9999.99kg"), "underload");
    EXPECT_EQ(frames.mean("ST,+001234.5  g"), "net_shown") << "it does not say which it is";
    frames.profile.net = true;
    EXPECT_EQ(frames.mean("ST,+001234.5  g"), "1234 g stable");
    EXPECT_EQ(frames.mean("ST,OK,+0001.234 kg"), "1234 g stable") << "a comparator's word";
    EXPECT_EQ(frames.mean("QT,+00012345 PC"), "other_unit");
    EXPECT_EQ(frames.mean("ST,+00012345  %"), "other_unit");
}

TEST(Dini, ReadsItsStandardStringWithAndWithoutAddress) {
    Frames frames(ScaleProtocol::dini);
    EXPECT_EQ(frames.mean("ST,GS,   1.234,kg"), "1234 g stable");
    EXPECT_EQ(frames.mean("01US,GS,   1.234,kg"), "1234 g moves");
    EXPECT_EQ(frames.mean("OL,GS,   0.000,kg"), "overload") << "an overload may read as zero";
    EXPECT_EQ(frames.mean("UL,GS,   0.000,kg"), "underload");
    EXPECT_EQ(frames.mean("TL,GS,   1.234,kg"), "error") << "not level";
    EXPECT_EQ(frames.mean("ST,NT,   1.234,kg"), "net_shown");
    EXPECT_EQ(frames.mean("ST,VL,   1.234,mV"), "nothing");
    EXPECT_EQ(frames.mean("ERR04"), "nothing");
}

TEST(HidPos, TheHighByteCounts256) {
    Frames frames(ScaleProtocol::hid_pos);
    EXPECT_EQ(frames.mean("\x03\x04\x02\x00\xD2\x04"s), "1234 g stable");
    EXPECT_EQ(frames.mean("\x03\x03\x03\xFD\xD2\x04"s), "1234 g moves") << "1234 x 10^-3 kg";
    EXPECT_EQ(frames.mean("\x03\x02\x02\x00\x00\x00"s), "0 g stable");
    EXPECT_EQ(frames.mean("\x03\x04\x0B\xFF\xA0\x00"s), "453 g stable") << "16.0 oz";
    EXPECT_EQ(frames.mean("\x03\x05\x02\x00\x05\x00"s), "underload");
    EXPECT_EQ(frames.mean("\x03\x06\x02\x00\x00\x00"s), "overload");
    EXPECT_EQ(frames.mean("\x03\x08\x02\x00\x00\x00"s), "not_ready");
    EXPECT_EQ(frames.mean("\x03\x01\x02\x00\x00\x00"s), "error");
    EXPECT_EQ(frames.mean("\x03\x04\x07\x00\x01\x00"s), "other_unit");
    EXPECT_EQ(frames.mean("\x04\x04\x02\x00\x01\x00"s), "nothing") << "another report";
}

TEST(ScaleFrames, AUnitThatNobodyTellsIsAskedOfTheSite) {
    Frames frames(ScaleProtocol::mt_sics);
    EXPECT_EQ(frames.mean("S S     100.00"), "unit");
    frames.site.unit = profile::Unit::g;
    EXPECT_EQ(frames.mean("S S     100.00"), "100 g stable");
    frames.profile.unit.constant = profile::Unit::kg;
    EXPECT_EQ(frames.mean("S S     100.00"), "100000 g stable") << "the profile knows better";
    EXPECT_NE(weighing_gap(frames.profile, frames.site), "") << "its division is told nowhere";
    frames.site.division = profile::Decimal{5, 0};
    EXPECT_EQ(weighing_gap(frames.profile, frames.site), "");
}

TEST(FrameCutter, CutsAtMarksHoweverTheBytesCome) {
    const std::string stream = "garbage" + toledo("\x2d\x30\x20", "001234") +
                               toledo("\x2d\x30\x20", "00").substr(0, 6) +
                               toledo("\x2d\x38\x20", "005678");
    for (const std::size_t step : {1U, 3U, 100U}) {
        FrameCutter cutter(ScaleProtocol::toledo_continuous, false);
        std::vector<std::string> frames;
        for (std::size_t at = 0; at < stream.size(); at += step)
            for (auto& frame : cutter.feed(std::string_view(stream).substr(at, step)))
                frames.push_back(frame);
        ASSERT_EQ(frames.size(), 2u);
        EXPECT_EQ(frames[0], toledo("\x2d\x30\x20", "001234"));
        EXPECT_EQ(frames[1], toledo("\x2d\x38\x20", "005678"));
    }
    FrameCutter lines(ScaleProtocol::cas, false);
    EXPECT_EQ(lines.feed("half").size(), 0u);
    EXPECT_EQ(lines.feed(" line\r\n\r\nnext\r\n"), (std::vector<std::string>{"half line", "next"}));
    EXPECT_TRUE(lines.feed(std::string(100'000, 'x')).empty()) << "endless noise stays bounded";
    EXPECT_TRUE(lines.feed("\r\n").empty()) << "the end of an overlong line is no frame";
    EXPECT_EQ(lines.feed("next\r\n").size(), 1u);

    const std::string overlong = "\x02" + std::string(200, '0') + "\r";
    FrameCutter at_once(ScaleProtocol::toledo_continuous, false), apart = at_once;
    EXPECT_TRUE(at_once.feed(overlong).empty());
    for (const char c : overlong) EXPECT_TRUE(apart.feed(std::string(1, c)).empty());
}

}  // namespace
}  // namespace kemas::scale
