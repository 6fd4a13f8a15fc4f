// Where inputs wait for the ledger thread. Bounded: when it is full the sender is told, nothing is
// dropped silently.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "ports/journal.hpp"

namespace kemas::runtime {

using OnDone = std::function<void(const Done&)>;  // called on the loop thread, after the commit

struct Waiting {
    Envelope envelope;
    OnDone on_done;
    std::chrono::steady_clock::time_point since;
    bool at_once = false;  // on_done on the ledger thread itself, for a thread that waits
};
using Job = std::function<void(Journal&)>;  // runs on the ledger thread, between two turns

class Inbox {
 public:
    explicit Inbox(std::size_t limit) : limit_(limit) {}

    bool push(Waiting waiting);  // false = full
    void push(Job job);
    // Waits for work; everything that is there, at most `most` inputs. False = closed and empty.
    bool take(std::vector<Waiting>& inputs, std::vector<Job>& jobs, std::size_t most);
    void close();  // what is in it is still taken
    std::size_t depth() const;

 private:
    std::size_t limit_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Waiting> inputs_;
    std::vector<Job> jobs_;
    bool closed_ = false;
};

}  // namespace kemas::runtime
