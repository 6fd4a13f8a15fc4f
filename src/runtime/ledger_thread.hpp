// The one thread that writes: drains the inbox into turns, tells the waiting only after the commit,
// and keeps the write-ahead log short when nobody waits.
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "runtime/inbox.hpp"
#include "runtime/latency.hpp"

namespace kemas::runtime {

struct LedgerEvents {  // all called on the loop thread
    // After each commit: the acts it planned, in order.
    std::function<void(std::vector<EffectRow>)> on_effects;
    std::function<void(Seq last)> on_commit;
    // The store failed (with the reason) or works again (empty).
    std::function<void(const std::string& fault)> on_store;
};

class LedgerThread {
 public:
    LedgerThread(boost::asio::any_io_executor loop, std::unique_ptr<Journal> journal,
                 LedgerEvents events);
    ~LedgerThread();  // as stop()

    // From the loop thread. A full inbox answers at once with the refusal "busy".
    void submit(Envelope envelope, OnDone on_done);
    void run(Job job) { inbox_.push(std::move(job)); }
    // From any thread but the loop: waits for the commit.
    Done submit_and_wait(Envelope envelope);
    void stop();  // decides what is in the inbox, then ends

    std::size_t depth() const { return inbox_.depth(); }
    Percentiles confirm_latency() const { return latency_.percentiles(); }
    bool store_ok() const { return store_ok_; }
    // Signs of life: turns, jobs and tries to bring a failed store back.
    std::uint64_t beats() const { return beats_; }

 private:
    void work();
    std::vector<Done> decide(const std::vector<Envelope>& batch);
    void tell(std::vector<Waiting> inputs, std::vector<Done> results);

    boost::asio::any_io_executor loop_;
    std::unique_ptr<Journal> journal_;
    LedgerEvents events_;
    Inbox inbox_{8192};
    Latency latency_;
    std::atomic<bool> store_ok_ = true;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::uint64_t> beats_ = 0;
    std::thread thread_;
};

}  // namespace kemas::runtime
