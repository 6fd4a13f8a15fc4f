// A real PostgreSQL server for one test, in a folder of its own. Knows no schema.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

namespace kemas::test {

class Postgres {
 public:
    // A running server on 127.0.0.1 (a free port) and on a Unix socket, trusting everybody who gets
    // there; nullptr when PostgreSQL is not installed. Throws std::runtime_error with the log when
    // it does not start.
    static std::unique_ptr<Postgres> start();
    static bool installed();
    ~Postgres();  // stops it and removes its folder

    int port() const { return port_; }
    std::string connect_tcp() const;  // libpq strings
    std::string connect_socket() const;

    void stop_immediate();  // as a crash: clients are cut off
    void start_again();     // on the same port, with the same data
    // Runs SQL as superuser through psql; gives what it prints, unaligned, without headers. Throws
    // with psql's words when it fails.
    std::string psql(const std::string& sql) const;
    // Process of the one backend that serves `application_name`; 0 = none.
    pid_t backend_of(const std::string& application_name) const;

 private:
    Postgres() = default;
    void pg_ctl(const std::string& action) const;

    std::string folder_;
    int port_ = 0;
    bool running_ = false;
};

}  // namespace kemas::test
