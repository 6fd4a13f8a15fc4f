// The commands of kemasctl, one group a file. Each adds itself to the command line and, when it is
// called, sets the session's exit.
#pragma once

#include "tools/kemasctl/session.hpp"

namespace CLI {
class App;
}

namespace kemas::ctl {

void add_status(CLI::App& app, Session& session);
void add_orders(CLI::App& app, Session& session);
void add_parcels(CLI::App& app, Session& session);
void add_manifests(CLI::App& app, Session& session);
void add_channels(CLI::App& app, Session& session);
void add_couriers(CLI::App& app, Session& session);
void add_prints(CLI::App& app, Session& session);
void add_effects(CLI::App& app, Session& session);
void add_quotes(CLI::App& app, Session& session);
void add_reports(CLI::App& app, Session& session);
void add_tariffs(CLI::App& app, Session& session);
void add_imports(CLI::App& app, Session& session);
void add_reload(CLI::App& app, Session& session);
void add_scan(CLI::App& app, Session& session);
void add_devices(CLI::App& app, Session& session);
void add_commission(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_profile(CLI::App& app, Session& session);
void add_labels(CLI::App& app, Session& session);

// Who asks, and why: an act that changes the books says both.
struct Signature {
    std::string by, reason;
};
void add_signature(CLI::App& command, Signature& signature);

// Sends an act, and prints the sentence that answers it.
void act(Session& session, const std::string& path, const boost::json::object& body);

}  // namespace kemas::ctl
