// What shops declare held against what their parcels weighed: which goods are wrong in a shop's
// catalogue, what that costs, and what to enter there. Knows no books and no tariff.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/channels.hpp"
#include "core/ids.hpp"
#include "core/quantities.hpp"

namespace kemas::declared {

struct Units {
    std::string channel, shop, sku;  // of the order that wanted them
    std::int64_t count = 0;
};

// A parcel that a channel arranged, as it was sent.
struct SentParcel {
    ParcelId id;
    std::string channel, shop, external_id;  // of the order it was opened for
    std::string package_number, tracking_number;
    std::string courier, service, area_code, postal_code;
    Instant labelled_at;
    Milligrams gross;
    bool on_scale = false;  // not typed in by a person
    std::string carton;
    Milligrams tare;     // of the carton; 0 = not known
    Size outer;          // all zero = not known
    bool rigid = false;  // a box, whose size does not depend on what is in it
    std::vector<Units> items;
    std::optional<DeclaredLoad> declared;  // of the package as a whole, by its channel
};

// What is known of one SKU in one shop, before any parcel of it.
struct KnownSku {
    std::string name;
    Milligrams weight;  // of the SKU list; 0 = not known
    Size size;
    std::optional<DeclaredLoad> listed;  // one unit, in the shop's catalogue
};

struct Sources {
    std::function<KnownSku(const Units&)> sku;  // asked once for each channel, shop and SKU
    // What the parcel's courier asks when it is such a load; nothing = no tariff says.
    std::function<std::optional<Money>(const SentParcel&, const DeclaredLoad&)> price;
    std::function<std::int64_t(const SentParcel&)> divisor;  // of its service; 0 = not known
};

enum class Told { nowhere, catalogue, package };
enum class Found { nowhere, parcels, sku_list };
std::string_view to_text(Told told);
std::string_view to_text(Found found);

// Sums over parcels. `cost` is what they cost as they were less what they cost as declared: above
// zero we pay it, below zero the buyer paid too much.
struct Difference {
    Money cost;
    std::int64_t priced = 0;   // parcels that the cost is of
    std::int64_t unknown = 0;  // and those that no tariff prices, or that are not wholly declared

    void add(std::optional<Money> of_one) {
        if (!of_one) {
            ++unknown;
            return;
        }
        ++priced;
        cost += *of_one;
    }
};

struct Row {
    std::string channel, shop, sku, name;
    std::int64_t parcels = 0, units = 0;
    Told told = Told::nowhere;
    DeclaredLoad declared;  // one unit
    Found weight_found = Found::nowhere, size_found = Found::nowhere;
    std::int64_t alone = 0;                     // parcels that held nothing else
    Milligrams goods;                           // one unit
    DeclaredLoad ours;                          // one unit with its share of the packaging
    std::int64_t divisor = 0;                   // of most of the parcels; 0 = not known
    std::int64_t weight_off = 0, size_off = 0;  // basis points; below zero: too little declared
    bool too_low = false;                       // on the whole
    Difference difference;
    DeclaredLoad correction;  // one unit, whole grams
};

// A package of several SKUs whose declared load is not the parcel's.
struct PackageRow {
    SentParcel parcel;
    std::int64_t weight_off = 0, size_off = 0;
    std::optional<Money> cost;
};

struct Report {
    std::int64_t compared = 0, not_on_scale = 0, not_declared = 0;  // parcels
    std::int64_t skus = 0, skus_not_declared = 0, skus_not_measured = 0;
    std::vector<Row> rows;             // the dearest first
    std::vector<PackageRow> packages;  // likewise, at most kMostPackages
    std::int64_t packages_off = 0;
};
inline constexpr std::size_t kMostPackages = 1000;

class Comparison {
 public:
    // What differs by more than this share of ours is told.
    explicit Comparison(std::int64_t share_basis_points) : share_(share_basis_points) {}
    Comparison(const Comparison&) = delete;
    Comparison& operator=(const Comparison&) = delete;

    void add(const SentParcel& parcel, const Sources& sources);
    std::int64_t parcels() const { return report_.compared; }
    Report finish();  // once

 private:
    struct Ware {  // one SKU in one shop
        KnownSku known;
        std::int64_t parcels = 0, units = 0;
        std::vector<std::int64_t> alone;     // mg of a unit in parcels that hold nothing else
        std::map<Size, std::int64_t> boxes;  // of parcels with one unit
        std::vector<std::int64_t> told;      // mg of a unit, by packages of nothing else
        Size told_size;                      // of the newest package of one unit
        std::map<std::int64_t, std::int64_t> divisors;  // how many parcels
        std::int64_t packaging = 0;                     // mg, its share in all its parcels
        Difference difference;
        // by finish():
        DeclaredLoad declared, ours;
        Told told_by = Told::nowhere;
        Found weight_found = Found::nowhere, size_found = Found::nowhere;
        Milligrams goods;
    };
    struct Part {
        Ware* ware = nullptr;
        std::int64_t units = 0;
    };
    struct Mixed {
        std::vector<Part> parts;
        Milligrams tare;
        std::optional<Money> cost;
    };
    using Key = std::tuple<std::string, std::string, std::string>;

    std::vector<Part> parts_of(const SentParcel& parcel, const Sources& sources);
    std::optional<DeclaredLoad> declared_load(const SentParcel& parcel,
                                              const std::vector<Part>& parts) const;
    void add_alone(const SentParcel& parcel, const Part& part);
    void add_package(const SentParcel& parcel, std::optional<Money> cost);
    static void weigh_up(Ware& ware);
    static void share_packaging(const Mixed& mixed);
    static void share_cost(const Mixed& mixed);
    std::optional<Row> row_of(const Key& key, const Ware& ware) const;

    std::int64_t share_;
    std::map<Key, Ware> wares_;
    std::vector<Mixed> mixed_;
    Report report_;
};

}  // namespace kemas::declared
