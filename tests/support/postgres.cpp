#include "tests/support/postgres.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace kemas::test {
namespace {

namespace fs = std::filesystem;
const std::string kBin = "/usr/lib/postgresql/15/bin/";

int free_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd, any, size) != 0 || ::getsockname(fd, any, &size) != 0) {
        throw std::runtime_error("no free port");
    }
    ::close(fd);
    return ntohs(address.sin_port);
}

// PostgreSQL refuses to run as root.
std::string as_owner() {
    if (::geteuid() != 0) return "";
    return "setpriv --reuid=postgres --regid=postgres --clear-groups ";
}

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

// What a shell command printed; throws when it failed.
std::string run(const std::string& command) {
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run: " + command);
    std::string text;
    std::array<char, 4096> part{};
    while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) {
        text.append(part.data(), n);
    }
    if (::pclose(pipe) != 0) throw std::runtime_error(command + " failed: " + text);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

}  // namespace

bool Postgres::installed() {
    return fs::exists(kBin + "initdb") && fs::exists(kBin + "pg_ctl");
}

std::unique_ptr<Postgres> Postgres::start() {
    if (!installed()) return nullptr;
    std::unique_ptr<Postgres> server(new Postgres);
    char folder[] = "/tmp/kemas-pg-XXXXXX";
    if (::mkdtemp(folder) == nullptr) throw std::runtime_error("no folder in /tmp");
    server->folder_ = folder;
    server->port_ = free_port();
    if (::geteuid() == 0) {
        const passwd* owner = ::getpwnam("postgres");
        if (owner == nullptr || ::chown(folder, owner->pw_uid, owner->pw_gid) != 0) {
            throw std::runtime_error("cannot give " + server->folder_ + " to user postgres");
        }
    }
    run("cd / && " + as_owner() + kBin + "initdb -D " + server->folder_ +
        "/data -U postgres -A trust -E UTF8 --locale=C --no-sync");
    server->start_again();
    return server;
}

Postgres::~Postgres() {
    try {
        if (running_) stop_immediate();
    } catch (const std::exception&) {
        // the folder goes away below; there is nobody left to tell
    }
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void Postgres::pg_ctl(const std::string& action) const {
    // The server keeps its output: it must not hold our pipe open.
    run("cd / && " + as_owner() + kBin + "pg_ctl -D " + folder_ + "/data -l " + folder_ +
        "/server.log -w " + action + " > /dev/null < /dev/null");
}

void Postgres::start_again() {
    try {
        pg_ctl("-o " +
               quoted("-p " + std::to_string(port_) +
                      " -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories=" +
                      folder_) +
               " start");
    } catch (const std::exception& error) {
        std::ifstream log(folder_ + "/server.log");
        throw std::runtime_error(error.what() +
                                 std::string(std::istreambuf_iterator<char>(log), {}));
    }
    running_ = true;
}

void Postgres::stop_immediate() {
    running_ = false;
    pg_ctl("-m immediate stop");
}

std::string Postgres::connect_tcp() const {
    return "host=127.0.0.1 port=" + std::to_string(port_) + " user=postgres dbname=postgres";
}

std::string Postgres::connect_socket() const {
    return "host=" + folder_ + " port=" + std::to_string(port_) + " user=postgres dbname=postgres";
}

std::string Postgres::psql(const std::string& sql) const {
    return run("psql -X -q -A -t -v ON_ERROR_STOP=1 -d " + quoted(connect_socket()) + " -c " +
               quoted(sql));
}

pid_t Postgres::backend_of(const std::string& application_name) const {
    // The newest: one whose client has gone may be listed a moment longer.
    const std::string pid = psql("select pid from pg_stat_activity where application_name = '" +
                                 application_name + "' order by backend_start desc limit 1");
    return pid.empty() ? 0 : static_cast<pid_t>(std::stol(pid));
}

}  // namespace kemas::test
