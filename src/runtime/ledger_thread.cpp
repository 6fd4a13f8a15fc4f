#include "runtime/ledger_thread.hpp"

#include <boost/asio/post.hpp>
#include <future>
#include <utility>

namespace kemas::runtime {
namespace {

constexpr std::size_t batch_limit = 256;      // a turn stays short
constexpr int checkpoint_idle_pages = 1'000;  // measured: design.md, section 3
constexpr int checkpoint_forced_pages = 16'000;
constexpr auto recover_pause = std::chrono::milliseconds(500);

Instant wall_clock() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

Done refusal(const char* code) {
    Done done;
    done.answer = {Answer::Kind::refused, code, {}};
    return done;
}

}  // namespace

LedgerThread::LedgerThread(boost::asio::any_io_executor loop, std::unique_ptr<Journal> journal,
                           LedgerEvents events)
    : loop_(std::move(loop)),
      journal_(std::move(journal)),
      events_(std::move(events)),
      thread_([this] { work(); }) {}

LedgerThread::~LedgerThread() {
    stop();
}

void LedgerThread::stop() {
    stopping_ = true;
    inbox_.close();
    if (thread_.joinable()) thread_.join();
}

void LedgerThread::submit(Envelope envelope, OnDone on_done) {
    Waiting waiting{std::move(envelope), std::move(on_done), std::chrono::steady_clock::now()};
    auto told = waiting.on_done;
    if (!inbox_.push(std::move(waiting)) && told) told(refusal("busy"));
}

Done LedgerThread::submit_and_wait(Envelope envelope) {
    auto promise = std::make_shared<std::promise<Done>>();
    auto future = promise->get_future();
    Waiting waiting{std::move(envelope), [promise](const Done& done) { promise->set_value(done); },
                    std::chrono::steady_clock::now(), true};
    if (!inbox_.push(std::move(waiting))) return refusal("busy");
    while (future.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready)
        if (stopping_) return refusal("busy");
    return future.get();
}

void LedgerThread::work() {
    std::vector<Waiting> inputs;
    std::vector<Job> jobs;
    while (inbox_.take(inputs, jobs, batch_limit)) {
        ++beats_;
        // First: an input that was handed over after a job must find it done.
        for (auto& job : jobs) job(*journal_);
        std::vector<Envelope> batch;
        batch.reserve(inputs.size());
        for (auto& each : inputs) batch.push_back(std::move(each.envelope));
        auto results = batch.empty() ? std::vector<Done>{} : decide(batch);
        if (results.size() != batch.size()) return;  // stopped while the store was down
        if (!inputs.empty()) tell(std::move(inputs), std::move(results));
        journal_->checkpoint(inbox_.depth() == 0 ? checkpoint_idle_pages : checkpoint_forced_pages);
    }
}

// Nobody is answered before the batch is durable: after a fault the store must prove itself on a
// fresh connection, then the same batch goes again; rows that had reached the disk are repeats.
std::vector<Done> LedgerThread::decide(const std::vector<Envelope>& batch) {
    for (;;) {
        auto results = journal_->turn(batch, wall_clock());
        if (results) return std::move(*results);
        store_ok_ = false;
        boost::asio::post(
            loop_, [on_store = events_.on_store, what = results.error().what] { on_store(what); });
        while (!journal_->recover()) {
            if (stopping_) return {};
            ++beats_;
            std::this_thread::sleep_for(recover_pause);
        }
        if (stopping_) return {};
        store_ok_ = true;
        boost::asio::post(loop_, [on_store = events_.on_store] { on_store(""); });
    }
}

void LedgerThread::tell(std::vector<Waiting> inputs, std::vector<Done> results) {
    const auto now = std::chrono::steady_clock::now();
    std::vector<EffectRow> effects;
    Seq last = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        latency_.add(
            std::chrono::duration_cast<std::chrono::microseconds>(now - inputs[i].since).count());
        if (inputs[i].at_once) std::exchange(inputs[i].on_done, nullptr)(results[i]);
        last = std::max(last, results[i].seq);
        if (results[i].repeat) continue;
        for (const auto& effect : results[i].effects) effects.push_back(effect);
    }
    boost::asio::post(loop_, [inputs = std::move(inputs), results = std::move(results),
                              effects = std::move(effects), last, events = &events_]() mutable {
        for (std::size_t i = 0; i < inputs.size(); ++i)
            if (inputs[i].on_done) inputs[i].on_done(results[i]);
        if (!effects.empty()) events->on_effects(std::move(effects));
        events->on_commit(last);
    });
}

}  // namespace kemas::runtime
