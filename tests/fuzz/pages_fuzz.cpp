// Files of labels as anybody may send them: archives, ZPL and its pictures, forms, and what the
// page-reading child says. Poppler, libpng and ZXing are others' work behind the sandbox.
#include <string>

#include "app/form_data.hpp"
#include "drivers/label_pages/fit_page.hpp"
#include "drivers/label_pages/judge_codes.hpp"
#include "drivers/label_pages/page_wire.hpp"
#include "drivers/label_pages/zip_file.hpp"
#include "drivers/label_pages/zpl_file.hpp"
#include "drivers/label_pages/zpl_graphic.hpp"
#include "drivers/label_pages/zpl_sketch.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using namespace kemas::label_pages;
using fuzz::Feed, fuzz::must;

// Reading barcodes has a target of its own.
std::vector<PageCode> label_pages::judge_codes(const Page&) {
    return {};
}

namespace {

bool filled(const Page& page) {
    return page.bits.size() ==
           static_cast<std::size_t>(page.row_bytes()) * static_cast<std::size_t>(page.height);
}

void archive(std::string_view bytes) {
    const auto members = zip_members(bytes);
    if (!members) return must(!members.error().empty(), "a refused archive says why");
    must(members->size() <= static_cast<std::size_t>(kMostMembers), "no more members than allowed");
    std::size_t all = 0;
    for (const auto& member : *members) {
        const auto unpacked = unzip(bytes, member);
        if (!unpacked) {
            must(!unpacked.error().empty(), "a refused member says why");
            continue;
        }
        must(unpacked->size() == member.unpacked, "a member is as long as the directory says");
        all += unpacked->size();
    }
    must(all <= kMostUnpackedBytes, "no more bytes than allowed");
}

void zpl(std::string_view text) {
    const auto labels = zpl_labels(text);
    must(labels.size() <= static_cast<std::size_t>(kMostPages) + 1, "no more labels than allowed");
    for (const auto& label : labels) {
        must(zpl_codes(label).size() <= kMostCodes, "no more codes than allowed");
        must(filled(zpl_sketch(label, 400, 300, 203)), "a sketch is whole");
    }
}

void graphic(Feed& feed) {
    const std::string command = feed.byte() % 2 ? "^GF" : "~DG";
    const auto page = graphic_of(command, feed.rest());
    if (!page) return;
    must(filled(*page), "a graphic is whole");
    if (page->bits.size() < 10'000) must(filled(grown(*page)), "growth keeps the size");
}

void page(Feed& feed) {
    camera::GreyPicture picture;
    const auto width = 1U + feed.byte() % 64U, height = 1U + feed.byte() % 64U;
    const int label_width = 1 + feed.byte() % 80, label_height = 1 + feed.byte() % 80;
    camera::make_room(picture, width, height);
    const auto grey = feed.rest();
    for (std::size_t i = 0; i < picture.grey.size() && i < grey.size(); ++i)
        picture.grey[i] = static_cast<std::uint8_t>(grey[i]);
    const auto ink = ink_of(picture);
    if (const auto fitted = fit_page(picture, ink, label_width, label_height, 203)) {
        must(filled(fitted->page), "a fitted page is whole");
        int black = 0, dark = 0;
        for (int y = 0; y < fitted->page.height; ++y)
            for (int x = 0; x < fitted->page.width; ++x) black += fitted->page.black(x, y);
        for (const auto each : picture.grey) dark += each < 128;
        must(black == dark, "no dot of ink is lost, none is made");
    }
}

void wire(std::string_view bytes) {
    if (const auto request = request_of(bytes))
        must(to_bytes(*request) == bytes, "a request reads as it was written");
    if (const auto read = page_of(bytes)) {
        must(read->page.bits.empty() || filled(read->page), "a page of the child is whole");
        must(read->codes.size() <= kMostCodes, "no more codes than allowed");
    }
    (void)end_of(bytes);
}

void form(Feed& feed) {
    const std::string boundary(feed.take(feed.byte() % 8U));
    const auto body = feed.rest();
    const auto file = app::file_in("multipart/form-data; boundary=" + boundary, body);
    if (!file) return must(!file.error().empty(), "a refused form says why");
    must(body.find(file->bytes) != std::string_view::npos, "the file is of the body");
    must(file->name.find('/') == std::string::npos, "no folder in its name");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed feed(data, size);
    switch (feed.byte() % 6) {
        case 0:
            archive(feed.rest());
            break;
        case 1:
            zpl(feed.rest());
            break;
        case 2:
            graphic(feed);
            break;
        case 3:
            page(feed);
            break;
        case 4:
            wire(feed.rest());
            break;
        default:
            form(feed);
    }
    return 0;
}
