// One file handed to kemas-pages, and all that came back.
#pragma once

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <chrono>

#include "drivers/label_pages/page_reader.hpp"
#include "stand_in.hpp"

namespace kemas::label_pages {

struct Heard {
    std::vector<ReadPage> pages;
    Result<FileEnd> end = fail(Remedy::retry, "no answer within the test's patience");

    // "Code128 JP123" with " grows" behind it when it does not survive, " lost" when too fine.
    std::vector<std::string> codes(std::size_t page) const {
        std::vector<std::string> all;
        if (page >= pages.size()) return {"no such page"};
        if (!pages[page].fault.empty()) all.push_back("fault: " + pages[page].fault);
        for (const auto& code : pages[page].codes)
            all.push_back(code.format + " " + code.text +
                          (code.lost       ? " lost"
                           : code.survives ? ""
                                           : " grows"));
        return all;
    }
    std::string fault() const { return end ? end->fault : "ended: " + end.error().what; }
};

class PageReaderTest : public ::testing::Test {
 protected:
    void use(ReaderOptions options) {
        reader_ = std::make_unique<PageReader>(loop.get_executor(), std::move(options));
    }
    static ReaderOptions usual() {
        ReaderOptions options;
        options.program = KEMAS_PAGES;
        return options;
    }
    Heard read(PageRequest request) {
        if (!reader_) use(usual());
        Heard heard;
        bool ended = false;
        reader_->read(
            std::move(request), [&](ReadPage page) { heard.pages.push_back(std::move(page)); },
            [&](Result<FileEnd> end) {
                heard.end = std::move(end);
                ended = true;
            });
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(120);
        while (!ended && std::chrono::steady_clock::now() < last) {
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(100));
        }
        return heard;
    }
    // On a label of 100 x 150 mm at 203 dpi.
    static PageRequest on_label(std::string file) {
        PageRequest request;
        request.file = std::move(file);
        request.width = 800;
        request.height = 1200;
        return request;
    }
    std::string script(const std::string& text) const { return stand_in_.doing(text); }

    boost::asio::io_context loop;
    kemas::testing::StandIn stand_in_;
    std::unique_ptr<PageReader> reader_;
};

}  // namespace kemas::label_pages
