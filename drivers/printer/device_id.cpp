#include "drivers/printer/device_id.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <thread>
#include <utility>

namespace kemas::printer {
namespace {

// linux/drivers/usb/class/usblp.c: _IOC(_IOC_READ, 'P', 1, len); two bytes of length in front.
constexpr std::size_t longest = 1024;
constexpr unsigned long get_device_id = _IOC(_IOC_READ, 'P', 1, longest);

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// Upper case letters and digits alone: "ESC/POS" and "ESCPOS" are one language.
std::string letters(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte)) result += static_cast<char>(std::toupper(byte));
    }
    return result;
}

std::string printable(std::string_view text) {
    std::string result;
    for (const char c : trimmed(text))
        if (c >= ' ' && c <= '~') result += c;
    return result;
}

}  // namespace

DeviceId parse_device_id(std::string_view text) {
    DeviceId id;
    while (!text.empty()) {
        const auto end = text.find(';');
        const std::string_view pair = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const auto colon = pair.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string key = letters(pair.substr(0, colon));
        const std::string value = printable(pair.substr(colon + 1));
        if (key == "MFG" || key == "MANUFACTURER") id.maker = value;
        if (key == "MDL" || key == "MODEL") id.model = value;
        if (key == "CMD" || key == "COMMANDSET") id.commands = value;
    }
    return id;
}

bool may_speak(const DeviceId& id, Language language) {
    if (language == Language::none || letters(id.commands).empty()) return true;
    std::string wanted = letters(name_of(language));
    if (language == Language::epl2) wanted = "EPL";
    for (std::string_view rest = id.commands; !rest.empty();) {
        const auto comma = rest.find(',');
        if (letters(rest.substr(0, comma)).starts_with(wanted)) return true;
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return false;
}

std::optional<std::string> ask_device_id(int fd) {
    std::array<char, longest> bytes{};
    if (::ioctl(fd, get_device_id, bytes.data()) < 0) return std::nullopt;
    const auto high = static_cast<unsigned char>(bytes[0]);
    const auto low = static_cast<unsigned char>(bytes[1]);
    const std::size_t length = std::min<std::size_t>(high * 256U + low, longest);
    if (length <= 2) return std::nullopt;
    return std::string(bytes.data() + 2, length - 2);
}

void DeviceIdWatch::opened(int fd) {
    if (!ask_) return;
    {
        const std::lock_guard lock(told_->mutex);
        if (std::exchange(told_->asked, true)) return;
    }
    const int own = ::dup(fd);
    if (own < 0) return;
    std::thread([told = told_, ask = ask_, own] {
        const auto text = ask(own);
        ::close(own);
        if (!text) return;
        const std::lock_guard lock(told->mutex);
        if (told->asked) told->id = parse_device_id(*text);
    }).detach();
}

void DeviceIdWatch::not_there() {
    const std::lock_guard lock(told_->mutex);
    told_->asked = false;
    told_->id.reset();
}

std::optional<DeviceId> DeviceIdWatch::id() const {
    const std::lock_guard lock(told_->mutex);
    return told_->id;
}

LiveFacts DeviceIdWatch::facts() const {
    const auto known = id();
    if (!known) return {};
    return {{"maker", known->maker}, {"model", known->model}, {"languages", known->commands}};
}

std::string DeviceIdWatch::alarm(Language language) const {
    const auto known = id();
    if (!known || may_speak(*known, language)) return {};
    return "The printer (" + known->maker + " " + known->model + ") names the languages " +
           known->commands + ", not " + std::string(name_of(language)) +
           ": set its language, or the profile, to the same.";
}

}  // namespace kemas::printer
