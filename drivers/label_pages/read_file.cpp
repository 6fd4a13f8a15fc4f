#include "drivers/label_pages/read_file.hpp"

#include <algorithm>
#include <cstdlib>

#include "drivers/label_pages/fit_page.hpp"
#include "drivers/label_pages/judge_codes.hpp"
#include "drivers/label_pages/pdf_file.hpp"
#include "drivers/label_pages/zip_file.hpp"
#include "drivers/label_pages/zpl_file.hpp"
#include "drivers/label_pages/zpl_sketch.hpp"

namespace kemas::label_pages {
namespace {

constexpr int kFiner = 2;  // times the printer's dpi, for what a page shows but a printer cannot
constexpr std::size_t kMostZplBytes = 256U << 10;

// Dots an inch that a PNG's pHYs chunk notes (RFC 2083, 4.2.4.2; pixels a metre); 0 = none. Screen
// densities say nothing about a label and count as none.
int noted_dpi(std::string_view png) {
    constexpr int least = 150;
    const auto at = png.substr(0, 4'096).find("pHYs");
    if (!png.starts_with("\x89PNG") || at == std::string_view::npos || at + 13 > png.size() ||
        png[at + 12] != 1)
        return 0;
    std::int64_t a_metre = 0;
    for (std::size_t i = at + 4; i < at + 8; ++i)
        a_metre = a_metre * 256 + static_cast<unsigned char>(png[i]);
    const auto dpi = (a_metre * 254 + 5'000) / 10'000;
    return dpi >= least && dpi <= 2'400 ? static_cast<int>(dpi) : 0;
}

std::string millimetres(int dots, int dpi) {
    return std::to_string((dots * 254 / dpi + 5) / 10);
}

class FileReader {
 public:
    FileReader(const PageRequest& request, const std::function<bool(ReadPage)>& on_page)
        : request_(request), on_page_(on_page) {}

    FileEnd read() {
        if (is_zip(request_.file))
            read_archive();
        else
            read_one(request_.file, 0, "");
        return std::move(end_);
    }

 private:
    bool wanted(int member, int page) const {
        return request_.all || request_.place == PagePlace{member, page};
    }

    void say(ReadPage page) {
        if (end_.pages >= kMostPages) {
            end_.fault = "the file has more than " + std::to_string(kMostPages) +
                         " pages: the rest was not read, split it";
            stopped_ = true;
            return;
        }
        ++end_.pages;
        if (!on_page_(std::move(page))) stopped_ = true;
    }

    // Of the file itself it is the file's fault; of an archive's member it is a page to look at.
    void refuse(int member, const std::string& name, const std::string& why) {
        if (name.empty()) {
            end_.fault = why;
            return;
        }
        ReadPage page;
        page.place.member = member;
        page.member = name;
        page.fault = why;
        if (wanted(member, 0)) say(std::move(page));
    }

    void read_archive() {
        const auto members = zip_members(request_.file);
        if (!members) {
            end_.fault = members.error();
            return;
        }
        int number = -1;
        for (const auto& member : *members) {
            ++number;
            if (stopped_ || !end_.fault.empty()) return;
            if (member.folder() || member.name.starts_with("__MACOSX/")) continue;
            if (!request_.all && request_.place.member != number) continue;
            const auto name = printable(member.name);
            const auto bytes = unzip(request_.file, member);
            if (!bytes)
                refuse(number, name, name + " " + bytes.error());
            else if (is_zip(*bytes))
                refuse(number, name, name + " is an archive within the archive: unpack it first");
            else
                read_one(*bytes, number, name);
        }
        if (end_.pages == 0 && end_.fault.empty()) end_.fault = "the archive is empty";
    }

    static std::string printable(std::string name) {
        for (char& c : name)
            if (c < ' ' || c > '~') c = '?';
        return name.substr(0, 200);
    }

    void read_one(const std::string& bytes, int member, const std::string& name) {
        if (is_pdf(bytes)) return read_pdf(bytes, member, name);
        if (bytes.starts_with("\x89PNG") || bytes.starts_with("\xFF\xD8"))
            return read_picture_page(bytes, member, name);
        if (is_zpl(bytes)) return read_zpl(bytes, member, name);
        refuse(member, name,
               (name.empty() ? std::string("the file") : name) +
                   " is no PDF, PNG, JPEG, ZPL or ZIP of these");
    }

    void read_pdf(const std::string& bytes, int member, const std::string& name) {
        const auto pdf = PdfFile::open(bytes);
        if (!pdf) return refuse(member, name, pdf.error());
        if (pdf->pages() == 0) return refuse(member, name, "the PDF has no pages");
        for (int i = 0; i < pdf->pages() && !stopped_; ++i) {
            if (!wanted(member, i)) continue;
            ReadPage page;
            page.place = {member, i};
            page.member = name;
            page.kind = PageKind::pdf;
            auto picture = pdf->draw(i, request_.dpi);
            if (!picture)
                page.fault = picture.error();
            else
                place(page, std::move(*picture));
            if (request_.decode && page.fault.empty()) look_finer(page, *pdf, i);
            finish(std::move(page));
        }
    }

    // What reads at twice the dpi and not at the printer's is on the page, but will not be on
    // paper.
    void look_finer(ReadPage& page, const PdfFile& pdf, int number) {
        const bool linear = std::ranges::any_of(
            page.codes, [](const auto& code) { return code.format == "Code128" && code.survives; });
        if (linear) return;
        if (const auto finer = pdf.draw(number, request_.dpi * kFiner))
            add_lost(page.codes, *finer, kFiner);
    }

    void read_picture_page(const std::string& bytes, int member, const std::string& name) {
        ReadPage page;
        page.place = {member, 0};
        page.member = name;
        page.kind = PageKind::picture;
        if (!wanted(member, 0)) return;
        auto picture = camera::read_picture(bytes);
        if (!picture) return refuse(member, name, picture.error());
        constexpr int as_good_as_equal = 3;
        const int noted = noted_dpi(bytes);
        if (noted && std::abs(noted - request_.dpi) > as_good_as_equal && !request_.may_scale) {
            page.fault = "it is drawn for " + std::to_string(noted) + " dpi, the printer has " +
                         std::to_string(request_.dpi) +
                         ": download it for this printer, or as PDF; its bars must not be scaled";
            if (request_.decode) page.codes = codes_in(*picture);
        } else {
            place(page, std::move(*picture));
        }
        finish(std::move(page));
    }

    void place(ReadPage& page, camera::GreyPicture picture) {
        const auto ink = ink_of(picture);
        if (ink.right == 0) {
            page.fault = "the page is white";
            return;
        }
        auto fitted = fit_page(picture, ink, request_.width, request_.height, request_.dpi);
        if (!fitted && request_.may_scale) fitted = scale(page, picture, ink);
        if (!fitted) {
            page.fault =
                "its print is " + millimetres(ink.width(), request_.dpi) + " x " +
                millimetres(ink.height(), request_.dpi) + " mm and does not fit the label of " +
                millimetres(request_.width, request_.dpi) + " x " +
                millimetres(request_.height, request_.dpi) + " mm: download it in the label's size";
            // Its barcodes still say whose it is.
            if (request_.decode) page.codes = codes_in(picture);
            return;
        }
        if (page.fit != Fit::scaled) page.fit = fitted->fit;
        page.page = std::move(fitted->page);
        if (request_.decode) page.codes = judge_codes(page.page);
    }

    std::optional<Fitted> scale(ReadPage& page, const camera::GreyPicture& picture,
                                const Box& ink) {
        page.scale_percent = std::min({request_.width * 100 / ink.width(),
                                       request_.height * 100 / ink.height(), 99}) -
                             1;
        page.fit = Fit::scaled;
        if (page.scale_percent < 1) return std::nullopt;
        const auto small = scaled(picture, page.scale_percent);
        return fit_page(small, ink_of(small), request_.width, request_.height, request_.dpi);
    }

    void read_zpl(const std::string& bytes, int member, const std::string& name) {
        const auto labels = zpl_labels(bytes);
        if (labels.empty())
            return refuse(member, name,
                          "the ZPL holds no label that prints (no ^XA ... ^XZ with a field)");
        for (int i = 0; i < static_cast<int>(labels.size()) && !stopped_; ++i) {
            if (!wanted(member, i)) continue;
            ReadPage page;
            page.place = {member, i};
            page.member = name;
            page.kind = PageKind::zpl;
            page.zpl = labels[static_cast<std::size_t>(i)];
            if (page.zpl.size() > kMostZplBytes) {
                page.fault = "the label is larger than 256 KiB of ZPL";
                page.zpl.clear();
            } else if (request_.decode) {
                page.codes = zpl_codes(page.zpl);
            } else if (request_.bits && request_.width && request_.height) {
                page.page = zpl_sketch(page.zpl, request_.width, request_.height, request_.dpi);
            }
            finish(std::move(page));
        }
    }

    void finish(ReadPage page) {
        if (!request_.bits) page.page.bits.clear();
        if (!request_.bits && page.kind == PageKind::zpl) page.zpl.clear();
        say(std::move(page));
    }

    const PageRequest& request_;
    const std::function<bool(ReadPage)>& on_page_;
    FileEnd end_;
    bool stopped_ = false;
};

}  // namespace

FileEnd read_file(const PageRequest& request, const std::function<bool(ReadPage)>& on_page) {
    return FileReader(request, on_page).read();
}

}  // namespace kemas::label_pages
