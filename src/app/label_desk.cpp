#include "app/label_desk.hpp"

#include <boost/asio/post.hpp>

namespace kemas::app {

LabelDesk::LabelDesk(boost::asio::any_io_executor loop, ReadThread& reader, label::Layout layout,
                     const settings::Settings& settings, const std::string& decoder)
    : loop_(loop),
      reader_(reader),
      papers_(papers_of(settings)),
      drawn_(std::move(layout), settings, decoder),
      passed_on_(loop, settings),
      paged_(loop, reader, settings) {
    passed_on_.use_paper(
        [this](const auto& theirs, const auto& label, const auto& paper, const auto& on_prepared) {
            take_paper(theirs, label, paper, on_prepared);
        });
}

void LabelDesk::prepare(const EffectRow& effect, OnPrepared on_prepared) {
    const auto known = papers_.find(effect.device);
    const Paper paper = known == papers_.end() ? Paper{} : known->second;
    const bool asked = reader_.ask([this, effect, on_prepared, paper](const ReadView& view) {
        choose_way(view, effect, paper, on_prepared);
    });
    if (!asked) on_prepared(too_many_labels());
}

void LabelDesk::choose_way(const ReadView& view, const EffectRow& effect, const Paper& paper,
                           const OnPrepared& on_prepared) {
    if (auto theirs = passed_on_.theirs_of(view, effect))
        return boost::asio::post(loop_, [this, theirs = std::move(*theirs), paper, on_prepared] {
            passed_on_.get(theirs, paper, on_prepared);
        });
    if (view.books.label_page_of(effect.parcel)) {
        const bool of_run = view.books.run_place_of(effect.parcel).has_value();
        return boost::asio::post(loop_, [this, of_run, effect, on_prepared, paper] {
            paged_.prepare(of_run, effect, paper, on_prepared);
        });
    }
    const auto parcel = view.books.parcel(effect.parcel);
    tl::expected<PreparedLabel, RefusedLabel> label = refuse("parcel", "is not in the books");
    if (parcel)
        label = passed_on_.is_theirs(*parcel) ? passed_on_.make(view, effect, *parcel, paper)
                                              : drawn_.make(view, effect, *parcel, paper);
    boost::asio::post(loop_, [on_prepared, label = std::move(label)]() mutable {
        on_prepared(std::move(label));
    });
}

void LabelDesk::take_paper(const PassedOnLabels::Theirs& theirs, const CourierLabel& label,
                           const Paper& paper, const OnPrepared& on_prepared) {
    const auto on_read = [=, this, format = label.format](const std::string& why) {
        if (!why.empty()) return on_prepared(refuse("label", "of the courier: " + why));
        const bool asked = reader_.ask([=, this](const ReadView& view) {
            const bool bound = view.books.label_page_of(theirs.effect.parcel).has_value();
            boost::asio::post(loop_, [=, this] {
                if (bound) return paged_.prepare(false, theirs.effect, paper, on_prepared);
                on_prepared(refuse("label", "no page of the courier's " + format + " is that of " +
                                                theirs.number +
                                                ": look at the list of unmatched labels, and ask "
                                                "the courier"));
            });
        });
        if (!asked) on_prepared(too_many_labels());
    };
    keep_paper_(theirs.reference + "." + label.format, theirs.courier, label.bytes, on_read);
}

void LabelDesk::fetch(const EffectRow& effect, OnBytes on_bytes) {
    reader_.ask([this, effect, on_bytes](const ReadView& view) {
        const auto parcel = view.books.parcel(effect.parcel);
        const bool sheet = effect.kind == EffectKind::print_sheet;
        auto bytes = sheet    ? view.books.blob(effect.bytes)
                     : parcel ? view.books.blob(parcel->label)
                              : std::nullopt;
        boost::asio::post(
            loop_, [on_bytes, bytes = std::move(bytes)]() mutable { on_bytes(std::move(bytes)); });
    });
}

}  // namespace kemas::app
