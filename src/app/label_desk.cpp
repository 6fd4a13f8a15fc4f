#include "app/label_desk.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "app/label_content.hpp"
#include "app/label_files.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "intake/seal.hpp"
#include "label/draw.hpp"

namespace kemas::app {
namespace {

// A job's name on the wire: parcel and revision are unique, the number is for people.
std::string job_comment(const Parcel& parcel, const EffectRow& effect) {
    return "kemas parcel=" + std::to_string(parcel.id.value) +
           " rev=" + std::to_string(effect.revision) + " tracking=" + parcel.tracking_number;
}

tl::unexpected<RefusedLabel> refuse(std::string field, std::string why) {
    return tl::unexpected(RefusedLabel{std::move(field), std::move(why)});
}

constexpr int kTries = 3;  // to get a courier's label, before the parcel is held
constexpr auto kBetweenTries = std::chrono::seconds(2);

// Its bytes are nobody's we trust: only what draws one label goes on, and only with its number.
tl::expected<std::string, RefusedLabel> passed_on(const CourierLabel& label,
                                                  const std::string& number,
                                                  const std::string& comment, const Paper& paper) {
    if (label.format != "zpl")
        return refuse("label", "the courier gives it as " + label.format +
                                   ", only zpl can be passed on: set label = \"drawn\" of this "
                                   "service in the site's file, or print it there");
    if (auto wrong = zpl_misfit(paper)) return tl::unexpected(std::move(*wrong));
    auto bytes = printer::channel_zpl(label.bytes, comment);
    if (!bytes) return refuse("label", "of the courier: " + bytes.error().what);
    const auto codes = printer::zpl_barcodes(*bytes);
    if (std::ranges::find(codes, number) == codes.end())
        return refuse("label", "the courier's has no Code 128 that says " + number +
                                   ": ask the courier, or set label = \"drawn\" of this service");
    return *bytes;
}

PreparedLabel prepared(std::string bytes) {
    PreparedLabel label;
    label.hash = intake::sha256_hex(bytes);
    label.bytes = std::move(bytes);
    return label;
}

std::string reprint_mark(const Parcel& parcel, const EffectRow& effect) {
    return effect.reprint_reason.empty() ? "" : "REPRINT " + std::to_string(parcel.reprints);
}

std::string run_text(const ledger::SqlBooks& books, ParcelId parcel) {
    const auto run = books.run_place_of(parcel);
    if (!run) return "";
    return "run " + std::to_string(run->run.value) + "  " + std::to_string(run->place) + "/" +
           std::to_string(run->of);
}

}  // namespace

tl::expected<PreparedLabel, RefusedLabel> LabelDesk::make(const ReadView& view,
                                                          const EffectRow& effect,
                                                          const Paper& paper) {
    const auto parcel = view.books.parcel(effect.parcel);
    if (!parcel) return refuse("parcel", "is not in the books");
    const auto comment = job_comment(*parcel, effect);
    // A courier's own one is here when it was printed before: a reprint asks nobody.
    const bool courier_label =
        service_plan(settings_.site.policy.couriers, parcel->courier, parcel->service)
            .courier_label;
    if (parcel->arranged == Arranger::channel || (courier_label && !parcel->label.empty())) {
        const auto zpl = view.books.blob(parcel->label);
        if (!zpl) return refuse("label", "its bytes are no longer kept: fetch it again");
        if (auto wrong = zpl_misfit(paper)) return tl::unexpected(std::move(*wrong));
        auto bytes = printer::channel_zpl(
            *zpl, comment,
            joined_marks(reprint_mark(*parcel, effect), run_text(view.books, parcel->id)));
        if (!bytes) return refuse("label", bytes.error().what);
        return prepared(std::move(*bytes));
    }
    const auto content =
        label_content(view.books, *parcel, effect, settings_, view.books.tariff_head().currency);
    const auto layout = layout_for(paper);
    if (!layout) return refuse("dpi", layout.error().what);
    const auto drawn = label::draw(**layout, content);
    if (!drawn) return refuse(drawn.error().field, drawn.error().why);
    if (auto wrong = misfit(drawn->page, paper)) return tl::unexpected(std::move(*wrong));
    if (auto wrong = check_.misread(*drawn)) return refuse(wrong->field, wrong->why);
    return prepared(job_of(drawn->page, paper, comment));
}

Result<const label::Layout*> LabelDesk::layout_for(const Paper& paper) {
    const auto& heads = paper.dpi;
    if (heads.empty() || std::find(heads.begin(), heads.end(), layout_.dpi) != heads.end())
        return &layout_;
    const int dpi = heads.front();
    const auto known = other_layouts_.find(dpi);
    if (known != other_layouts_.end()) return &known->second;
    auto layout = label::load_layout(settings_.label.layout, dpi);
    if (!layout) return tl::unexpected(layout.error());
    return &other_layouts_.emplace(dpi, std::move(*layout)).first->second;
}

LabelDesk::LabelDesk(boost::asio::any_io_executor loop, ReadThread& reader, label::Layout layout,
                     const settings::Settings& settings, const std::string& decoder)
    : loop_(loop),
      reader_(reader),
      layout_(std::move(layout)),
      settings_(settings),
      pages_(loop, pages_program(),
             [&reader](std::function<void()> work) {
                 return reader.ask([work = std::move(work)](const ReadView&) { work(); });
             }),
      papers_(papers_of(settings)),
      check_(decoder) {}

std::optional<PageJob> LabelDesk::page_job(const ReadView& view, const EffectRow& effect,
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
    job.mark = reprint_mark(*parcel, effect);
    job.run_text = run_text(view.books, parcel->id);
    return job;
}

void LabelDesk::prepare(const EffectRow& effect, OnPrepared on_prepared) {
    const auto known = papers_.find(effect.device);
    const Paper paper = known == papers_.end() ? Paper{} : known->second;
    const bool asked = reader_.ask([this, effect, on_prepared, paper](const ReadView& view) {
        if (auto theirs = theirs_of(view, effect))
            return boost::asio::post(loop_,
                                     [this, theirs = std::move(*theirs), paper, on_prepared] {
                                         get_theirs(theirs, paper, on_prepared, kTries);
                                     });
        if (view.books.label_page_of(effect.parcel)) {
            const bool of_run = view.books.run_place_of(effect.parcel).has_value();
            boost::asio::post(loop_, [this, of_run, effect, on_prepared, paper] {
                wait_for_page(of_run, {effect, paper, on_prepared});
            });
            return;
        }
        auto label = make(view, effect, paper);
        boost::asio::post(loop_, [on_prepared, label = std::move(label)]() mutable {
            on_prepared(std::move(label));
        });
    });
    if (!asked)
        on_prepared(refuse("label", "too many labels wait to be drawn: scan the order again"));
}

std::optional<LabelDesk::Theirs> LabelDesk::theirs_of(const ReadView& view,
                                                      const EffectRow& effect) const {
    const auto parcel = view.books.parcel(effect.parcel);
    if (!parcel || parcel->arranged != Arranger::us || !parcel->label.empty()) return std::nullopt;
    const auto& plans = settings_.site.policy.couriers;
    if (!service_plan(plans, parcel->courier, parcel->service).courier_label) return std::nullopt;
    const auto ask = view.books.ask_by_number(parcel->tracking_number);
    if (!ask || ask->parcel != parcel->id || ask->state != AskState::given) return std::nullopt;
    return Theirs{ask->courier, ask->reference, ask->number, job_comment(*parcel, effect)};
}

void LabelDesk::get_theirs(const Theirs& theirs, const Paper& paper, const OnPrepared& on_prepared,
                           int tries_left) {
    ask_courier_(theirs.courier, theirs.reference, [=, this](const Result<CourierLabel>& label) {
        if (label) {
            auto bytes = passed_on(*label, theirs.number, theirs.comment, paper);
            if (bytes) return on_prepared(prepared(std::move(*bytes)));
            return on_prepared(tl::unexpected(bytes.error()));
        }
        if (tries_left <= 1) return on_prepared(refuse("label", label.error().what));
        auto pause = std::make_shared<boost::asio::steady_timer>(loop_, kBetweenTries);
        pause->async_wait([=, this](const boost::system::error_code& error) {
            if (!error) get_theirs(theirs, paper, on_prepared, tries_left - 1);
            (void)pause;  // lives until then
        });
    });
}

void LabelDesk::wait_for_page(bool of_run, Waiting waiting) {
    (of_run ? runs_ : benches_).push_back(std::move(waiting));
    next_page();
}

void LabelDesk::next_page() {
    auto& queue = benches_.empty() ? runs_ : benches_;
    if (drawing_ || queue.empty()) return;
    drawing_ = true;
    const Waiting waiting = std::move(queue.front());
    queue.pop_front();
    draw_page(waiting);
}

void LabelDesk::draw_page(const Waiting& waiting) {
    const auto done =
        [this, on_prepared = waiting.on_prepared](tl::expected<PreparedLabel, RefusedLabel> label) {
            drawing_ = false;
            on_prepared(std::move(label));
            next_page();
        };
    const bool asked = reader_.ask([this, waiting, done](const ReadView& view) {
        auto job = page_job(view, waiting.effect, waiting.paper);
        boost::asio::post(loop_, [this, done, job = std::move(job)]() mutable {
            if (job) return pages_.make(std::move(*job), done);
            done(refuse("label", "its page is no longer the parcel's: look at its labels"));
        });
    });
    if (!asked) done(refuse("label", "too many labels wait to be drawn: scan the order again"));
}

void LabelDesk::fetch(const EffectRow& effect, OnBytes on_bytes) {
    reader_.ask([this, effect, on_bytes](const ReadView& view) {
        if (effect.kind == EffectKind::print_sheet) {
            boost::asio::post(loop_, [on_bytes, bytes = view.books.blob(effect.bytes)]() mutable {
                on_bytes(std::move(bytes));
            });
            return;
        }
        const auto parcel = view.books.parcel(effect.parcel);
        auto bytes = parcel ? view.books.blob(parcel->label) : std::nullopt;
        boost::asio::post(
            loop_, [on_bytes, bytes = std::move(bytes)]() mutable { on_bytes(std::move(bytes)); });
    });
}

}  // namespace kemas::app
