// kemasd: a site's devices, ledger, order database and HTTP face, wired together and run until told
// to stop. The only place that knows all the others.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <memory>
#include <string>

#include "core/fault.hpp"
#include "label/layout.hpp"
#include "messages/catalogue.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

// What the files of a site say, read and checked before anything starts.
struct Plan {
    std::string config;  // the site file
    settings::Settings settings;
    std::shared_ptr<const Site> site;  // of these settings, for the threads
    Catalogue catalogue;
    label::Layout layout;
    bool accept_lost_tail = false;
};

Result<Plan> read_plan(const std::string& config);

class Daemon {
 public:
    explicit Daemon(Plan plan);
    ~Daemon();

    // Opens the ledger, starts the devices, serves. Runs until SIGTERM or SIGINT; then ends within
    // 5 s with what was in the inbox decided.
    Result<void> run();

 private:
    struct Parts;

    Result<void> start();
    void stop();
    void wait_for_hangup(boost::asio::signal_set& hangup);

    Plan plan_;
    boost::asio::io_context io_;  // outlived by nothing that lives on it: Parts goes first
    std::unique_ptr<Parts> parts_;
};

}  // namespace kemas::app
