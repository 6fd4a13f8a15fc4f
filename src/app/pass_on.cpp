#include "app/pass_on.hpp"

#include "drivers/printer/zpl_codec.hpp"
#include "drivers/printer/zpl_mark.hpp"

namespace kemas::app {

tl::expected<PreparedLabel, RefusedLabel> pass_on(const std::string& zpl,
                                                  const std::string& comment,
                                                  const LabelMarks& marks, const Paper& printer,
                                                  const PagePaper& paper) {
    if (auto wrong = zpl_misfit(printer)) return tl::unexpected(std::move(*wrong));
    auto bytes = printer::channel_zpl(printer::unmarked_zpl(zpl), comment);
    if (!bytes) return refuse("label", bytes.error().what);
    const printer::ZplPaper label{paper.width, paper.height, paper.dpi};
    const auto both = marks.reprint.empty() || marks.run.empty() ? marks.reprint + marks.run
                                                                 : marks.reprint + "  " + marks.run;
    if (both.empty()) return prepared(std::move(*bytes));
    if (auto marked = printer::marked_zpl(*bytes, both, label)) return prepared(std::move(*marked));
    if (marks.reprint.empty()) return prepared(std::move(*bytes));
    // The shorter one finds room more easily, and it is the one that must be seen.
    if (auto marked = printer::marked_zpl(*bytes, marks.reprint, label))
        return prepared(std::move(*marked));
    auto bare = prepared(std::move(*bytes));
    bare.unmarked = true;
    return bare;
}

}  // namespace kemas::app
