#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/input.h>
#include <unistd.h>

#include "drivers/scanner/evdev_scanner.hpp"
#include "scanner_fixture.hpp"

namespace kemas::scanner {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Stream = std::vector<KeyEvent>;

constexpr KeyEvent kReport{EV_SYN, SYN_REPORT, 0};

// As the kernel records it: scan code, key, report; down and up.
void key(Stream& to, std::uint16_t code, int value) {
    to.insert(to.end(), {{EV_MSC, MSC_SCAN, 0x70004}, {EV_KEY, code, value}, kReport});
}
void tap(Stream& to, std::uint16_t code) {
    key(to, code, 1);
    key(to, code, 0);
}
void chord(Stream& to, std::uint16_t held, std::initializer_list<std::uint16_t> codes) {
    key(to, held, 1);
    for (const auto code : codes) tap(to, code);
    key(to, held, 0);
}

std::string typed(const Stream& stream, KeyCodec codec = KeyCodec()) {
    std::string text;
    for (const auto& event : stream) text += codec.take(event);
    return text;
}

TEST(KeyCodec, ReadsAnAimPrefixedCodeWithBothShifts) {
    Stream keys;
    tap(keys, KEY_RIGHTBRACE);
    chord(keys, KEY_LEFTSHIFT, {KEY_C});
    tap(keys, KEY_1);
    chord(keys, KEY_RIGHTSHIFT, {KEY_J, KEY_SLASH, KEY_MINUS});
    tap(keys, KEY_KP7);
    tap(keys, KEY_ENTER);
    EXPECT_EQ(typed(keys), "]C1J?_7\r");
}

TEST(KeyCodec, OneShiftReleasedLeavesTheOtherHeld) {
    Stream keys;
    key(keys, KEY_LEFTSHIFT, 1);
    key(keys, KEY_RIGHTSHIFT, 1);
    key(keys, KEY_LEFTSHIFT, 0);
    tap(keys, KEY_A);
    key(keys, KEY_RIGHTSHIFT, 0);
    tap(keys, KEY_A);
    EXPECT_EQ(typed(keys), "Aa");
}

TEST(KeyCodec, CapsLockTurnsLettersOnly) {
    Stream keys;
    tap(keys, KEY_CAPSLOCK);
    tap(keys, KEY_A);
    tap(keys, KEY_1);
    chord(keys, KEY_LEFTSHIFT, {KEY_A, KEY_1});
    tap(keys, KEY_CAPSLOCK);
    tap(keys, KEY_B);
    EXPECT_EQ(typed(keys), "A1a!b");
    KeyCodec lit;
    lit.set_caps_lock(true);
    Stream one;
    tap(one, KEY_A);
    EXPECT_EQ(typed(one, lit), "A");
    EXPECT_EQ(typed({{EV_LED, LED_CAPSL, 0}, {EV_KEY, KEY_A, 1}}, lit), "a");
}

TEST(KeyCodec, ACapsLockAmongLostEventsChangesNoLaterCode) {
    const auto loss = [](KeyCodec& codec) {
        codec.take({EV_SYN, SYN_DROPPED, 0});
        codec.take({EV_SYN, SYN_REPORT, 0});
    };
    const auto tap = [](KeyCodec& codec, std::uint16_t code) {
        const std::string typed = codec.take({EV_KEY, code, 1});
        codec.take({EV_KEY, code, 0});
        return typed;
    };
    KeyCodec codec;
    loss(codec);  // the first caps lock of a pair went with it
    tap(codec, KEY_CAPSLOCK);
    EXPECT_EQ(tap(codec, KEY_ENTER), "\r");
    EXPECT_EQ(tap(codec, KEY_A), "a");

    codec.set_caps_lock(true);  // left on for good
    loss(codec);
    tap(codec, KEY_ENTER);
    EXPECT_EQ(tap(codec, KEY_A), "A");
}

TEST(KeyCodec, AltCodeAndCtrlBracketAreGs) {
    Stream keys;
    tap(keys, KEY_1);
    chord(keys, KEY_LEFTALT, {KEY_KP0, KEY_KP2, KEY_KP9});
    tap(keys, KEY_2);
    chord(keys, KEY_LEFTCTRL, {KEY_RIGHTBRACE});
    tap(keys, KEY_3);
    chord(keys, KEY_RIGHTCTRL, {KEY_RIGHTBRACE});
    chord(keys, KEY_LEFTALT, {KEY_KP0, KEY_KP6, KEY_KP5});
    EXPECT_EQ(typed(keys),
              "1\x1D"
              "2\x1D"
              "3\x1D"
              "A");
}

TEST(KeyCodec, AScannerWithoutTheRuleMakesNoGs) {
    Stream ctrl;
    chord(ctrl, KEY_LEFTCTRL, {KEY_RIGHTBRACE});
    EXPECT_EQ(typed(ctrl, KeyCodec(Layout::us, {true, false})), "\x1A");
    Stream alt;
    chord(alt, KEY_LEFTALT, {KEY_KP0, KEY_KP2, KEY_KP9});
    EXPECT_EQ(typed(alt, KeyCodec(Layout::us, {false, true})), "");
}

TEST(KeyCodec, AKeyThatIsNoCharacterSpoilsTheCodeAndARepeatIsNothing) {
    Stream keys;
    tap(keys, KEY_F5);
    chord(keys, KEY_LEFTALT, {KEY_KP0, KEY_KP0, KEY_KP7});
    chord(keys, KEY_LEFTCTRL, {KEY_C});
    EXPECT_EQ(typed(keys), "\x1A\x1A\x1A");
    Stream repeated;
    key(repeated, KEY_A, 1);
    key(repeated, KEY_A, 2);
    key(repeated, KEY_A, 2);
    key(repeated, KEY_A, 0);
    EXPECT_EQ(typed(repeated), "a");
}

TEST(KeyCodec, AGermanScannerSwapsItsKeys) {
    Stream keys;
    tap(keys, KEY_Y);
    tap(keys, KEY_Z);
    tap(keys, KEY_SLASH);
    chord(keys, KEY_LEFTSHIFT, {KEY_7, KEY_SLASH});
    chord(keys, KEY_RIGHTALT, {KEY_8, KEY_9, KEY_Q});
    tap(keys, KEY_MINUS);
    EXPECT_EQ(typed(keys, KeyCodec(Layout::de)), "zy-/_[]@\x1A");
}

class EvdevScannerTest : public ScannerFixture {
 protected:
    EvdevScannerOptions wired() {
        auto given = options<EvdevScannerOptions>();
        given.device = "/dev/input/by-id/usb-gun-event-kbd";
        given.open = [this](const std::string&) {
            if (!plugged) return OpenedKeys{-1, "No such device); check the plug", false};
            int ends[2];
            if (pipe2(ends, O_NONBLOCK) != 0) return OpenedKeys{-1, "pipe)", false};
            far_end = ends[1];
            return OpenedKeys{ends[0], {}, false};
        };
        return given;
    }
    void send(const Stream& keys) {
        std::string bytes;
        for (const auto& each : keys) {
            input_event event{};
            event.type = each.type;
            event.code = each.code;
            event.value = each.value;
            bytes.append(reinterpret_cast<const char*>(&event), sizeof event);
        }
        // In two pieces that do not end where an event does.
        const std::size_t half = bytes.size() / 2 + 3;
        ASSERT_EQ(write(far_end, bytes.data(), half), static_cast<ssize_t>(half));
        run_ms(5);
        const auto rest = bytes.size() - half;
        ASSERT_EQ(write(far_end, bytes.data() + half, rest), static_cast<ssize_t>(rest));
    }
    void unplug() {
        plugged = false;
        close(far_end);
    }
    static Stream code(std::initializer_list<std::uint16_t> codes, bool ends = true) {
        Stream keys;
        for (const auto each : codes) tap(keys, each);
        if (ends) tap(keys, KEY_ENTER);
        return keys;
    }
    int far_end = -1;
    bool plugged = true;
};

TEST_F(EvdevScannerTest, TypedKeysAreACode) {
    EvdevScanner scanner(loop.get_executor(), wired());
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    send(code({KEY_1, KEY_2, KEY_A}));
    until_lines(1);
    EXPECT_THAT(texts(), ElementsAre("12a"));
    EXPECT_EQ(lines[0].key, "gun:e7:1:1");
    lines[0].reply("+|nobody hears");
    send(code({KEY_1, KEY_F5, KEY_2}));
    send(code({KEY_9}));
    until_lines(2);
    EXPECT_THAT(texts(), ElementsAre("12a", "9")) << "never a code with a key missing";
    EXPECT_EQ(scanner.counts().bad_frames, 1u);
}

TEST_F(EvdevScannerTest, LostEventsDropTheCodeUnderWay) {
    EvdevScanner scanner(loop.get_executor(), wired());
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    auto keys = code({KEY_1, KEY_2}, false);
    keys.push_back({EV_SYN, SYN_DROPPED, 0});
    key(keys, KEY_7, 1);  // up to the report all is void
    for (const auto& each : code({KEY_3, KEY_4})) keys.push_back(each);
    for (const auto& each : code({KEY_5, KEY_6})) keys.push_back(each);
    send(keys);
    until_lines(1);
    EXPECT_THAT(texts(), ElementsAre("56"));
}

TEST_F(EvdevScannerTest, ATabEndsALostCodeTooAndTheNextLossIsSeenAgain) {
    auto given = wired();
    given.framing.terminators = "\t";
    EvdevScanner scanner(loop.get_executor(), given);
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    std::vector<KeyEvent> keys;
    const auto type = [&keys](std::initializer_list<std::uint16_t> codes) {
        for (const std::uint16_t code : codes) key(keys, code, 1), key(keys, code, 0);
    };
    for (int loss = 0; loss < 2; ++loss) {
        type({KEY_1});
        keys.push_back({EV_SYN, SYN_DROPPED, 0});
        keys.push_back({EV_SYN, SYN_REPORT, 0});
        type({KEY_2, KEY_TAB, KEY_5, KEY_6, KEY_TAB});
    }
    send(keys);
    until_lines(2);
    EXPECT_THAT(texts(), ElementsAre("56", "56"));
    EXPECT_EQ(scanner.counts().bad_frames, 2u);
}

TEST_F(EvdevScannerTest, ComesBackAfterThePlugWasPulled) {
    EvdevScanner scanner(loop.get_executor(), wired());
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    send(code({KEY_1, KEY_2}, false));
    run_ms(20);
    unplug();
    until([&] { return !scanner.health().up; });
    run_ms(250);
    EXPECT_THAT(scanner.health().error, HasSubstr("cannot open /dev/input/by-id/usb-gun"));
    plugged = true;
    until([&] { return scanner.health().up; });
    send(code({KEY_3}));
    until_lines(1);
    EXPECT_THAT(texts(), ElementsAre("3")) << "half a code is no code";
    EXPECT_EQ(lines[0].key, "gun:e7:2:1");
    EXPECT_THAT(log, ElementsAre("scanner.up", "scanner.down", "scanner.up"));
    scanner.stop();
    drain();
}

TEST(OpenKeys, SaysWhatIsMissingAndWhatIsNoInputDevice) {
    EXPECT_THAT(open_keys("/dev/input/by-id/none").why, HasSubstr("check the plug"));
    EXPECT_THAT(open_keys("/dev/null").why, HasSubstr("it is no input device"));
}

}  // namespace
}  // namespace kemas::scanner
