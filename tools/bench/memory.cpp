// Memory of kemasd under load, and its start on a long journal.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "benches.hpp"
#include "daemon_process.hpp"
#include "http_get.hpp"
#include "parcel_load.hpp"
#include "scan_load.hpp"

namespace kemas::bench {
namespace {

constexpr double load_s = 10;

// 64 benches, each with scanner, scale and printer, all packing.
double rss_with_64_stations(const Setting& setting) {
    LedgerPlan plan;
    plan.parcel_orders = 100'000;
    const auto prepared = prepared_ledger(setting.place, plan);
    const auto site = write_site(setting.work(), setting.place.root, setting.ledger(), 64, 50);
    copy_ledger(prepared, setting.ledger());
    ParcelLoad load(site);
    const DaemonProcess daemon(setting.kemasd, site.config, setting.log());
    double most = 0;
    const auto parcels = load.run(load_s, [&] {
        http_get(site.http_port, "/status");
        most = std::max(most, daemon.rss_mb());
    });
    most = std::max(most, daemon.rss_mb());
    std::printf("  64 stations: %.1f parcels/s, VmRSS at most %.1f MB\n", parcels.rate(), most);
    return most;
}

double rss_with_100k_orders(const Setting& setting) {
    LedgerPlan plan;
    plan.open_orders = 100'000;
    plan.endless_orders = 16;
    const auto prepared = prepared_ledger(setting.place, plan);
    const auto site = write_site(setting.work(), setting.place.root, setting.ledger(), 16, 0);
    copy_ledger(prepared, setting.ledger());
    const DaemonProcess daemon(setting.kemasd, site.config, setting.log());
    ScanLoad load(site.scanner_ports);
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < 16; ++i) {
        const auto no = static_cast<std::int64_t>(i) + 1;
        load.scan(i, badge);
        load.scan(i, endless_order(no));
        codes.push_back(endless_item(no));
    }
    double most = daemon.rss_mb();
    for (int second = 0; second < load_s; ++second) {
        load.run(16, codes, 1.0);
        http_get(site.http_port, "/status");
        most = std::max(most, daemon.rss_mb());
    }
    std::printf("  100,000 open orders: VmRSS at most %.1f MB\n", most);
    return most;
}

// Out of the page cache, as after the machine's own start.
void forget(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
}

double ready_with_1m_events(const Setting& setting) {
    LedgerPlan plan;
    plan.journal_rows = 1'000'000;
    plan.parcel_orders = 6;
    const auto prepared = prepared_ledger(setting.place, plan);
    const auto site = write_site(setting.work(), setting.place.root, setting.ledger(), 2, 0);
    copy_ledger(prepared, setting.ledger());
    std::vector<double> starts;
    for (std::size_t i = 0; i < enough_rounds; ++i) {
        forget(setting.ledger());
        const DaemonProcess daemon(setting.kemasd, site.config, setting.log());
        starts.push_back(daemon.ready_s());
        std::printf("  1,000,000 journal rows, file not in memory: ready after %.3f s\n",
                    starts.back());
    }
    return percentile(starts, 0.5);
}

}  // namespace

Figures memory(const Setting& setting) {
    const auto stations = rss_with_64_stations(setting);
    const auto orders = rss_with_100k_orders(setting);
    const auto ready = ready_with_1m_events(setting);
    return {{"rss_mb_64_stations", stations, 1},
            {"rss_mb_100k_orders", orders, 1},
            {"ready_s_1m_events", ready, 3}};
}

}  // namespace kemas::bench
