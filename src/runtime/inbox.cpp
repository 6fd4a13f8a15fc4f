#include "runtime/inbox.hpp"

#include <algorithm>
#include <iterator>

namespace kemas::runtime {

bool Inbox::push(Waiting waiting) {
    {
        std::lock_guard lock(mutex_);
        if (closed_ || inputs_.size() >= limit_) return false;
        inputs_.push_back(std::move(waiting));
    }
    wake_.notify_one();
    return true;
}

void Inbox::push(Job job) {
    {
        std::lock_guard lock(mutex_);
        if (closed_) return;
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
}

bool Inbox::take(std::vector<Waiting>& inputs, std::vector<Job>& jobs, std::size_t most) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return closed_ || !inputs_.empty() || !jobs_.empty(); });
    const auto count = static_cast<std::ptrdiff_t>(std::min(most, inputs_.size()));
    inputs.assign(std::make_move_iterator(inputs_.begin()),
                  std::make_move_iterator(inputs_.begin() + count));
    inputs_.erase(inputs_.begin(), inputs_.begin() + count);
    jobs = std::move(jobs_);
    jobs_.clear();
    return !closed_ || !inputs.empty() || !jobs.empty();
}

void Inbox::close() {
    {
        std::lock_guard lock(mutex_);
        closed_ = true;
    }
    wake_.notify_all();
}

std::size_t Inbox::depth() const {
    std::lock_guard lock(mutex_);
    return inputs_.size();
}

}  // namespace kemas::runtime
