// What a USB printer says it is: the device id of IEEE 1284 (pairs "MFG:Zebra;MDL:...;CMD:ZPL;"),
// asked of usblp. Knows no job.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/printer/printer_language.hpp"
#include "ports/device_health.hpp"

namespace kemas::printer {

struct DeviceId {
    std::string maker, model, commands;  // MFG, MDL, CMD or their long names; empty = not said
};
DeviceId parse_device_id(std::string_view text);

/// Whether the languages it names hold this one. It may name none: then nothing is known.
bool may_speak(const DeviceId& id, Language language);

/// LPIOC_GET_DEVICE_ID of usblp's file; nothing where there is none. May wait up to 5 s.
std::optional<std::string> ask_device_id(int fd);

// Asks on a thread of its own, which the kernel may hold up: once for each time it is plugged in.
class DeviceIdWatch {
 public:
    using Ask = std::function<std::optional<std::string>(int fd)>;
    explicit DeviceIdWatch(Ask ask) : told_(std::make_shared<Told>()), ask_(std::move(ask)) {}

    void opened(int fd);  // stays the caller's
    void not_there();     // unplugged: what comes back may be another printer

    std::optional<DeviceId> id() const;
    LiveFacts facts() const;
    /// What a person should see to, empty when nothing: the printer does not name `language`.
    std::string alarm(Language language) const;

 private:
    struct Told {
        std::mutex mutex;
        std::optional<DeviceId> id;
        bool asked = false;
    };
    std::shared_ptr<Told> told_;
    Ask ask_;
};

}  // namespace kemas::printer
