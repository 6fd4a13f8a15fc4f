#include "app/page_press.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <filesystem>

#include "app/zpl_words.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "intake/seal.hpp"
#include "label/mark_page.hpp"
#include "label/png.hpp"

namespace kemas::app {
namespace {

using label_pages::FileEnd;
using label_pages::PageKind;
using label_pages::ReadPage;

tl::unexpected<RefusedLabel> refuse(std::string field, std::string why) {
    return tl::unexpected(RefusedLabel{std::move(field), std::move(why)});
}

std::string tenths(int value) {
    return std::to_string(value / 10) + "." + std::to_string(value % 10);
}

label_pages::ReaderOptions reader_options(const std::string& program) {
    label_pages::ReaderOptions options;
    options.program = program;
    options.max_waiting = 600;  // a whole run of labels
    return options;
}

PreparedLabel prepared(std::string bytes) {
    PreparedLabel label;
    label.hash = intake::sha256_hex(bytes);
    label.bytes = std::move(bytes);
    return label;
}

tl::expected<PreparedLabel, RefusedLabel> bytes_of(ReadPage page, const PageJob& job) {
    if (!page.fault.empty()) return refuse("label", page.fault);
    if (auto wrong = unscannable(page, job)) return tl::unexpected(std::move(*wrong));
    if (page.kind == PageKind::zpl) {
        if (auto wrong = zpl_misfit(job.printer)) return tl::unexpected(std::move(*wrong));
        auto bytes =
            printer::channel_zpl(page.zpl, job.comment, joined_marks(job.mark, job.run_text));
        if (!bytes) return refuse("label", bytes.error().what);
        return prepared(std::move(*bytes));
    }
    // A page that leaves no room goes out without them: they may never touch a barcode.
    if (!job.mark.empty()) label::mark_page(page.page, job.mark);
    if (!job.run_text.empty()) label::mark_page(page.page, job.run_text);
    return prepared(job_of(page.page, job.printer, job.comment));
}

struct Drawn {
    std::optional<ReadPage> page;
};

std::string why_none(const Result<FileEnd>& end) {
    if (!end) return end.error().what;
    return end->fault.empty() ? "the file no longer holds this page" : end->fault;
}

}  // namespace

std::optional<std::string> joined_marks(const std::string& mark, const std::string& run_text) {
    if (mark.empty() && run_text.empty()) return std::nullopt;
    return mark.empty() || run_text.empty() ? mark + run_text : mark + "  " + run_text;
}

std::optional<RefusedLabel> unscannable(const ReadPage& page, const PageJob& job) {
    const label_pages::PageCode* weak = nullptr;
    for (const auto& code : page.codes) {
        if (std::ranges::find(job.numbers, code.text) == job.numbers.end()) continue;
        if (code.survives && !code.lost) return std::nullopt;
        weak = &code;
    }
    if (!weak && !job.numbers_seen) return std::nullopt;
    if (!weak)
        return RefusedLabel{"barcode", "no barcode of the drawn page reads as " +
                                           (job.numbers.empty() ? "" : job.numbers.front()) +
                                           ": download the label again"};
    if (!job.paper.growth_refuses && !weak->lost) return std::nullopt;
    const auto dots = weak->module_tenths
                          ? " has " + tenths(weak->module_tenths) + " dots a module at " +
                                std::to_string(job.paper.dpi) + " dpi and"
                          : std::string();
    return RefusedLabel{"barcode", weak->text + dots +
                                       " does not read after one dot of print growth" +
                                       ": use a 300 dpi printer, or a label with a larger barcode"};
}

PagePress::PagePress(boost::asio::any_io_executor loop, const std::string& program, Aside aside)
    : loop_(loop), aside_(std::move(aside)), reader_(loop, reader_options(program)) {}

void PagePress::make(PageJob job, LabelPress::OnPrepared on_prepared) {
    label_pages::PageRequest request;
    request.file = std::move(job.file);
    request.all = false;
    request.place = job.place;
    request.dpi = job.paper.dpi;
    request.width = job.paper.width;
    request.height = job.paper.height;
    request.may_scale = job.paper.may_scale;
    auto drawn = std::make_shared<Drawn>();
    reader_.read(
        std::move(request), [drawn](ReadPage page) { drawn->page = std::move(page); },
        [this, drawn, job = std::move(job), on_prepared](Result<FileEnd> end) {
            if (!drawn->page) return on_prepared(refuse("label", why_none(end)));
            const bool given = aside_([loop = loop_, drawn, job, on_prepared] {
                auto label = bytes_of(std::move(*drawn->page), job);
                boost::asio::post(loop, [on_prepared, label = std::move(label)]() mutable {
                    on_prepared(std::move(label));
                });
            });
            if (!given)
                on_prepared(refuse("label", "too many labels wait to be drawn: scan again"));
        });
}

void PagePress::picture(std::string file, label_pages::PagePlace place, PagePaper paper,
                        OnPicture on_picture) {
    label_pages::PageRequest request;
    request.file = std::move(file);
    request.all = false;
    request.place = place;
    request.dpi = paper.dpi;
    request.width = paper.width;
    request.height = paper.height;
    request.may_scale = true;
    request.decode = false;
    auto drawn = std::make_shared<Drawn>();
    reader_.read(
        std::move(request), [drawn](ReadPage page) { drawn->page = std::move(page); },
        [this, drawn, on_picture = std::move(on_picture)](Result<FileEnd> end) {
            if (!drawn->page) return on_picture(fail(Remedy::stop, why_none(end)));
            if (drawn->page->page.bits.empty())
                return on_picture(fail(Remedy::stop, drawn->page->fault.empty()
                                                         ? "the page has no picture"
                                                         : drawn->page->fault));
            const bool given = aside_([loop = loop_, drawn, on_picture] {
                auto& page = *drawn->page;
                if (page.kind == PageKind::zpl) write_zpl_words(page.page, page.zpl);
                boost::asio::post(loop, [on_picture, png = label::to_png(page.page)]() mutable {
                    on_picture(std::move(png));
                });
            });
            if (!given) on_picture(fail(Remedy::retry, "too many pictures wait: ask again"));
        });
}

std::string pages_program() {
    std::error_code ec;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", ec);
    return (self.parent_path() / "kemas-pages").string();
}

}  // namespace kemas::app
