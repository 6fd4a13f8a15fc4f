// Keeps the order database and the ledger in step, on a thread of its own: orders and stops come
// in, facts go out in order. With the database gone it waits and counts; nothing else notices.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "ports/order_db.hpp"
#include "runtime/ledger_thread.hpp"

namespace kemas::runtime {

struct SyncState {
    bool up = false;
    std::string last_error;  // kept after recovery
    Seq seq = 0;             // every fact up to this row is in the order database
};

struct OrderSyncOptions {
    std::string sink = "order_db";
    int poll_ms = 1000;
    int gather_ms = 100;  // small pushes wait this long for company
    int batch = 500;
    std::string epoch;  // id of this start, for keys
    std::function<SealedOrder(OrderDraft)> seal;
    std::function<std::string(const Answer&)> text_for;  // for the shop's people
    std::function<void(std::string event, std::string detail)> log;
};

class OrderSync {
 public:
    OrderSync(std::unique_ptr<OrderDb> db, std::unique_ptr<FactSource> facts, LedgerThread& ledger,
              OrderSyncOptions options);
    ~OrderSync();  // as stop()

    void wake();  // from any thread: there is something to push
    void stop();
    SyncState state() const;

 private:
    void work();
    bool push_some();  // true = there may be more
    bool pull_some();
    std::optional<Verdict> decide(const Pulled& pulled);  // none: not decided, ask again later
    void wait();
    void failed(const Fault& fault);
    void worked();

    std::unique_ptr<OrderDb> db_;
    std::unique_ptr<FactSource> facts_;
    LedgerThread& ledger_;
    OrderSyncOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool woken_ = false;
    std::atomic<bool> stopping_ = false;
    SyncState state_;
    int failures_ = 0;
    std::uint64_t inputs_ = 0;
    std::thread thread_;
};

}  // namespace kemas::runtime
