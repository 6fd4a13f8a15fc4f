// Labels that we draw: from the layout and the parcel's books to verified bytes. On one thread that
// may take its time. Knows no courier's and no channel's label.
#pragma once

#include <map>

#include "app/label_words.hpp"
#include "app/paper.hpp"
#include "app/read_thread.hpp"
#include "drivers/camera/drawn_check.hpp"
#include "label/layout.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class DrawnLabels {
 public:
    // `decoder` is the path of kemas-decode, which reads every drawn barcode back.
    DrawnLabels(label::Layout layout, const settings::Settings& settings,
                const std::string& decoder);

    tl::expected<PreparedLabel, RefusedLabel> make(const ReadView& view, const EffectRow& effect,
                                                   const Parcel& parcel, const Paper& paper);

 private:
    // The layout at that printer's density. Faults: the file went, or does not fit there.
    Result<const label::Layout*> layout_for(const Paper& paper);

    label::Layout layout_;
    std::map<int, label::Layout> other_layouts_;  // by dpi
    const settings::Settings& settings_;
    camera::DrawnCheck check_;
};

}  // namespace kemas::app
