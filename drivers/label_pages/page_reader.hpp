// Hands files of labels to sandboxed children (kemas-pages) and their pages back, one at a time.
// Each file gets a child of its own: one that dies, hangs or lies costs that file only. Knows no
// parcel.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>

#include "core/fault.hpp"
#include "drivers/label_pages/read_page.hpp"

namespace kemas::label_pages {

struct ReaderOptions {
    std::string program;            // path of kemas-pages
    std::size_t children = 1;       // files read at the same time; each waits ready for its file
    std::size_t max_waiting = 256;  // files; a further one is refused
    int page_limit_ms = 60'000;     // from one page to the next
    int file_limit_ms = 1'800'000;  // for all of them
};

struct ReaderCounts {
    std::uint64_t files = 0;   // read to their end
    std::uint64_t deaths = 0;  // children that a file ended
    std::uint64_t refused = 0;
};

class PageReader {
 public:
    using OnPage = std::function<void(ReadPage)>;
    // Faults: too many waiting, its child ended or was too slow; pages before it were good.
    using OnEnd = std::function<void(Result<FileEnd>)>;

    PageReader(boost::asio::any_io_executor executor, ReaderOptions options);
    ~PageReader();  // as stop()
    PageReader(const PageReader&) = delete;
    PageReader& operator=(const PageReader&) = delete;

    // Called on the loop, never from inside: `on_page` for each page, then `on_end` once; after
    // stop() neither.
    void read(PageRequest request, OnPage on_page, OnEnd on_end);
    void stop();  // ends the children
    ReaderCounts counts() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::label_pages
