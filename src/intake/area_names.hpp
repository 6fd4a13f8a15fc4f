// A courier's names of areas to the site's area codes: by an alias that a person confirmed, by name
// within its parent, or as suggestions. Knows no tariff.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kemas::intake {

struct NamedArea {
    std::string code;    // "32.16.09"; the parent's code is its beginning
    std::string name;    // "Cikarang Utara", "Kabupaten Bekasi", "KOTA ADM. JAKARTA PUSAT"
    std::string parent;  // its name; may be empty
};
struct AreaAlias {  // what a courier calls an area, in one cell or as its own code
    std::string theirs, code;
};

struct AreaMatch {
    std::string code;                      // empty: not found, or not one alone
    std::string why;                       // when empty: for people
    std::vector<NamedArea> suggestions{};  // the nearest first; at most five
};

// Capitals, one space between words, without punctuation; "KAB.", "KABUPATEN", "KOTA ADM.",
// "KECAMATAN" and their like are taken off.
std::string bare_area_name(std::string_view name);

// Letters to insert, delete or replace; `most` + 1 as soon as it is sure to be more than `most`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

class AreaNames {
 public:
    AreaNames(std::vector<NamedArea> areas, std::vector<AreaAlias> aliases);
    // `parent` "" asks for a name that occurs once. Of 7,285 districts 290 names occur in more than
    // one regency, and 26 regencies exist as kabupaten and as kota (couriers-labels.md, 1.4).
    AreaMatch match(std::string_view name, std::string_view parent) const;

 private:
    struct Entry {
        std::string bare, bare_parent;
        char kind, parent_kind;  // 'k' kabupaten, 'c' kota, ' ' not said
        std::size_t area;
    };
    AreaMatch nearest(const Entry& wanted, std::string_view name) const;

    std::vector<NamedArea> areas_;
    std::vector<Entry> entries_;      // by bare name
    std::vector<AreaAlias> aliases_;  // by bare theirs
};

}  // namespace kemas::intake
