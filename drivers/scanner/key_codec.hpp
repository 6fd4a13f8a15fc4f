// Turns the key events of a keyboard-wedge scanner into the characters it read. Pure: knows no
// device file and no grab; events are the kernel's (input-event-codes.h) without their times.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace kemas::scanner {

// What the scanner believes the host's keyboard to be: set in the scanner, told to us.
enum class Layout { us, de };

// How a scanner that types says GS (0x1D), which is no key.
struct GsRules {
    bool alt_code = true;  // Alt held, keypad 0 2 9: any Alt code of a printable character too
    bool ctrl = true;      // Ctrl held and the key of `]`
};

struct KeyEvent {
    std::uint16_t type = 0, code = 0;
    std::int32_t value = 0;  // of a key: 0 released, 1 pressed, 2 repeated
};

class KeyCodec {
 public:
    explicit KeyCodec(Layout layout = Layout::us, GsRules gs = {}) : layout_(layout), gs_(gs) {}

    // The bytes this event types; Enter is CR, a key that cannot be part of a code is 0x1A, so that
    // the framer refuses the code rather than shortens it.
    std::string take(const KeyEvent& event);

    // The device is new, or lost events (SYN_DROPPED): no key is held, nothing is begun. The
    // caller drops the code under way.
    void reset();
    // The state of the device's own caps lock lamp, read when it was opened.
    void set_caps_lock(bool on) { caps_ = caps_at_rest_ = on; }

    // A SYN_DROPPED was seen: the code under way is not whole, up to its terminator.
    bool dropped() const { return dropped_; }

 private:
    std::string pressed(std::uint16_t code);
    std::string released_alt();
    void end_code();

    Layout layout_;
    GsRules gs_;
    bool left_shift_ = false, right_shift_ = false, left_ctrl_ = false, right_ctrl_ = false;
    bool left_alt_ = false, alt_gr_ = false, caps_ = false, dropped_ = false;
    bool caps_at_rest_ = false;  // at the end of the last whole code
    bool until_report_ = false;  // after SYN_DROPPED all is void up to the next report
    std::string alt_digits_;
};

}  // namespace kemas::scanner
