#include "app/declared_json.hpp"

#include <boost/json/array.hpp>

#include "app/order_json.hpp"
#include "core/declared/load.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t most_rows = 5'000;

json::value size_or_null(const Size& size) {
    if (declared::volume_mm3(size) == 0) return nullptr;
    return json::array{size.length.value, size.width.value, size.height.value};
}

json::value weight_or_null(Milligrams weight) {
    if (weight.value == 0) return nullptr;
    return json::string(grams_text(weight));
}

json::object load_json(const DeclaredLoad& load) {
    return {{"weight_g", weight_or_null(load.weight)}, {"size_mm", size_or_null(load.size)}};
}

json::value volumetric_json(const declared::Row& row) {
    if (row.divisor == 0) return nullptr;
    return json::object{
        {"divisor", row.divisor},
        {"declared_g", grams_text(declared::volumetric(row.declared.size, row.divisor))},
        {"ours_g", grams_text(declared::volumetric(row.ours.size, row.divisor))}};
}

json::object row_json(const declared::Row& row) {
    auto told = load_json(row.declared);
    told["told_by"] = to_text(row.told);
    auto ours = load_json(row.ours);
    ours["goods_g"] = weight_or_null(row.goods);
    ours["weight_from"] = to_text(row.weight_found);
    ours["parcels_alone"] = row.alone;
    ours["size_from"] = to_text(row.size_found);
    const auto& size = row.correction.size;
    const auto side = [](Millimetres mm) { return mm.value ? json::value(mm.value) : nullptr; };
    const auto cost = row.difference.priced ? json::value(row.difference.cost.value) : nullptr;
    return {{"channel", row.channel},
            {"shop", row.shop},
            {"sku", row.sku},
            {"name", row.name},
            {"parcels", row.parcels},
            {"units", row.units},
            {"declared", std::move(told)},
            {"ours", std::move(ours)},
            {"volumetric", volumetric_json(row)},
            {"weight_off_basis_points", row.weight_off},
            {"size_off_basis_points", row.size_off},
            {"direction", row.too_low ? "too_low" : "too_high"},
            {"cost", cost},
            {"cost_of_parcels", row.difference.priced},
            {"unknown_cost_parcels", row.difference.unknown},
            {"correction",
             json::object{{"weight_g", row.correction.weight.value
                                           ? json::value(row.correction.weight.value / 1000)
                                           : nullptr},
                          {"length_mm", side(size.length)},
                          {"width_mm", side(size.width)},
                          {"height_mm", side(size.height)}}}};
}

json::object package_json(const declared::PackageRow& row) {
    const auto& parcel = row.parcel;
    return {{"parcel", parcel.id.value},
            {"package_number", parcel.package_number},
            {"channel", parcel.channel},
            {"shop", parcel.shop},
            {"order", parcel.external_id},
            {"tracking_number", parcel.tracking_number},
            {"declared", load_json(parcel.declared.value_or(DeclaredLoad{}))},
            {"ours", load_json({parcel.gross, parcel.outer})},
            {"weight_off_basis_points", row.weight_off},
            {"size_off_basis_points", row.size_off},
            {"cost", row.cost ? json::value(row.cost->value) : nullptr}};
}

}  // namespace

json::object declared_json(const DeclaredAsk& ask, const declared::Report& report,
                           const rating::RateBook& book, bool cut) {
    json::array rows, packages;
    Money we_pay, buyers_pay;
    std::int64_t unknown = 0;
    for (const auto& row : report.rows) {
        const auto cost = row.difference.cost;
        (cost > Money{} ? we_pay : buyers_pay) += cost.abs();
        unknown += row.difference.unknown;
        if (rows.size() < most_rows) rows.push_back(row_json(row));
    }
    for (const auto& row : report.packages) packages.push_back(package_json(row));
    return {{"from", rating::to_text(ask.from)},
            {"to", rating::to_text(ask.to)},
            {"share_percent", ask.share_percent},
            {"tariff", book.version()},
            {"currency", book.currency().code},
            {"exponent", book.currency().exponent},
            {"parcels", json::object{{"compared", report.compared},
                                     {"not_on_scale", report.not_on_scale},
                                     {"not_declared", report.not_declared}}},
            {"cut", cut},
            {"skus", json::object{{"compared", report.skus},
                                  {"off", report.rows.size()},
                                  {"not_declared", report.skus_not_declared},
                                  {"not_measured", report.skus_not_measured}}},
            {"we_pay", we_pay.value},
            {"buyers_pay_too_much", buyers_pay.value},
            {"unknown_cost_parcels", unknown},
            {"rows", std::move(rows)},
            {"packages_off", report.packages_off},
            {"packages", std::move(packages)}};
}

}  // namespace kemas::app
