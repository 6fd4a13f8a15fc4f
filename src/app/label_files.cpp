#include "app/label_files.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "intake/seal.hpp"
#include "log/log.hpp"

namespace kemas::app {
namespace {

using label_pages::PageKind;
using label_pages::ReadPage;

constexpr auto ask_again = std::chrono::milliseconds(200);

label_pages::ReaderOptions reader_options(const std::string& program) {
    label_pages::ReaderOptions options;
    options.program = program;
    return options;
}

std::string kind_text(PageKind kind) {
    switch (kind) {
        case PageKind::pdf:
            return "pdf";
        case PageKind::picture:
            return "picture";
        case PageKind::zpl:
            return "zpl";
        default:
            return "unknown";
    }
}

// Bytes of a barcode that are no text stay out of the books: no scan could bring them.
bool is_text(const std::string& text) {
    for (const char c : text)
        if ((c < ' ' || c > '~') && c != '\x1d') return false;
    return !text.empty() && text.size() <= 512;
}

LabelPageArrived arrived(LabelFileId file, ReadPage page) {
    LabelPageArrived in;
    in.file = file;
    in.member = page.place.member;
    in.page = page.place.page;
    in.member_name = std::move(page.member);
    in.kind = kind_text(page.kind);
    in.fault = std::move(page.fault);
    for (auto& code : page.codes)
        if (is_text(code.text))
            in.codes.push_back({std::move(code.format), std::move(code.text), code.survives,
                                code.lost, code.module_tenths});
    return in;
}

int dots(std::int64_t tenths_of_mm, int dpi) {
    return static_cast<int>(tenths_of_mm * printer::dots_per_mm(dpi) / 10);
}

}  // namespace

PagePaper paper_of_files(const settings::LabelFileSettings& from) {
    return paper_of_files(from, {});
}

PagePaper paper_of_files(const settings::LabelFileSettings& from, const Paper& printer) {
    const auto& heads = printer.dpi;
    const bool usual = heads.empty() || std::ranges::find(heads, from.dpi) != heads.end();
    const int dpi = usual ? from.dpi : heads.front();
    const auto width = printer.width_tenths_mm ? printer.width_tenths_mm : from.width_mm * 10;
    const auto height = printer.height_tenths_mm ? printer.height_tenths_mm : from.height_mm * 10;
    PagePaper paper{dpi, dots(width, dpi), dots(height, dpi), from.may_scale, from.growth_refuses};
    if (printer.max_width_dots > 0) paper.width = std::min(paper.width, printer.max_width_dots);
    return paper;
}

LabelFiles::LabelFiles(boost::asio::any_io_executor loop, runtime::LedgerThread& ledger,
                       ReadThread& reader, LabelFilesOptions options)
    : loop_(loop),
      ledger_(ledger),
      reader_(reader),
      options_(std::move(options)),
      pages_(loop, reader_options(options_.program)) {}

void LabelFiles::take(std::string name, std::string source, std::string by, std::string bytes,
                      OnKept on_kept) {
    auto hash = intake::sha256_hex(bytes);
    LabelFileArrived in{std::move(name), std::move(source), std::move(by), std::move(hash),
                        std::move(bytes)};
    const auto key = "labelfile:" + options_.epoch + ":" + std::to_string(++inputs_);
    ledger_.submit({key, "", std::move(in)},
                   [this, alive = alive_, on_kept = std::move(on_kept)](const Done& done) {
                       if (!*alive) return;
                       on_kept(done.answer);
                       if (done.answer.code != "label_file_stored") return;
                       for (const auto& [slot, value] : done.answer.args)
                           if (slot == "file") wait_for_turn({std::stoll(value)});
                   });
}

void LabelFiles::resume() {
    reader_.ask([this, alive = alive_](const ReadView& view) {
        boost::asio::post(loop_, [this, alive, ids = view.books.unread_label_files()] {
            if (!*alive) return;
            for (const auto id : ids) wait_for_turn(id);
        });
    });
}

void LabelFiles::stop() {
    *alive_ = false;
    pages_.stop();
}

void LabelFiles::wait_for_turn(LabelFileId file) {
    if (std::ranges::find(waiting_, file) != waiting_.end()) return;
    waiting_.push_back(file);
    next();
}

void LabelFiles::next() {
    if (reading_ || waiting_.empty()) return;
    reading_ = true;
    const auto id = waiting_.front();
    waiting_.pop_front();
    const bool asked = reader_.ask([this, alive = alive_, id](const ReadView& view) {
        const auto file = view.books.label_file(id);
        auto bytes = file ? view.books.blob(file->hash) : std::nullopt;
        boost::asio::post(loop_, [this, alive, id, bytes = std::move(bytes)]() mutable {
            if (!*alive) return;
            if (bytes) return read(id, std::move(*bytes));
            ended(id, 0, "its bytes are no longer kept");
        });
    });
    if (asked) return;
    waiting_.push_front(id);
    auto timer = std::make_shared<boost::asio::steady_timer>(loop_, ask_again);
    timer->async_wait([this, alive = alive_, timer](const boost::system::error_code&) {
        if (!*alive) return;
        reading_ = false;
        next();
    });
}

void LabelFiles::read(LabelFileId file, std::string bytes) {
    label_pages::PageRequest request;
    request.file = std::move(bytes);
    request.dpi = options_.paper.dpi;
    request.width = options_.paper.width;
    request.height = options_.paper.height;
    request.may_scale = options_.paper.may_scale;
    request.bits = false;
    pages_.read(
        std::move(request), [this, file](ReadPage page) { tell_page(file, std::move(page)); },
        [this, file](Result<label_pages::FileEnd> end) {
            ended(file, end ? end->pages : 0, end ? end->fault : end.error().what);
        });
}

void LabelFiles::ended(LabelFileId file, int pages, const std::string& fault) {
    if (!fault.empty())
        log::event(log::Level::warn, "labels.unread",
                   {{"file", std::to_string(file.value)}, {"why", fault}});
    submit("labelread:" + std::to_string(file.value), LabelFileRead{file, pages, fault});
    reading_ = false;
    next();
}

// The same page has the same key, so a file read twice is told once.
void LabelFiles::tell_page(LabelFileId file, ReadPage page) {
    const auto key = "labelpage:" + std::to_string(file.value) + ":" +
                     std::to_string(page.place.member) + ":" + std::to_string(page.place.page);
    submit(key, arrived(file, std::move(page)));
}

void LabelFiles::submit(std::string key, Input input) {
    auto again = std::make_shared<std::pair<std::string, Input>>(std::move(key), std::move(input));
    ledger_.submit({again->first, "", again->second}, [this, alive = alive_, again](const Done& d) {
        if (!*alive || d.answer.code != "busy") return;
        auto timer = std::make_shared<boost::asio::steady_timer>(loop_, ask_again);
        timer->async_wait([this, alive, again, timer](const boost::system::error_code&) {
            if (*alive) submit(again->first, again->second);
        });
    });
}

}  // namespace kemas::app
