// /status of a small site beside nginx, which serves the same bytes from a file.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "benches.hpp"
#include "daemon_process.hpp"
#include "http_get.hpp"
#include "site_files.hpp"

namespace kemas::bench {
namespace {

constexpr int rounds_wanted = 5;

class Nginx {
 public:
    Nginx(const std::string& folder, std::uint16_t port, const std::string& body) {
        std::filesystem::create_directories(folder);
        std::ofstream(folder + "/status") << body;
        std::ofstream(folder + "/nginx.conf")
            << "daemon off; worker_processes 1; pid nginx.pid; error_log stderr crit;\n"
            << (geteuid() == 0 ? "user root;\n" : "")
            << "events { worker_connections 512; }\n"
               "http { access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; "
               "keepalive_requests 100000000;\n"
               "open_file_cache max=100 inactive=600s; open_file_cache_valid 600s; default_type "
               "application/json;\n"
               "client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
               "uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
               "server { listen 127.0.0.1:"
            << port << "; root " << folder << "; } }\n";
        pid_ = fork();
        if (pid_ == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            const auto conf = folder + "/nginx.conf", prefix = folder + "/";
            const int out =
                open((folder + "/nginx.log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
            dup2(out, STDERR_FILENO);
            execlp("nginx", "nginx", "-p", prefix.c_str(), "-c", conf.c_str(),
                   static_cast<char*>(nullptr));
            execl("/usr/sbin/nginx", "nginx", "-p", prefix.c_str(), "-c", conf.c_str(),
                  static_cast<char*>(nullptr));
            _exit(127);
        }
        for (int i = 0; i < 100; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            try {
                if (http_get(port, "/status") == body) return;
            } catch (const std::exception&) {
                continue;  // not up yet
            }
        }
        stop();
        throw std::runtime_error("nginx does not serve: see " + folder + "/nginx.log");
    }
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;
    ~Nginx() { stop(); }

 private:
    void stop() {
        kill(pid_, SIGTERM);
        waitpid(pid_, nullptr, 0);
    }
    pid_t pid_ = -1;
};

double wrk(std::uint16_t port) {
    const auto command =
        "wrk -t1 -c64 -d3s http://127.0.0.1:" + std::to_string(port) + "/status 2>&1";
    FILE* out = popen(command.c_str(), "r");
    if (!out) throw std::runtime_error("wrk does not start");
    char line[512];
    double rate = 0;
    std::string fault;
    while (std::fgets(line, sizeof line, out)) {
        const std::string text = line;
        if (text.starts_with("Requests/sec:")) rate = std::atof(text.c_str() + 13);
        if (text.find("Non-2xx") != std::string::npos ||
            text.find("Socket errors") != std::string::npos)
            fault = text;
    }
    pclose(out);
    if (!fault.empty() || rate <= 0)
        throw std::runtime_error("wrk on port " + std::to_string(port) + ": " + fault);
    return rate;
}

}  // namespace

Figures status(const Setting& setting) {
    LedgerPlan plan;
    plan.parcel_orders = 6;
    const auto prepared = prepared_ledger(setting.place, plan);
    const auto site = write_site(setting.work(), setting.place.root, setting.ledger(), 2, 0);
    copy_ledger(prepared, setting.ledger());
    const DaemonProcess daemon(setting.kemasd, site.config, setting.log());
    std::this_thread::sleep_for(
        std::chrono::seconds(2));  // the snapshot shows all that it will show
    const auto body = http_get(site.http_port, "/status");
    const auto peer_port = free_ports(1).front();
    const Nginx nginx(setting.work() + "/nginx", peer_port, body);
    std::printf("  the body has %zu bytes%s\n", body.size(),
                body.size() < 2048 || body.size() > 4096 ? " (NOT between 2 and 4 KiB)" : "");

    std::vector<double> ratios, rates;
    for (int i = 0; i < rounds_wanted; ++i) {
        const auto peer = wrk(peer_port), ours = wrk(site.http_port);
        std::printf("  nginx %7.0f/s | kemasd %7.0f/s | x %.3f\n", peer, ours, ours / peer);
        std::fflush(stdout);
        ratios.push_back(ours / peer);
        rates.push_back(ours);
    }
    return {{"ratio_nginx", median(ratios), 3}, {"requests_per_s", median(rates), 0}};
}

}  // namespace kemas::bench
