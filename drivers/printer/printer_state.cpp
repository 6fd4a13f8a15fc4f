#include "drivers/printer/printer_state.hpp"

#include <chrono>
#include <utility>

namespace kemas::printer {
namespace {

Instant wall_clock() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

}  // namespace

PrinterState::PrinterState(const std::string& name, Log log) : log_(std::move(log)) {
    health_.name = name;
    health_.kind = "printer";
    health_.state = "idle";
}

void PrinterState::set(bool up, const std::string& state, const std::string& error, bool heard) {
    const Instant now = wall_clock();
    if (health_.up != up || health_.since.value == 0) health_.since = now;
    if (up || heard) health_.heard = now;
    health_.up = up;
    health_.state = state;
    if (!error.empty()) health_.error = error;
    if (!log_) return;
    if (up && !std::exchange(told_up_, true)) {
        told_.clear();
        log_("printer.up", health_.name + ": " + state);
    } else if (!up && !error.empty() && told_ != state) {
        told_up_ = false;
        told_ = state;
        log_("printer.down", health_.name + ": " + error);
    }
}

}  // namespace kemas::printer
