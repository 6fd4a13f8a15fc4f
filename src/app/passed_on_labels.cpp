#include "app/passed_on_labels.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "app/label_files.hpp"
#include "app/pass_on.hpp"
#include "drivers/printer/zpl_codec.hpp"

namespace kemas::app {
namespace {

constexpr int kTries = 3;  // to get a courier's label, before the parcel is held
constexpr auto kBetweenTries = std::chrono::seconds(2);

}  // namespace

bool PassedOnLabels::is_theirs(const Parcel& parcel) const {
    if (parcel.arranged == Arranger::channel) return true;
    // A courier's own one is here when it was printed before: a reprint asks nobody.
    const auto& plans = settings_.site.policy.couriers;
    return service_plan(plans, parcel.courier, parcel.service).courier_label &&
           !parcel.label.empty();
}

tl::expected<PreparedLabel, RefusedLabel> PassedOnLabels::make(const ReadView& view,
                                                               const EffectRow& effect,
                                                               const Parcel& parcel,
                                                               const Paper& paper) const {
    const auto zpl = view.books.blob(parcel.label);
    if (!zpl) return refuse("label", "its bytes are no longer kept: fetch it again");
    return pass_on(*zpl, job_comment(parcel, effect), marks_of(view.books, parcel, effect), paper,
                   paper_of_files(settings_.label_files, paper));
}

std::optional<PassedOnLabels::Theirs> PassedOnLabels::theirs_of(const ReadView& view,
                                                                const EffectRow& effect) const {
    const auto parcel = view.books.parcel(effect.parcel);
    if (!parcel || parcel->arranged != Arranger::us || !parcel->label.empty()) return std::nullopt;
    const auto& plans = settings_.site.policy.couriers;
    if (!service_plan(plans, parcel->courier, parcel->service).courier_label) return std::nullopt;
    const auto ask = view.books.ask_by_number(parcel->tracking_number);
    if (!ask || ask->parcel != parcel->id || ask->state != AskState::given) return std::nullopt;
    return Theirs{ask->courier, ask->reference, ask->number, job_comment(*parcel, effect), effect};
}

// Its bytes are nobody's we trust: only what draws one label goes on, and only with its number.
tl::expected<PreparedLabel, RefusedLabel> PassedOnLabels::checked(const CourierLabel& label,
                                                                  const Theirs& theirs,
                                                                  const Paper& paper) const {
    auto made = pass_on(label.bytes, theirs.comment, {}, paper,
                        paper_of_files(settings_.label_files, paper));
    if (!made) {
        if (made.error().field == "label" && !zpl_misfit(paper))
            made.error().why = "of the courier: " + made.error().why;
        return made;
    }
    const auto codes = printer::zpl_barcodes(made->bytes);
    if (std::ranges::find(codes, theirs.number) == codes.end())
        return refuse("label", "the courier's has no Code 128 that says " + theirs.number +
                                   ": ask the courier, or set label = \"drawn\" of this service");
    return made;
}

void PassedOnLabels::get(const Theirs& theirs, const Paper& paper,
                         const LabelPress::OnPrepared& on_prepared) {
    get(theirs, paper, on_prepared, kTries);
}

void PassedOnLabels::get(const Theirs& theirs, const Paper& paper,
                         const LabelPress::OnPrepared& on_prepared, int tries_left) {
    ask_courier_(theirs.courier, theirs.reference, [=, this](const Result<CourierLabel>& label) {
        if (label && label->format != "zpl") return on_paper_(theirs, *label, paper, on_prepared);
        if (label) return on_prepared(checked(*label, theirs, paper));
        if (tries_left <= 1) return on_prepared(refuse("label", label.error().what));
        auto pause = std::make_shared<boost::asio::steady_timer>(loop_, kBetweenTries);
        pause->async_wait([=, this](const boost::system::error_code& error) {
            if (!error) get(theirs, paper, on_prepared, tries_left - 1);
            (void)pause;  // lives until then
        });
    });
}

}  // namespace kemas::app
