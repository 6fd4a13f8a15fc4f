// Takes files of labels in: keeps each in the ledger first, then has its pages read and hands them
// to the books one by one. Knows no HTTP and no folder.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "app/page_press.hpp"
#include "app/read_thread.hpp"
#include "runtime/ledger_thread.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

struct LabelFilesOptions {
    std::string program;  // kemas-pages
    PagePaper paper;
    std::string epoch;  // id of this start, for keys
};

class LabelFiles {
 public:
    // All outlive it.
    LabelFiles(boost::asio::any_io_executor loop, runtime::LedgerThread& ledger, ReadThread& reader,
               LabelFilesOptions options);

    using OnKept = std::function<void(const Answer&)>;
    // `on_kept` when the ledger has the bytes, or has refused them. Pages are read after that.
    void take(std::string name, std::string source, std::string by, std::string bytes,
              OnKept on_kept);
    // Files that a restart left unread.
    void resume();
    void stop();

 private:
    // One file at a time: those behind it wait in the ledger, not in memory.
    void wait_for_turn(LabelFileId file);
    void next();
    void read(LabelFileId file, std::string bytes);
    void ended(LabelFileId file, int pages, const std::string& fault);
    void tell_page(LabelFileId file, label_pages::ReadPage page);
    // A busy ledger is asked again: a page must not be lost.
    void submit(std::string key, Input input);

    boost::asio::any_io_executor loop_;
    runtime::LedgerThread& ledger_;
    ReadThread& reader_;
    LabelFilesOptions options_;
    label_pages::PageReader pages_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    std::deque<LabelFileId> waiting_;
    bool reading_ = false;
    std::uint64_t inputs_ = 0;
};

// The label of the settings in dots.
PagePaper paper_of_files(const settings::LabelFileSettings& from);
// The label of that printer; what it does not say is as in the settings.
PagePaper paper_of_files(const settings::LabelFileSettings& from, const Paper& printer);

}  // namespace kemas::app
