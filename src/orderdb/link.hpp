// Keeps one connection, runs calls on it within their deadline, and turns what goes wrong into
// faults. Knows no table.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "orderdb/connection.hpp"

namespace kemas::orderdb {

class Link {
 public:
    Link(Backend backend, OrderDbOptions options);

    // Runs `work` connected. After any exception the connection is dropped: a transaction's fate
    // is unknown then, and every call of ours may be repeated. `doing` ends the sentence "while
    // ...".
    Result<void> run(std::string_view doing, const std::function<Result<void>(Connection&)>& work);
    void interrupt() { watchdog_.interrupt(); }
    void may_create() { may_create_ = true; }

 private:
    Result<void> run_within_deadline(std::string_view doing,
                                     const std::function<Result<void>(Connection&)>& work);
    tl::unexpected<Fault> connect_failed(const std::string& why);
    tl::unexpected<Fault> call_failed(std::string_view doing, const soci::soci_error& error);
    void log(const std::string& sentence) const;
    std::string name() const;

    Backend backend_;
    OrderDbOptions options_;
    bool may_create_ = false;
    Watchdog watchdog_;
    std::unique_ptr<Connection> connection_;  // destroyed before the watchdog
    std::chrono::milliseconds pause_{0};
    std::chrono::steady_clock::time_point not_before_;
    std::string last_failure_;
};

}  // namespace kemas::orderdb
