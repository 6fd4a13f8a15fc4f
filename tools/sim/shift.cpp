#include "tools/sim/shift.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <filesystem>

#include "tools/sim/packer.hpp"

namespace kemas::sim {

namespace asio = boost::asio;
namespace json = boost::json;
using Clock = std::chrono::steady_clock;

void Floor::note_answer(const std::string& bench, const std::string& code,
                        const ScanAnswer& answer) {
    if (!journal.is_open()) return;
    json::object line{{"what", answer.pushed ? "push" : "answer"},
                      {"bench", bench},
                      {"scan", code},
                      {"accepted", answer.accepted},
                      {"code", answer.code},
                      {"text", answer.text}};
    journal << json::serialize(line) << std::endl;  // flushed: an outside record of what was said
}

void Floor::note_paper(const std::string& bench, const PrintedJob& job) {
    if (job.whole) ++result.tally.labels;
    if (job.whole && !job.mark.tracking.empty())
        result.tracking_numbers.push_back(job.mark.tracking);
    if (!journal.is_open()) return;
    json::object line{{"what", "label"},           {"bench", bench},
                      {"whole", job.whole},        {"mark", job.mark.text},
                      {"parcel", job.mark.parcel}, {"tracking", job.mark.tracking},
                      {"bytes", job.bytes.size()}};
    journal << json::serialize(line) << std::endl;
}

bool ShiftResult::as_planned() const {
    const bool all =
        std::ranges::all_of(outcomes, [](const Outcome& one) { return one.as_planned; });
    return in_time && all && tally.wrong_accepted == 0 && duplicates.empty();
}

namespace {

// The order's state in kemasd's words; "absent" when it has no such order, "" when it cannot say.
asio::awaitable<std::string> state_of(HttpTarget target, OrderKey key) {
    const std::string path = order_path(key);
    const auto answer = co_await http_call(target, "GET", path, "");
    if (!answer) co_return "";
    if (answer->status == 404) co_return "absent";
    if (answer->status != 200) co_return "";
    boost::system::error_code error;
    const auto body = json::parse(answer->body, error);
    const auto* object = error ? nullptr : body.if_object();
    const auto* state = object ? object->if_contains("state") : nullptr;
    co_return state && state->is_string() ? std::string(state->get_string()) : std::string();
}

struct Play {
    asio::io_context& loop;
    Floor floor;
    std::vector<std::unique_ptr<Packer>> packers;
    std::size_t working = 0;
    Signal packer_done;

    Play(asio::io_context& loop_, const DemoDay& day, const ShiftOptions& options)
        : loop(loop_), floor{day, options, {}, {}}, packer_done(loop_.get_executor()) {
        floor.result.outcomes.resize(day.orders.size());
    }

    asio::awaitable<void> whole_shift();
    asio::awaitable<bool> wait_for_orders();
    asio::awaitable<void> ask_states();
    asio::awaitable<void> work(Packer& packer, std::vector<std::size_t> jobs);
};

asio::awaitable<void> pause_ms(std::int64_t ms) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(std::chrono::milliseconds(ms));
    const auto token = asio::as_tuple(asio::use_awaitable);
    co_await timer.async_wait(token);
}

asio::awaitable<bool> Play::wait_for_orders() {
    if (!floor.options.http) co_return true;
    const HttpTarget target = *floor.options.http;
    const auto end = Clock::now() + std::chrono::milliseconds(floor.options.wait.value);
    for (const auto& order : floor.day.orders) {
        if (order.expect == "absent") continue;
        while (true) {
            const OrderKey key = order.draft.key;
            const std::string state = co_await state_of(target, key);
            if (!state.empty() && state != "absent") break;
            if (Clock::now() > end) {
                floor.result.troubles.push_back(
                    "order " + key.channel + " " + key.external_id +
                    (state.empty() ? " cannot be asked for: see whether kemasd serves HTTP"
                                   : " never reached kemasd: see its order source"));
                co_return false;
            }
            co_await pause_ms(100);
        }
    }
    co_return true;
}

// Asks until each order is where the plan wants it, for a few seconds at most.
asio::awaitable<void> Play::ask_states() {
    constexpr std::chrono::seconds kPatience{5};
    const auto end = Clock::now() + kPatience;
    for (std::size_t i = 0; i < floor.day.orders.size(); ++i) {
        const auto& order = floor.day.orders[i];
        auto& outcome = floor.result.outcomes[i];
        if (!floor.options.http) {
            outcome.state = outcome.floor == "staged" ? "shipped" : outcome.floor;
            outcome.as_planned = (order.expect == "shipped") == (outcome.floor == "staged");
            continue;
        }
        const HttpTarget target = *floor.options.http;
        while (true) {
            const OrderKey key = order.draft.key;
            outcome.state = co_await state_of(target, key);
            outcome.as_planned = outcome.state == order.expect;
            if (outcome.as_planned || Clock::now() > end) break;
            co_await pause_ms(100);
        }
    }
}

asio::awaitable<void> Play::work(Packer& packer, std::vector<std::size_t> jobs) {
    co_await packer.work(jobs);
    --working;
    packer_done.raise();
}

asio::awaitable<void> Play::whole_shift() {
    const bool ready = co_await wait_for_orders();
    if (ready) {
        working = packers.size();
        for (std::size_t b = 0; b < packers.size(); ++b) {
            std::vector<std::size_t> share;
            for (std::size_t j = b; j < floor.day.jobs.size(); j += packers.size())
                share.push_back(j);
            auto day_of_one = work(*packers[b], share);
            asio::co_spawn(loop, std::move(day_of_one), asio::detached);
        }
        const Milliseconds look{1000};
        while (working > 0) co_await packer_done.wait(look);
        co_await ask_states();
        floor.result.in_time = true;
    }
    loop.stop();
}

}  // namespace

Result<ShiftResult> play_shift(const DemoDay& day, const ShiftOptions& options) {
    asio::io_context loop(1);
    Play play(loop, day, options);
    if (!options.journal.empty()) {
        play.floor.journal.open(options.journal, std::ios::app);
        if (!play.floor.journal)
            return fail(Remedy::stop, "cannot write the journal " + options.journal);
    }
    for (std::size_t b = 0; b < options.benches.size(); ++b) {
        const auto& badge = day.packers[b % day.packers.size()];
        play.packers.push_back(std::make_unique<Packer>(loop.get_executor(), play.floor,
                                                        options.benches[b], badge,
                                                        options.seed * 1000003 + b));
        if (auto started = play.packers.back()->start(); !started)
            return tl::unexpected(started.error());
    }
    const auto start = Clock::now();
    auto shift = play.whole_shift();
    asio::co_spawn(loop, std::move(shift), asio::detached);
    loop.run_for(std::chrono::milliseconds(options.limit.value));
    auto& result = play.floor.result;
    result.took_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
    if (!result.in_time && result.troubles.empty())
        result.troubles.push_back("the shift was not over after " +
                                  std::to_string(options.limit.value / 1000) + " s");
    for (auto& packer : play.packers) {
        for (auto& twice : packer->duplicates()) result.duplicates.push_back(std::move(twice));
        result.tally.resent += packer->resent();
        packer->stop();
    }
    return std::move(result);
}

}  // namespace kemas::sim
