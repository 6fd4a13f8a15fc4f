#include "runtime/order_sync.hpp"

#include <algorithm>
#include <chrono>

namespace kemas::runtime {
namespace {

constexpr int wait_most_ms = 10'000;

Input stop_input(const PulledStop& stop) {
    switch (stop.kind) {
        case PulledStop::Kind::hold:
            return HoldAsked{stop.key, stop.by, stop.reason};
        case PulledStop::Kind::release:
            return HoldReleased{stop.key, stop.by};
        case PulledStop::Kind::cancel:
            break;
    }
    return CancelAsked{stop.key, stop.by, stop.reason};
}

}  // namespace

OrderSync::OrderSync(std::unique_ptr<OrderDb> db, std::unique_ptr<FactSource> facts,
                     LedgerThread& ledger, OrderSyncOptions options)
    : db_(std::move(db)),
      facts_(std::move(facts)),
      ledger_(ledger),
      options_(std::move(options)),
      thread_([this] { work(); }) {}

OrderSync::~OrderSync() {
    stop();
}

void OrderSync::stop() {
    stopping_ = true;
    db_->interrupt();
    wake();
    if (thread_.joinable()) thread_.join();
}

void OrderSync::wake() {
    {
        std::lock_guard lock(mutex_);
        woken_ = true;
    }
    wake_.notify_all();
}

SyncState OrderSync::state() const {
    std::lock_guard lock(mutex_);
    return state_;
}

void OrderSync::work() {
    if (const auto position = facts_->sink_position(options_.sink)) {
        std::lock_guard lock(mutex_);
        state_.seq = *position;
    }
    while (!stopping_) {
        const bool more_orders = pull_some();
        const bool more_facts = !stopping_ && push_some();
        if (!more_orders && !more_facts) wait();
    }
}

// Facts leave in the journal's order; the cursor moves only after the database has them. What it
// had already is left alone there, so a repeated batch is harmless.
bool OrderSync::push_some() {
    const auto batch = facts_->facts_after(state().seq, options_.batch);
    if (!batch) return failed(batch.error()), false;
    if (batch->last == 0) return false;
    if (!batch->facts.empty()) {
        if (const auto pushed = db_->push(batch->facts); !pushed)
            return failed(pushed.error()), false;
        worked();
    }
    const auto last = batch->last;
    ledger_.run(
        [sink = options_.sink, last](Journal& journal) { (void)journal.move_sink(sink, last); });
    std::lock_guard lock(mutex_);
    state_.seq = last;
    return static_cast<int>(batch->facts.size()) >= options_.batch;
}

bool OrderSync::pull_some() {
    const auto pulled = db_->pull(100);
    if (!pulled) return failed(pulled.error()), false;
    worked();
    if (pulled->empty()) return false;
    std::vector<Verdict> verdicts;
    for (const auto& each : *pulled) {
        if (stopping_) return false;
        if (auto verdict = decide(each)) verdicts.push_back(std::move(*verdict));
    }
    if (verdicts.empty()) return false;
    if (const auto answered = db_->answer(verdicts); !answered)
        return failed(answered.error()), false;
    return true;
}

std::optional<Verdict> OrderSync::decide(const Pulled& pulled) {
    if (const auto* fault = std::get_if<PulledFault>(&pulled))
        return Verdict{fault->ref, false, fault->why};
    const auto key = "order_db:" + options_.epoch + ":" + std::to_string(++inputs_);
    const auto* order = std::get_if<PulledOrder>(&pulled);
    const auto ref = order ? order->ref : std::get<PulledStop>(pulled).ref;
    const auto done =
        ledger_.submit_and_wait({key, "",
                                 order ? Input{OrderReceived{options_.seal(order->draft)}}
                                       : stop_input(std::get<PulledStop>(pulled))});
    if (done.answer.code == "busy") return std::nullopt;
    return Verdict{ref, done.answer.kind != Answer::Kind::refused, options_.text_for(done.answer)};
}

void OrderSync::wait() {
    std::unique_lock lock(mutex_);
    const auto pause = failures_ == 0
                           ? options_.poll_ms
                           : std::min(wait_most_ms, options_.poll_ms << std::min(failures_, 5));
    const auto woken = [&] { return stopping_ || (woken_ && failures_ == 0); };
    wake_.wait_for(lock, std::chrono::milliseconds(pause), woken);
    if (woken_ && !stopping_)
        wake_.wait_for(lock, std::chrono::milliseconds(options_.gather_ms),
                       [&] { return stopping_.load(); });
    woken_ = false;
}

void OrderSync::failed(const Fault& fault) {
    std::lock_guard lock(mutex_);
    if (state_.up || failures_ == 0) options_.log("order_db.down", fault.what);
    ++failures_;
    state_.up = false;
    state_.last_error = fault.what;
}

void OrderSync::worked() {
    std::lock_guard lock(mutex_);
    if (!state_.up) options_.log("order_db.up", "");
    failures_ = 0;
    state_.up = true;
}

}  // namespace kemas::runtime
