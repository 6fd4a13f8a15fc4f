#include "drivers/scanner/driven_scanner.hpp"

namespace kemas::scanner {

void DrivenScanner::start(OnScannedLine on_line) {
    state_->on_line = std::move(on_line);
    state_->health.set_state("connecting");
    state_->begin(state_);
}

void DrivenScanner::stop_now() {
    state_->stopped = true;
    state_->pause.cancel();
    state_->cancel();
    if (state_->session) state_->session->close("stopped");
    state_->on_line = nullptr;
    state_->health.stop();
}

Result<void> DrivenScanner::trigger(bool on) {
    const auto bytes = trigger_bytes(state_->triggers, on);
    if (!bytes) return tl::unexpected(bytes.error());
    if (!state_->session)
        return fail(Remedy::retry, "the reader is not connected: nothing was sent");
    state_->session->send(*bytes);
    return {};
}

}  // namespace kemas::scanner
