// What is asked of a file of labels and what one of its pages turned out to be. Shared by the
// daemon and the child that reads; knows no library.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/page.hpp"

namespace kemas::label_pages {

inline constexpr std::size_t kMostFileBytes = 32U << 20;
inline constexpr int kMostPages = 1'000;    // of one file, all members of an archive together
inline constexpr int kMostMembers = 1'000;  // of an archive
inline constexpr std::size_t kMostUnpackedBytes = 256U << 20;  // of an archive
inline constexpr std::size_t kMostCodes = 40;                  // of a page

// A page within a file: the member of an archive (0 where there is none) and its page, from 0.
struct PagePlace {
    int member = 0, page = 0;
    friend auto operator<=>(const PagePlace&, const PagePlace&) = default;
};

struct PageRequest {
    std::string file;
    bool all = true;  // else only `place`
    PagePlace place;
    int dpi = 203;
    int width = 0, height = 0;  // of the printer's label, dots; 0 = the page's own size
    bool may_scale = false;     // when cropping white margin is not enough
    bool decode = true;         // read its barcodes, also after print growth; false = for eyes
    bool bits = true;           // the drawn page itself
};

struct PageCode {
    std::string format, text;  // "Code128"; the text as read, any byte
    bool survives = true;      // still reads the same after one dot of print growth
    bool lost = false;         // reads only when drawn finer than the printer can
    int module_tenths = 0;     // tenths of a dot a module at the printer's dpi; 0 = not known
    friend bool operator==(const PageCode&, const PageCode&) = default;
};

enum class PageKind : std::uint8_t { unknown, pdf, picture, zpl };
enum class Fit : std::uint8_t { whole, cropped, turned, scaled };

struct ReadPage {
    PagePlace place;
    std::string member;  // its name within an archive
    PageKind kind = PageKind::unknown;
    std::string fault;  // why there is nothing to print; empty = there is
    Fit fit = Fit::whole;
    int scale_percent = 100;
    Page page;  // pdf, picture: as the printer would draw it; without bits when not asked for;
                // zpl: a sketch of it, only for eyes
    std::string zpl;              // zpl: the text of this one label
    std::vector<PageCode> codes;  // from top to bottom
};

// The whole file: how many pages it held, and why no more could be read.
struct FileEnd {
    int pages = 0;
    std::string fault;  // empty = all of it was read
};

}  // namespace kemas::label_pages
