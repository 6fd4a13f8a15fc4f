// A PDF's pages as grey pictures. The only place that knows poppler. Runs in the sandboxed child
// only; knows no barcode.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "drivers/camera/grey_picture.hpp"

namespace kemas::label_pages {

bool is_pdf(std::string_view bytes);

/// Loads what drawing needs of the system's files (fonts for what a PDF does not bring along);
/// afterwards no file is opened any more. Call once, before the sandbox.
void gather_fonts();

class PdfFile {
 public:
    /// `bytes` outlive it. Errors: no PDF, damaged, locked with a password.
    static tl::expected<PdfFile, std::string> open(std::string_view bytes);

    int pages() const;
    /// The page at that resolution, each pixel the grey of what covers it. Errors: damaged, larger
    /// than a picture may be, a font that it neither brings along nor we have.
    tl::expected<camera::GreyPicture, std::string> draw(int page, int dpi) const;

 private:
    struct Document;
    std::shared_ptr<Document> document_;
};

}  // namespace kemas::label_pages
