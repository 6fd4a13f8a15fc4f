// One live SOCI session with the means to end it from outside. Knows no table.
#pragma once

#include <soci/soci.h>

#include <memory>

#include "orderdb/open_order_db.hpp"
#include "orderdb/watchdog.hpp"

namespace kemas::orderdb {

enum class Backend { sqlite, postgresql, mysql };

class Connection {
 public:
    // Throws soci::soci_error. `watchdog` outlives the connection and cuts it. SQLite's file is
    // made only when `may_create`.
    Connection(Backend backend, const OrderDbOptions& options, Watchdog& watchdog, bool may_create);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    soci::session& sql() { return *session_; }
    Backend backend() const { return backend_; }

 private:
    void open_sqlite(const OrderDbOptions& options, bool may_create);
    void open_postgresql(const OrderDbOptions& options);
    void open_mysql(const OrderDbOptions& options);
    void watch_socket(int socket);

    Backend backend_;
    Watchdog& watchdog_;
    std::unique_ptr<soci::session> session_;
    // Our own name of the library's socket: it stays the same socket even when the library closes
    // its one and the number is given to somebody else.
    int socket_ = -1;
};

}  // namespace kemas::orderdb
