// Files of labels as marketplaces send them: PDFs by cairo with vector barcodes by libzint,
// archives.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kemas::label_pages {

struct PaperCode {
    int symbology = 20;  // zint's number: 20 Code 128, 58 QR Code
    std::string text;
    double x_mm = 10, y_mm = 10;
    double width_mm = 70;  // of all its modules
    double height_mm = 20;
};

struct Paper {
    double width_mm = 105, height_mm = 148;  // A6
    std::vector<PaperCode> codes;
    std::string words;  // one line of text at the foot, in a font that is embedded
};

std::string pdf_of(const std::vector<Paper>& papers);

/// A one-page PDF of 100 x 150 mm whose text is in `font`, which it does not bring along.
std::string pdf_with_foreign_font(const std::string& font, const std::string& words);

/// A ZIP archive, deflated, of (name, bytes).
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace kemas::label_pages
