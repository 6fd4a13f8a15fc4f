// A folder of real orders into four cartons and twelve: boxes, volume and time beside the
// reference's boxes, every plan judged; and, where they are there, container loads and cases that
// users of other packers reported. An order's time is the median of its rounds.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <map>
#include <stdexcept>

#include "benches.hpp"
#include "core/cartonize/cartonize.hpp"
#include "core/cartonize/load.hpp"
#include "tests/core/cartonize/check.hpp"
#include "tests/core/cartonize/vectors.hpp"

namespace kemas::bench {
namespace {

using namespace cartonize;
using Orders = std::map<std::string, std::vector<Item>>;
using References = std::map<std::string, Reference>;

double took_ms(const std::function<void()>& work) {
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

// Of this thread: what the work takes on a machine that has nothing else to do.
double processor_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Tally {
    std::int64_t orders = 0, boxes = 0, outer_mm3 = 0, invalid = 0, worse = 0, larger = 0;
    double sum_ms = 0;
    std::vector<double> times_ms;
};

std::int64_t outer_of(const Plan& plan) {
    std::int64_t sum = 0;
    for (const auto& packed : plan.cartons)
        sum += packed.outer.length.value * packed.outer.width.value * packed.outer.height.value;
    return sum;
}

void judge(const std::string& id, const std::vector<Item>& items,
           const std::vector<Carton>& cartons, const tl::expected<Plan, Refused>& plan,
           const References& references, Tally& tally) {
    const auto fault = plan ? fault_of(items, cartons, {}, *plan) : "refused";
    if (!fault.empty()) {
        ++tally.invalid;
        std::printf("  %s: %s\n", id.c_str(), fault.c_str());
    }
    if (!plan) return;
    const auto boxes = std::ssize(plan->cartons);
    const auto outer = outer_of(*plan);
    tally.boxes += boxes;
    tally.outer_mm3 += outer;
    const auto reference = references.find(id);
    if (reference == references.end()) return;
    tally.worse += boxes > reference->second.boxes;
    tally.larger += boxes == reference->second.boxes && outer > reference->second.outer_mm3;
}

Tally pack_all(const Orders& orders, const std::vector<Carton>& cartons,
               const References& references, std::size_t rounds) {
    Tally tally;
    for (const auto& [id, items] : orders) {
        std::vector<double> times;
        tl::expected<Plan, Refused> plan;
        for (std::size_t round = 0; round < rounds; ++round)
            times.push_back(took_ms([&] { plan = pack(items, cartons); }));
        tally.times_ms.push_back(percentile(times, 0.5));
        tally.sum_ms += tally.times_ms.back();
        ++tally.orders;
        judge(id, items, cartons, plan, references, tally);
    }
    return tally;
}

struct Loads {
    std::int64_t count = 0, invalid = 0;
    double use_percent = 0, sum_ms = 0, processor_ms = 0;
};

void load_one(const Container& container, Loads& loads) {
    Rules rules;
    rules.work_steps = load_steps;
    tl::expected<Load, Refused> loaded;
    const auto before_ms = processor_ms();
    loads.sum_ms += took_ms([&] { loaded = load(container.items, container.carton, rules); });
    loads.processor_ms += processor_ms() - before_ms;
    if (!loaded) throw std::runtime_error("a container load was refused");
    auto inside = container.items;
    std::int64_t volume = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        inside[i].quantity -= loaded->left[i];
        const auto& size = inside[i].size;
        volume += size.length.value * size.width.value * size.height.value * inside[i].quantity;
    }
    const auto& room = container.carton.inner;
    loads.use_percent +=
        100.0 * static_cast<double>(volume) /
        static_cast<double>(room.length.value * room.width.value * room.height.value);
    loads.invalid +=
        !fault_of(inside, {container.carton}, rules, {{loaded->packed}, false, 0}).empty();
    ++loads.count;
}

Loads load_all(const std::string& folder) {
    Loads loads;
    for (int file = 1; file <= 7; ++file)
        for (const auto& container :
             read_containers(folder + "thpack" + std::to_string(file) + ".txt"))
            load_one(container, loads);
    return loads;
}

// Cases answered as they should be, and how many there are.
std::pair<std::int64_t, std::int64_t> reported_cases(const std::string& folder) {
    const auto cases = read_reported_cases(folder + "reported-hard-cases.json");
    Rules rules;
    rules.most_cartons = 1;
    std::int64_t right = 0;
    for (const auto& reported : cases)
        right += pack(reported.container.items, {reported.container.carton}, rules).has_value() ==
                 reported.fits;
    return {right, std::ssize(cases)};
}

void add_twelve(const std::string& folder, const Orders& orders, Figures& figures) {
    const auto twelve = read_cartons(folder + "boxes12.csv");
    if (twelve.empty()) return;
    const auto tally = pack_all(orders, twelve, {}, 1);
    figures.push_back({"boxes_of_12", static_cast<double>(tally.boxes), 0});
    figures.push_back({"outer_of_12_m3", static_cast<double>(tally.outer_mm3) / 1e9, 3});
    figures.push_back({"invalid_of_12", static_cast<double>(tally.invalid), 0});
}

void add_loads(const std::string& folder, Figures& figures) {
    const auto loads = load_all(folder);
    if (loads.count == 0) return;
    const auto count = static_cast<double>(loads.count);
    figures.push_back({"br_use_percent", loads.use_percent / count, 2});
    figures.push_back({"br_mean_ms", loads.sum_ms / count, 1});
    figures.push_back({"br_processor_ms", loads.processor_ms / count, 1});
    figures.push_back({"br_invalid", static_cast<double>(loads.invalid), 0});
}

}  // namespace

Figures cartons(const Setting& setting) {
    auto folder = setting.data.empty() ? shared_vectors() : setting.data + "/";
    const auto four = read_cartons(folder + "boxes4.csv");
    const auto orders = read_orders(folder + "items.csv");
    if (four.empty() || orders.empty())
        throw std::runtime_error("no boxes4.csv and items.csv in '" + folder +
                                 "': name a folder that has them");
    const auto references = read_references(folder + "reference-results.csv");
    const auto tally = pack_all(orders, four, references, enough_rounds);
    Figures figures{{"orders", static_cast<double>(tally.orders), 0},
                    {"boxes", static_cast<double>(tally.boxes), 0},
                    {"outer_m3", static_cast<double>(tally.outer_mm3) / 1e9, 3}};
    const auto compared = [&](std::int64_t value) {
        return references.empty() ? std::nullopt : std::optional(static_cast<double>(value));
    };
    figures.push_back({"worse_than_reference", compared(tally.worse), 0});
    figures.push_back({"larger_than_reference", compared(tally.larger), 0});
    figures.push_back({"invalid", static_cast<double>(tally.invalid), 0});
    figures.push_back({"mean_ms", tally.sum_ms / static_cast<double>(tally.orders), 3});
    figures.push_back({"p99_ms", percentile(tally.times_ms, 0.99), 2});
    figures.push_back({"max_ms", percentile(tally.times_ms, 1), 2});
    add_twelve(folder, orders, figures);
    add_loads(folder, figures);
    if (const auto [right, all] = reported_cases(folder); all > 0)
        figures.push_back({"reported_wrong", static_cast<double>(all - right), 0});
    return figures;
}

}  // namespace kemas::bench
