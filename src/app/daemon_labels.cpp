// Labels that come as files: what a restart left unread, and the folder that is watched.
#include "app/daemon_parts.hpp"

namespace kemas::app {

void Daemon::Parts::start_labels() {
    label_files.resume();
    const auto& from = plan.settings.label_files;
    if (from.folder.empty()) return;
    label_folder = std::make_unique<LabelFolder>(
        io.get_executor(), from.folder, from.poll_ms,
        [this](std::string name, std::string bytes, LabelFolder::Settle settle) {
            label_files.take(
                std::move(name), "folder", "", std::move(bytes),
                [this, settle](const Answer& answer) {
                    const bool kept = answer.kind == Answer::Kind::accepted;
                    settle(kept ? "" : answer.code == "busy" ? "busy" : api.text_for(answer));
                });
        });
    label_folder->start();
}

}  // namespace kemas::app
