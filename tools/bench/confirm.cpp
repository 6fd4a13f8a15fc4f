// Whole confirmations over scanner sockets beside the floor of the disk.
#include <chrono>
#include <cstdio>

#include "benches.hpp"
#include "daemon_process.hpp"
#include "scan_load.hpp"
#include "site_files.hpp"

namespace kemas::bench {
namespace {

constexpr std::size_t most_scanners = 64;
constexpr std::size_t rounds_wanted = 7;
constexpr double floor_s = 0.4, load_s = 1.0;

struct Round {
    double floor_p50 = 0, floor_p99 = 0;
    double ratio_1 = 0, ratio_16 = 0, ratio_64 = 0, p99_ratio_16 = 0, rate_64 = 0;
    bool fast() const { return floor_p99 <= slow_floor_us; }
};

struct Beside {
    Samples floor, load;
    double cpu_us = 0;  // of kemasd, a confirmation
    double ratio() const { return floor.rate() > 0 ? load.rate() / floor.rate() : 0; }
};

void tell(const char* scanners, const Beside& side) {
    std::printf(" | %s: %6.0f/s x %.2f, p99 %6.0f us, CPU %3.0f us", scanners, side.load.rate(),
                side.ratio(), percentile(side.load.us, 0.99), side.cpu_us);
}

Round measure(const Setting& setting, const DaemonProcess& daemon, ScanLoad& load,
              const std::vector<std::string>& codes) {
    const auto beside = [&](std::size_t scanners) {
        Beside side;
        side.floor = measure_floor(setting.work(), floor_s);
        const auto cpu_before = daemon.cpu_s();
        side.load = load.run(scanners, codes, load_s);
        side.cpu_us =
            (daemon.cpu_s() - cpu_before) * 1e6 / static_cast<double>(side.load.us.size());
        return side;
    };
    const auto one = beside(1), sixteen = beside(16), all = beside(most_scanners);
    std::vector<double> floor;
    for (const auto* side : {&one, &sixteen, &all})
        floor.insert(floor.end(), side->floor.us.begin(), side->floor.us.end());
    Round round;
    round.floor_p50 = percentile(floor, 0.5);
    round.floor_p99 = percentile(floor, 0.99);
    round.ratio_1 = one.ratio();
    round.ratio_16 = sixteen.ratio();
    round.ratio_64 = all.ratio();
    round.p99_ratio_16 = percentile(sixteen.load.us, 0.99) / round.floor_p99;
    round.rate_64 = all.load.rate();
    std::printf("  floor p50 %5.0f us p99 %6.0f us%s", round.floor_p50, round.floor_p99,
                round.fast() ? "" : " SLOW");
    tell("1", one);
    tell("16", sixteen);
    tell("64", all);
    std::printf("\n");
    std::fflush(stdout);
    return round;
}

std::vector<double> column(const std::vector<Round>& rounds, double Round::*field) {
    std::vector<double> values;
    for (const auto& round : rounds)
        if (round.fast()) values.push_back(round.*field);
    return values;
}

}  // namespace

Figures confirm(const Setting& setting) {
    const auto start = std::chrono::steady_clock::now();
    LedgerPlan plan;
    plan.finished_orders = 900'000;
    plan.open_orders = 100'000;
    plan.endless_orders = most_scanners;
    const auto prepared = prepared_ledger(setting.place, plan);
    const auto site =
        write_site(setting.work(), setting.place.root, setting.ledger(), most_scanners, 0);
    copy_ledger(prepared, setting.ledger());
    const DaemonProcess daemon(setting.kemasd, site.config, setting.log());
    ScanLoad load(site.scanner_ports);
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < most_scanners; ++i) {
        const auto no = static_cast<std::int64_t>(i) + 1;
        load.scan(i, badge);
        load.scan(i, endless_order(no));
        codes.push_back(endless_item(no));
    }
    load.run(most_scanners, codes, 0.5);  // warm up

    std::vector<Round> rounds;
    std::size_t fast = 0;
    const auto over = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() >
               setting.limit_s;
    };
    while (fast < rounds_wanted && !over()) {
        rounds.push_back(measure(setting, daemon, load, codes));
        fast += rounds.back().fast();
    }
    std::printf("  %zu fast rounds, %zu slow ones\n", fast, rounds.size() - fast);
    const auto figure = [&](const char* key, double Round::*field, int decimals) {
        return Figure{key, median(column(rounds, field)), decimals};
    };
    return {figure("floor_p50_us", &Round::floor_p50, 1),
            figure("ratio_1", &Round::ratio_1, 3),
            figure("ratio_16", &Round::ratio_16, 3),
            figure("ratio_64", &Round::ratio_64, 3),
            figure("p99_ratio_16", &Round::p99_ratio_16, 1),
            figure("confirms_per_s", &Round::rate_64, 0)};
}

}  // namespace kemas::bench
