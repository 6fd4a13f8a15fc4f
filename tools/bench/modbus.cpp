// Sixty-four Modbus TCP scales: the whole driver on one thread beside as many bare libmodbus
// threads; how long a sweep over devices takes that answer after 5 ms, sweep after sweep and from
// rest, the latter beside one with bare sockets; and how long after a photo-eye a divert is written
// while they are all polled.
#include <modbus.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "bare_sweep.hpp"
#include "benches.hpp"
#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/modbus_device/modbus_device.hpp"
#include "drivers/profile/load_profile.hpp"
#include "modbus_devices.hpp"
#include "modbus_divert.hpp"
#include "scale_fleet.hpp"

namespace kemas::bench {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
constexpr int device_count = 64;
constexpr int rounds_wanted = 5;
constexpr int answer_after_us = 5'000;
constexpr int poll_ms = 10;
constexpr std::size_t enough_diverts = 200;
constexpr milliseconds warm_up{300}, slice{1'500};

double seconds(Clock::duration span) {
    return std::chrono::duration<double>(span).count();
}

profile::ScaleProfile scale_profile(const Setting& setting) {
    auto profile =
        profile::load_scale_profile(setting.place.root + "/firmware-profiles/scale/kemas-sim.toml");
    if (!profile) throw std::runtime_error(profile.error().what);
    return std::move(*profile);
}

double cpu_us() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

struct Rate {
    double reads_per_s = 0;
    double cpu_us = 0;  // of ours, a read
};

// What `devices` answer to those at work now.
Rate rate(const ModbusDevices& devices) {
    std::this_thread::sleep_for(warm_up);
    const auto before = devices.answered();
    const double cpu_before = cpu_us();
    const auto start = Clock::now();
    std::this_thread::sleep_for(slice);
    const auto reads = static_cast<double>(devices.answered() - before);
    return {reads / seconds(Clock::now() - start), (cpu_us() - cpu_before) / reads};
}

Rate libmodbus_rate(const ModbusDevices& devices) {
    std::atomic<bool> stop = false;
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < device_count; ++i)
        threads.emplace_back([&] {
            modbus_t* context = modbus_new_tcp("127.0.0.1", devices.port());
            modbus_set_slave(context, 1);
            std::uint16_t words[5];
            if (modbus_connect(context) != 0) ++failed;
            while (!stop && !failed)
                if (modbus_read_registers(context, 0, 5, words) != 5) ++failed;
            modbus_close(context);
            modbus_free(context);
        });
    const Rate result = rate(devices);
    stop = true;
    for (auto& thread : threads) thread.join();
    if (failed) throw std::runtime_error("libmodbus could not read the devices");
    return result;
}

Rate driver_rate(const ModbusDevices& devices, const profile::ScaleProfile& profile) {
    asio::io_context loop(1);
    ScaleFleet fleet(loop, devices.port(), profile, device_count, 0);
    std::thread thread([&] { loop.run(); });
    const Rate result = rate(devices);
    asio::post(loop, [&] { fleet.stop(); });
    thread.join();
    fleet.check();
    return result;
}

// 64 devices that answer after 5 ms: all are asked at once, again and again.
class Sweeps {
 public:
    Sweeps(const ModbusDevices& devices, const profile::ScaleProfile& profile, int poll_every_ms) {
        for (int i = 0; i < device_count; ++i) {
            masters_.push_back(device_at(loop_, devices.port()));
            modbus_device::ModbusDeviceOptions options;
            options.name = "device";
            options.poll_ms = poll_every_ms;
            devices_.push_back(std::make_unique<modbus_device::ModbusDevice>(
                loop_.get_executor(), masters_.back(), profile, options));
        }
    }
    ~Sweeps() {
        for (auto& device : devices_) device->stop();
        for (auto& master : masters_) master->stop();
        loop_.restart();
        loop_.run_for(milliseconds(100));
    }

    // Milliseconds from one whole sweep to the next when every device is asked again at once: each
    // ends when all have answered once more.
    std::vector<double> without_rest(milliseconds span) {
        std::vector<double> times;
        std::vector<int> rounds(device_count);
        int whole = 0, behind = device_count;
        Clock::time_point last;
        start([&](std::size_t i, const modbus_device::Round&) {
            if (rounds[i]++ != whole || --behind > 0) return;
            ++whole;
            behind = static_cast<int>(std::count(rounds.begin(), rounds.end(), whole));
            const auto now = Clock::now();
            if (whole > 1) times.push_back(seconds(now - last) * 1e3);
            last = now;
        });
        loop_.run_for(span);
        for (auto& device : devices_) device->stop();
        return times;
    }
    // Milliseconds from asking all to the last answer, each after a pause: the processor slept.
    std::vector<double> from_rest(int count) {
        start(nullptr);
        while (up_ < device_count) loop_.run_one();
        std::vector<double> times;
        for (int i = 0; i < count; ++i) {
            // A device is asked at most every 5 ms.
            loop_.run_for(milliseconds(12));
            int answered = 0;
            const auto begun = Clock::now();
            for (auto& device : devices_)
                asio::co_spawn(loop_, device->next_round(begun + std::chrono::seconds(5)),
                               [&](std::exception_ptr, std::optional<modbus_device::Round> round) {
                                   if (!round) throw std::runtime_error("a device fell silent");
                                   ++answered;
                               });
            while (answered < device_count) loop_.run_one();
            times.push_back(seconds(Clock::now() - begun) * 1e3);
        }
        return times;
    }
    // Milliseconds between two rounds of one device.
    std::vector<double> periods(milliseconds span) {
        std::vector<double> times;
        std::vector<Clock::time_point> last(device_count);
        start([&](std::size_t i, const modbus_device::Round& round) {
            if (last[i].time_since_epoch().count() > 0)
                times.push_back(seconds(round.read_at - last[i]) * 1e3);
            last[i] = round.read_at;
        });
        loop_.run_for(span);
        for (auto& device : devices_) device->stop();
        return times;
    }

 private:
    void start(std::function<void(std::size_t, const modbus_device::Round&)> heard) {
        for (std::size_t i = 0; i < devices_.size(); ++i) {
            modbus_device::Events events;
            events.round = [this, i, heard](const modbus_device::Round& round) {
                if (round.session == 1 && !seen_[i]) seen_[i] = true, ++up_;
                if (heard) heard(i, round);
            };
            events.lost = [](const std::string&, const std::string& why) {
                throw std::runtime_error("a device was lost: " + why);
            };
            devices_[i]->start(std::move(events));
        }
    }

    asio::io_context loop_{1};
    std::vector<std::shared_ptr<bus::ModbusTcp>> masters_;
    std::vector<std::unique_ptr<modbus_device::ModbusDevice>> devices_;
    std::vector<bool> seen_ = std::vector<bool>(device_count, false);
    int up_ = 0;
};

}  // namespace

Figures modbus(const Setting& setting) {
    const auto profile = scale_profile(setting);
    std::vector<double> ratios, rates, sweeps, rested, over_bare, periods;
    {
        const ModbusDevices devices(0);
        for (int i = 0; i < rounds_wanted; ++i) {
            const Rate bare = libmodbus_rate(devices), ours = driver_rate(devices, profile);
            const double ratio = ours.reads_per_s / bare.reads_per_s;
            std::printf(
                "  64 libmodbus threads %6.0f reads/s, %4.1f us CPU | driver %6.0f, %4.1f us | x "
                "%.3f\n",
                bare.reads_per_s, bare.cpu_us, ours.reads_per_s, ours.cpu_us, ratio);
            std::fflush(stdout);
            ratios.push_back(ratio);
            rates.push_back(ours.reads_per_s);
        }
    }
    const ModbusDevices slow(answer_after_us);
    auto plain = profile;
    plain.liveness.reset();  // the heartbeat of a sweep every second would be too old
    for (int i = 0; i < rounds_wanted; ++i) {
        const auto bare = bare_sweeps(slow.port(), device_count, 100);
        const auto laps = Sweeps(slow, plain, 0).without_rest(milliseconds(1'000));
        const auto times = Sweeps(slow, plain, 60'000).from_rest(100);
        const auto between = Sweeps(slow, plain, poll_ms).periods(milliseconds(1'000));
        sweeps.push_back(percentile(laps, 0.5) * 1e3 / answer_after_us);
        rested.push_back(percentile(times, 0.5) * 1e3 / answer_after_us);
        over_bare.push_back(percentile(times, 0.5) / percentile(bare, 0.5));
        periods.push_back(percentile(between, 0.5));
        std::printf(
            "  sweep of 64: p50 %.2f, p99 %.2f ms | from rest: bare p50 %.2f, p99 %.2f ms, driver "
            "p50 %.2f, p99 %.2f ms | poll period p50 %.2f, p99 %.2f ms\n",
            percentile(laps, 0.5), percentile(laps, 0.99), percentile(bare, 0.5),
            percentile(bare, 0.99), percentile(times, 0.5), percentile(times, 0.99), periods.back(),
            percentile(between, 0.99));
        std::fflush(stdout);
    }
    const auto diverts = divert_times(profile, setting.place.root, device_count, poll_ms);
    std::printf("  %zu diverts: p50 %.2f ms, p90 %.2f, p99 %.2f after the eye\n", diverts.size(),
                percentile(diverts, 0.5), percentile(diverts, 0.9), percentile(diverts, 0.99));
    std::optional<double> divert_p99;
    if (diverts.size() >= enough_diverts) divert_p99 = percentile(diverts, 0.99);
    return {{"ratio_64", median(ratios), 3},          {"reads_per_s", median(rates), 0},
            {"sweep_p50_ratio", median(sweeps), 3},   {"rest_sweep_ratio", median(rested), 3},
            {"rest_over_bare", median(over_bare), 3}, {"poll_period_ms", median(periods), 2},
            {"divert_p99_ms", divert_p99, 2}};
}

}  // namespace kemas::bench
