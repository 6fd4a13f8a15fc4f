#include "app/label_words.hpp"

#include "intake/seal.hpp"

namespace kemas::app {

LabelMarks marks_of(const ledger::SqlBooks& books, const Parcel& parcel, const EffectRow& effect) {
    LabelMarks marks;
    if (!effect.about.empty()) marks.reprint = "REPRINT " + std::to_string(parcel.reprints);
    if (const auto run = books.run_place_of(parcel.id))
        marks.run = "run " + std::to_string(run->run.value) + "  " + std::to_string(run->place) +
                    "/" + std::to_string(run->of);
    return marks;
}

std::string job_comment(const Parcel& parcel, const EffectRow& effect) {
    return "kemas parcel=" + std::to_string(parcel.id.value) +
           " rev=" + std::to_string(effect.revision) + " tracking=" + parcel.tracking_number;
}

PreparedLabel prepared(std::string bytes) {
    PreparedLabel label;
    label.hash = intake::sha256_hex(bytes);
    label.bytes = std::move(bytes);
    return label;
}

tl::unexpected<RefusedLabel> refuse(std::string field, std::string why) {
    return tl::unexpected(RefusedLabel{std::move(field), std::move(why)});
}

tl::unexpected<RefusedLabel> too_many_labels() {
    return refuse("label", "too many labels wait to be drawn: scan the order again");
}

}  // namespace kemas::app
