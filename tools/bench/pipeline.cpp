// Whole parcels: order, three items, weight, price, drawn label at the printer, label scanned back.
#include <chrono>
#include <cstdio>

#include "benches.hpp"
#include "daemon_process.hpp"
#include "parcel_load.hpp"

namespace kemas::bench {
namespace {

constexpr std::size_t stations = 16;
constexpr std::size_t rounds_wanted = 7;
constexpr double floor_s = 0.4, load_s = 3.0;
constexpr std::int64_t orders = 100'000;

std::int64_t journal_rows_in(const std::string& path) {
    ledger::Database db(path, {true, ""});
    auto rows = db.query("SELECT coalesce(max(seq), 0) FROM journal");
    rows.next();
    return rows.integer(0);
}

}  // namespace

Figures pipeline(const Setting& setting) {
    const auto start = std::chrono::steady_clock::now();
    LedgerPlan plan;
    plan.parcel_orders = orders;
    const auto prepared = prepared_ledger(setting.place, plan);
    const auto site = write_site(setting.work(), setting.place.root, setting.ledger(), stations, 5);
    copy_ledger(prepared, setting.ledger());
    ParcelLoad load(site);
    const DaemonProcess daemon(setting.kemasd, site.config, setting.log());
    load.run(1.0);  // warm up: connections, fonts

    std::vector<double> rates, p99s, inputs;
    std::size_t slow = 0;
    const auto over = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() >
               setting.limit_s;
    };
    while (rates.size() < rounds_wanted && !over()) {
        const auto floor = measure_floor(setting.work(), floor_s);
        const auto rows_before = journal_rows_in(setting.ledger());
        const auto cpu_before = daemon.cpu_s();
        const auto parcels = load.run(load_s);
        const auto count = static_cast<double>(parcels.us.size());
        const auto rows =
            static_cast<double>(journal_rows_in(setting.ledger()) - rows_before) / count;
        const auto floor_p99 = percentile(floor.us, 0.99),
                   p99_ms = percentile(parcels.us, 0.99) / 1000;
        const bool fast = floor_p99 <= slow_floor_us;
        std::printf(
            "  floor p50 %5.0f us p99 %6.0f us%s | %6.1f parcels/s, item to label p50 %.1f ms p99 "
            "%.1f ms, "
            "%.1f inputs and %.2f ms CPU of kemasd a parcel\n",
            percentile(floor.us, 0.5), floor_p99, fast ? "" : " SLOW", parcels.rate(),
            percentile(parcels.us, 0.5) / 1000, p99_ms, rows,
            (daemon.cpu_s() - cpu_before) * 1000 / count);
        std::fflush(stdout);
        if (!fast) {
            ++slow;
            continue;
        }
        rates.push_back(parcels.rate());
        p99s.push_back(p99_ms);
        inputs.push_back(rows);
    }
    std::printf("  %zu fast rounds, %zu slow ones\n", rates.size(), slow);
    return {{"parcels_per_s", median(rates), 1},
            {"p99_ms", median(p99s), 1},
            {"inputs_per_parcel", median(inputs), 1}};
}

}  // namespace kemas::bench
