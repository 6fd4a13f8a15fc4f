#include "orderdb/connection.hpp"

#include <soci/mysql/soci-mysql.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "orderdb/connecting_socket.hpp"
#include "orderdb/postgresql_options.hpp"

namespace kemas::orderdb {
namespace {

int busy(void* watchdog, int) {
    if (static_cast<Watchdog*>(watchdog)->is_cut()) return 0;
    ::usleep(5000);
    return 1;  // try again: the watchdog ends it
}

std::string sqlite_path(const std::string& connect) {
    constexpr std::string_view name = "dbname=";
    return connect.starts_with(name) ? connect.substr(name.size()) : connect;
}

}  // namespace

Connection::Connection(Backend backend, const OrderDbOptions& options, Watchdog& watchdog,
                       bool may_create)
    : backend_(backend), watchdog_(watchdog) {
    try {
        switch (backend) {
            case Backend::sqlite:
                open_sqlite(options, may_create);
                break;
            case Backend::postgresql:
                open_postgresql(options);
                break;
            case Backend::mysql:
                open_mysql(options);
                break;
        }
    } catch (...) {
        watchdog_.set_cut({});
        if (socket_ >= 0) ::close(socket_);
        throw;
    }
}

Connection::~Connection() {
    // Closing says good-bye to the server and may block as any call: shut what was cut already.
    if (watchdog_.is_cut() && socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
    if (backend_ == Backend::sqlite) watchdog_.set_cut({});
    session_.reset();
    watchdog_.set_cut({});
    if (socket_ >= 0) ::close(socket_);
}

void Connection::open_sqlite(const OrderDbOptions& options, bool may_create) {
    const std::string path = sqlite_path(options.connect);
    if (!may_create && !std::filesystem::exists(path)) {
        throw soci::soci_error(
            "the file " + path +
            " does not exist; make it with sqlite3 and config/orderdb/sqlite.sql");
    }
    session_ = std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + path + "\"");
    auto* own = static_cast<soci::sqlite3_session_backend*>(session_->get_backend());
    auto* handle = own->conn_;
    sqlite_api::sqlite3_busy_handler(handle, busy, &watchdog_);
    watchdog_.set_cut([handle] { sqlite_api::sqlite3_interrupt(handle); });
}

void Connection::open_postgresql(const OrderDbOptions& options) {
    const PostgresqlConnect connect = postgresql_connect(options.connect, options.deadline_ms);
    watchdog_.set_cut([mark = connect.user_timeout_ms] { shut_connecting_sockets(mark); });
    session_ = std::make_unique<soci::session>(soci::postgresql, connect.text);
    watch_socket(
        PQsocket(static_cast<soci::postgresql_session_backend*>(session_->get_backend())->conn_));
    const std::string ms = std::to_string(options.deadline_ms);
    *session_ << "set statement_timeout = " + ms;
    *session_ << "set lock_timeout = " + std::to_string(options.deadline_ms / 2);
    *session_ << "set client_min_messages = warning";
    *session_ << "set idle_in_transaction_session_timeout = " + ms;
}

void Connection::open_mysql(const OrderDbOptions& options) {
    std::string connect = options.connect;
    const std::string seconds = std::to_string(std::max(1, options.deadline_ms / 1000));
    for (const auto& [name, value] :
         {std::pair<std::string, std::string>{"connect_timeout", seconds},
          {"read_timeout", seconds},
          {"write_timeout", seconds},
          {"charset", "utf8mb4"}}) {
        if (connect.find(name + '=') == std::string::npos) connect += ' ' + name + '=' + value;
    }
    session_ = std::make_unique<soci::session>(soci::mysql, connect);
    watch_socket(static_cast<int>(mysql_get_socket(
        static_cast<soci::mysql_session_backend*>(session_->get_backend())->conn_)));
}

void Connection::watch_socket(int socket) {
    socket_ = ::dup(socket);
    watchdog_.set_cut([own = socket_] { ::shutdown(own, SHUT_RDWR); });
}

}  // namespace kemas::orderdb
