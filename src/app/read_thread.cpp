#include "app/read_thread.hpp"

#include "log/log.hpp"

namespace kemas::app {
namespace {

constexpr std::size_t most_waiting = 1024;

}  // namespace

ReadThread::ReadThread(std::string path, const Site& site)
    : path_(std::move(path)), site_(&site), thread_([this] { work(); }) {}

ReadThread::~ReadThread() {
    stop();
}

bool ReadThread::ask(Question question) {
    {
        std::lock_guard lock(mutex_);
        if (stopping_ || questions_.size() >= most_waiting) return false;
        questions_.push_back(std::move(question));
    }
    wake_.notify_one();
    return true;
}

void ReadThread::use_site(std::shared_ptr<const Site> site) {
    std::lock_guard lock(mutex_);
    kept_site_ = std::move(site);
}

void ReadThread::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        questions_.clear();
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void ReadThread::work() {
    ledger::Database db(path_, {true, ""});
    ledger::SqlBooks books(db, *site_);
    std::shared_ptr<const Site> used;
    for (;;) {
        Question question;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return stopping_ || !questions_.empty(); });
            if (stopping_) return;
            question = std::move(questions_.front());
            questions_.pop_front();
            if (used != kept_site_) books.use_site(*(used = kept_site_));
        }
        ++beats_;
        try {
            db.run("BEGIN");
            question({db, books});
        } catch (const std::exception& error) {
            log::event(log::Level::error, "ledger.read_failed", {{"why", error.what()}});
        }
        sqlite3_exec(db.handle(), "COMMIT", nullptr, nullptr, nullptr);
    }
}

}  // namespace kemas::app
