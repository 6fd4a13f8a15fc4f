// A layout and a content become a page. A pure function of both: same input, same dots, on any
// thread. Knows no printer and no parcel.
#pragma once

#include <tl/expected.hpp>

#include "core/page.hpp"
#include "label/content.hpp"
#include "label/layout.hpp"

namespace kemas::label {

/// Draws the label in 1 bit. Nothing is ever cut: an empty required field, a text or barcode that
/// does not fit, or ink in a barcode's quiet zone is a refusal that names the field. Barcodes lie
/// on whole dots; what each must read back as is in the answer. May run on several threads at once.
tl::expected<DrawnLabel, LabelRefusal> draw(const Layout& layout, const LabelContent& content);

}  // namespace kemas::label
