#include "drivers/scanner/key_codec.hpp"

#include <linux/input-event-codes.h>

#include <utility>

namespace kemas::scanner {
namespace {

constexpr char kGs = '\x1D', kNoCharacter = '\x1A';
constexpr const char* kUnusable = "\x1A";

struct Key {
    std::uint16_t code;
    char plain, shifted, alt_gr;
};

constexpr Key kUs[] = {
    {KEY_1, '1', '!', 0},           {KEY_2, '2', '@', 0},          {KEY_3, '3', '#', 0},
    {KEY_4, '4', '$', 0},           {KEY_5, '5', '%', 0},          {KEY_6, '6', '^', 0},
    {KEY_7, '7', '&', 0},           {KEY_8, '8', '*', 0},          {KEY_9, '9', '(', 0},
    {KEY_0, '0', ')', 0},           {KEY_MINUS, '-', '_', 0},      {KEY_EQUAL, '=', '+', 0},
    {KEY_LEFTBRACE, '[', '{', 0},   {KEY_RIGHTBRACE, ']', '}', 0}, {KEY_SEMICOLON, ';', ':', 0},
    {KEY_APOSTROPHE, '\'', '"', 0}, {KEY_GRAVE, '`', '~', 0},      {KEY_BACKSLASH, '\\', '|', 0},
    {KEY_COMMA, ',', '<', 0},       {KEY_DOT, '.', '>', 0},        {KEY_SLASH, '/', '?', 0},
    {KEY_102ND, '\\', '|', 0},
};

// Keys whose characters are not ASCII are left out: they make a code unusable, never wrong.
constexpr Key kGerman[] = {
    {KEY_1, '1', '!', 0},
    {KEY_2, '2', '"', 0},
    {KEY_3, '3', kNoCharacter, 0},
    {KEY_4, '4', '$', 0},
    {KEY_5, '5', '%', 0},
    {KEY_6, '6', '&', 0},
    {KEY_7, '7', '/', '{'},
    {KEY_8, '8', '(', '['},
    {KEY_9, '9', ')', ']'},
    {KEY_0, '0', '=', '}'},
    {KEY_MINUS, kNoCharacter, '?', '\\'},
    {KEY_RIGHTBRACE, '+', '*', '~'},
    {KEY_BACKSLASH, '#', '\'', 0},
    {KEY_COMMA, ',', ';', 0},
    {KEY_DOT, '.', ':', 0},
    {KEY_SLASH, '-', '_', 0},
    {KEY_102ND, '<', '>', '|'},
    {KEY_Q, 'q', 'Q', '@'},
};

constexpr std::pair<std::uint16_t, char> kLetters[] = {
    {KEY_A, 'a'}, {KEY_B, 'b'}, {KEY_C, 'c'}, {KEY_D, 'd'}, {KEY_E, 'e'}, {KEY_F, 'f'},
    {KEY_G, 'g'}, {KEY_H, 'h'}, {KEY_I, 'i'}, {KEY_J, 'j'}, {KEY_K, 'k'}, {KEY_L, 'l'},
    {KEY_M, 'm'}, {KEY_N, 'n'}, {KEY_O, 'o'}, {KEY_P, 'p'}, {KEY_Q, 'q'}, {KEY_R, 'r'},
    {KEY_S, 's'}, {KEY_T, 't'}, {KEY_U, 'u'}, {KEY_V, 'v'}, {KEY_W, 'w'}, {KEY_X, 'x'},
    {KEY_Y, 'y'}, {KEY_Z, 'z'}};

constexpr std::pair<std::uint16_t, char> kKeypad[] = {
    {KEY_KP0, '0'},    {KEY_KP1, '1'},   {KEY_KP2, '2'},        {KEY_KP3, '3'},
    {KEY_KP4, '4'},    {KEY_KP5, '5'},   {KEY_KP6, '6'},        {KEY_KP7, '7'},
    {KEY_KP8, '8'},    {KEY_KP9, '9'},   {KEY_KPASTERISK, '*'}, {KEY_KPMINUS, '-'},
    {KEY_KPPLUS, '+'}, {KEY_KPDOT, '.'}, {KEY_KPSLASH, '/'}};

template <class Table>
char find(const Table& table, std::uint16_t code) {
    for (const auto& [key, character] : table)
        if (key == code) return character;
    return 0;
}

const Key* find_key(Layout layout, std::uint16_t code) {
    if (layout == Layout::de) {
        for (const auto& key : kGerman)
            if (key.code == code) return &key;
        return nullptr;
    }
    for (const auto& key : kUs)
        if (key.code == code) return &key;
    return nullptr;
}

char letter(Layout layout, std::uint16_t code) {
    const char found = find(kLetters, code);
    if (layout != Layout::de) return found;
    return found == 'y' ? 'z' : found == 'z' ? 'y' : found;
}

}  // namespace

void KeyCodec::reset() {
    *this = KeyCodec(layout_, gs_);
}

std::string KeyCodec::take(const KeyEvent& event) {
    if (event.type == EV_SYN && event.code == SYN_DROPPED) {
        // Which keys were pressed or released meanwhile is unknown: a scanner holds none between
        // two codes.
        const bool caps = caps_at_rest_;
        reset();
        set_caps_lock(caps);
        dropped_ = until_report_ = true;
        return {};
    }
    if (event.type == EV_SYN && event.code == SYN_REPORT) until_report_ = false;
    if (event.type == EV_LED && event.code == LED_CAPSL) caps_ = event.value != 0;
    if (event.type != EV_KEY || until_report_) return {};
    const bool down = event.value != 0;
    switch (event.code) {
        case KEY_LEFTSHIFT:
            return left_shift_ = down, std::string{};
        case KEY_RIGHTSHIFT:
            return right_shift_ = down, std::string{};
        case KEY_LEFTCTRL:
            return left_ctrl_ = down, std::string{};
        case KEY_RIGHTCTRL:
            return right_ctrl_ = down, std::string{};
        case KEY_RIGHTALT:
            return alt_gr_ = down, std::string{};
        case KEY_LEFTALT:
            if (event.value == 1) alt_digits_.clear();
            left_alt_ = down;
            return down ? std::string{} : released_alt();
        case KEY_CAPSLOCK:
            if (event.value == 1) caps_ = !caps_;
            return {};
        case KEY_NUMLOCK:
            return {};
        default:
            break;
    }
    if (event.value != 1) return {};  // a released key, or one the kernel repeats
    if (event.code != KEY_ENTER && event.code != KEY_KPENTER) return pressed(event.code);
    end_code();
    return "\r";
}

// What comes now is whole again; the caller drops up to here. A caps lock pressed among the lost
// events is undone: a scanner that presses it leaves it after each code as it was before.
void KeyCodec::end_code() {
    if (dropped_) caps_ = caps_at_rest_;
    caps_at_rest_ = caps_;
    dropped_ = false;
}

std::string KeyCodec::pressed(std::uint16_t code) {
    if (left_alt_) {
        if (!gs_.alt_code) return {};
        const char digit = find(kKeypad, code);
        if (digit < '0' || digit > '9' || alt_digits_.size() >= 4) return kUnusable;
        alt_digits_ += digit;
        return {};
    }
    if (code == KEY_TAB) {
        end_code();
        return "\t";
    }
    const char of_alphabet = letter(layout_, code);
    const Key* key = find_key(layout_, code);
    const bool shift = left_shift_ || right_shift_;
    if (left_ctrl_ || right_ctrl_) {
        const char plain = key ? key->plain : 0;
        // On a layout without a `]` key of its own it is the key at its place.
        const bool bracket = plain == ']' || (layout_ != Layout::us && code == KEY_RIGHTBRACE);
        return gs_.ctrl && bracket ? std::string(1, kGs) : kUnusable;
    }
    if (alt_gr_) return key && key->alt_gr ? std::string(1, key->alt_gr) : kUnusable;
    if (of_alphabet)
        return std::string(
            1, shift != caps_ ? static_cast<char>(of_alphabet - 'a' + 'A') : of_alphabet);
    if (key) return std::string(1, shift ? key->shifted : key->plain);
    if (code == KEY_SPACE) return " ";
    if (const char pad = find(kKeypad, code)) return std::string(1, pad);
    return kUnusable;
}

// Alt+029 is GS; another number of a printable character is that character.
std::string KeyCodec::released_alt() {
    const std::string digits = std::exchange(alt_digits_, {});
    if (digits.empty()) return {};
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    if (value == kGs || (value >= ' ' && value <= '~'))
        return std::string(1, static_cast<char>(value));
    return kUnusable;
}

}  // namespace kemas::scanner
