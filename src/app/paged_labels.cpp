#include "app/paged_labels.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "app/label_files.hpp"

namespace kemas::app {

PagedLabels::PagedLabels(boost::asio::any_io_executor loop, ReadThread& reader,
                         const settings::Settings& settings)
    : loop_(loop),
      reader_(reader),
      settings_(settings),
      press_(loop, pages_program(), [&reader](std::function<void()> work) {
          return reader.ask([work = std::move(work)](const ReadView&) { work(); });
      }) {}

void PagedLabels::prepare(bool of_run, const EffectRow& effect, const Paper& paper,
                          LabelPress::OnPrepared on_prepared) {
    (of_run ? runs_ : benches_).push_back({effect, paper, std::move(on_prepared)});
    next();
}

void PagedLabels::next() {
    auto& queue = benches_.empty() ? runs_ : benches_;
    if (drawing_ || queue.empty()) return;
    drawing_ = true;
    const Waiting waiting = std::move(queue.front());
    queue.pop_front();
    draw(waiting);
}

void PagedLabels::draw(const Waiting& waiting) {
    const auto done =
        [this, on_prepared = waiting.on_prepared](tl::expected<PreparedLabel, RefusedLabel> label) {
            drawing_ = false;
            on_prepared(std::move(label));
            next();
        };
    const bool asked = reader_.ask([this, waiting, done](const ReadView& view) {
        auto job = job_of_page(view, waiting.effect, waiting.paper);
        boost::asio::post(loop_, [this, done, job = std::move(job)]() mutable {
            if (job) return press_.make(std::move(*job), done);
            done(refuse("label", "its page is no longer the parcel's: look at its labels"));
        });
    });
    if (!asked) done(too_many_labels());
}

std::optional<PageJob> PagedLabels::job_of_page(const ReadView& view, const EffectRow& effect,
                                                const Paper& paper) const {
    const auto page = view.books.label_page_of(effect.parcel);
    const auto file = page ? view.books.label_file(page->file) : std::nullopt;
    const auto parcel = view.books.parcel(effect.parcel);
    if (!file || !parcel) return std::nullopt;
    PageJob job;
    job.file = view.books.blob(file->hash).value_or("");
    job.place = {page->member, page->page};
    job.printer = paper;
    job.paper = paper_of_files(settings_.label_files, paper);
    job.comment = job_comment(*parcel, effect);
    job.numbers = {parcel->tracking_number};
    if (const auto order = view.books.order(parcel->order); order && !order->package_number.empty())
        job.numbers.push_back(order->package_number);
    job.numbers_seen = std::ranges::any_of(page->codes, [&](const auto& code) {
        return std::ranges::find(job.numbers, code.text) != job.numbers.end();
    });
    job.marks = marks_of(view.books, *parcel, effect);
    return job;
}

}  // namespace kemas::app
