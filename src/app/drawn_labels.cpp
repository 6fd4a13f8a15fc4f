#include "app/drawn_labels.hpp"

#include <algorithm>

#include "app/label_content.hpp"
#include "label/draw.hpp"

namespace kemas::app {

DrawnLabels::DrawnLabels(label::Layout layout, const settings::Settings& settings,
                         const std::string& decoder)
    : layout_(std::move(layout)), settings_(settings), check_(decoder) {}

tl::expected<PreparedLabel, RefusedLabel> DrawnLabels::make(const ReadView& view,
                                                            const EffectRow& effect,
                                                            const Parcel& parcel,
                                                            const Paper& paper) {
    const auto content =
        label_content(view.books, parcel, effect, settings_, view.books.tariff_head().currency);
    const auto layout = layout_for(paper);
    if (!layout) return refuse("dpi", layout.error().what);
    const auto drawn = label::draw(**layout, content);
    if (!drawn) return refuse(drawn.error().field, drawn.error().why);
    if (auto wrong = misfit(drawn->page, paper)) return tl::unexpected(std::move(*wrong));
    if (auto wrong = check_.misread(*drawn)) return refuse(wrong->field, wrong->why);
    return prepared(job_of(drawn->page, paper, job_comment(parcel, effect)));
}

Result<const label::Layout*> DrawnLabels::layout_for(const Paper& paper) {
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

}  // namespace kemas::app
