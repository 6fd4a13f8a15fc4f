// A label that a channel or a courier has drawn in ZPL, as the bytes a printer gets: stripped of
// what does not draw, with our marks where it is white. Knows no books.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "app/label_words.hpp"
#include "app/page_press.hpp"
#include "app/paper.hpp"

namespace kemas::app {

/// Marks of an earlier print are replaced. A label without room for the mark of a reprint goes out
/// without it and says so (`unmarked`). Refuses a printer that speaks another language, and what
/// printer::channel_zpl() refuses.
tl::expected<PreparedLabel, RefusedLabel> pass_on(const std::string& zpl,
                                                  const std::string& comment,
                                                  const LabelMarks& marks, const Paper& printer,
                                                  const PagePaper& paper);

}  // namespace kemas::app
