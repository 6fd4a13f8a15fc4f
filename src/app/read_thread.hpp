// The one thread that reads the ledger for pages, labels and status: short transactions on a
// read-only connection, so the writer's log never has to wait long for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "ledger/sql_books.hpp"

namespace kemas::app {

struct ReadView {
    ledger::Database& db;
    const ledger::SqlBooks& books;
};

class ReadThread {
 public:
    using Question = std::function<void(ReadView)>;  // runs on the read thread

    // `site` outlives the thread, or is replaced by use_site() before it goes.
    ReadThread(std::string path, const Site& site);
    ~ReadThread();  // as stop()

    // False = too many questions wait; the asker tells its client to come back.
    bool ask(Question question);
    void use_site(std::shared_ptr<const Site> site);  // for the questions after this one
    std::uint64_t beats() const { return beats_; }    // questions answered
    void stop();

 private:
    void work();

    std::string path_;
    const Site* site_;
    std::shared_ptr<const Site> kept_site_;
    std::atomic<std::uint64_t> beats_ = 0;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Question> questions_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace kemas::app
