// Makes a printer's bytes from a page of a file of labels, each time anew from the file that was
// kept. Knows no books.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <string>
#include <vector>

#include "app/paper.hpp"
#include "drivers/label_pages/page_reader.hpp"
#include "ports/label_press.hpp"

namespace kemas::app {

struct PagePaper {
    int dpi = 203, width = 800, height = 1200;  // of the label, dots
    bool may_scale = false;
    bool growth_refuses = true;  // the parcel's number must read after one dot of print growth
};

struct PageJob {
    std::string file;  // its bytes
    label_pages::PagePlace place;
    std::vector<std::string> numbers;  // that name the parcel; one of them must read
    bool numbers_seen = true;          // when the page came; a person may have bound it without
    std::string comment;
    std::string mark;      // "REPRINT 1"; empty = none
    std::string run_text;  // "run 12  37/100"; empty = none
    PagePaper paper;
    Paper printer;
};

/// What a page that was drawn once more must still show. Nothing = it may be printed. The words of
/// a refusal name dots a module and the remedy.
std::optional<RefusedLabel> unscannable(const label_pages::ReadPage& page, const PageJob& job);

class PagePress {
 public:
    // `aside` runs work that takes milliseconds on another thread; false = it has no room.
    using Aside = std::function<bool(std::function<void()>)>;
    PagePress(boost::asio::any_io_executor loop, const std::string& program, Aside aside);

    // On the loop; `on_prepared` comes later, jobs in the order they were given.
    void make(PageJob job, LabelPress::OnPrepared on_prepared);
    using OnPicture = std::function<void(Result<std::string>)>;
    // The page as a picture, for eyes: PNG bytes or why not. A page larger than the label is
    // shrunk; of ZPL it is a sketch.
    void picture(std::string file, label_pages::PagePlace place, PagePaper paper,
                 OnPicture on_picture);
    void stop() { reader_.stop(); }

 private:
    boost::asio::any_io_executor loop_;
    Aside aside_;
    label_pages::PageReader reader_;
};

// What is put onto a label of ZPL; nothing = it stays as it is.
std::optional<std::string> joined_marks(const std::string& mark, const std::string& run_text);

// Path of kemas-pages: beside this program.
std::string pages_program();

}  // namespace kemas::app
