#include "vectors.hpp"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace kemas::cartonize {
namespace {

using Row = std::map<std::string, std::string>;  // by column

std::vector<std::string> fields_of(std::string line) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> fields;
    std::stringstream rest(line);
    for (std::string field; std::getline(rest, field, ',');) fields.push_back(field);
    return fields;
}

std::vector<Row> read_rows(const std::string& file) {
    std::ifstream in(file);
    std::vector<Row> rows;
    std::string line;
    if (!std::getline(in, line)) return rows;
    const auto columns = fields_of(line);
    while (std::getline(in, line)) {
        const auto fields = fields_of(line);
        Row row;
        for (std::size_t i = 0; i < columns.size() && i < fields.size(); ++i)
            row[columns[i]] = fields[i];
        if (!row.empty()) rows.push_back(std::move(row));
    }
    return rows;
}

std::int64_t number(const Row& row, const std::string& column) {
    return std::stoll(row.at(column));
}

Size size_of(const Row& row, const std::string& before = "") {
    return {{number(row, before + "length_mm")},
            {number(row, before + "width_mm")},
            {number(row, before + "depth_mm")}};
}

// A box with no weight to speak of, for cases that are of shape alone.
Carton bare_box(std::int64_t length, std::int64_t width, std::int64_t height) {
    const Size size{{length}, {width}, {height}};
    return {"box", Kind::box, size, size, {}, grams(1'000'000), {}};
}

Size size_of(const boost::json::value& sides) {
    const auto side = [&](std::size_t i) {
        return Millimetres{sides.at(i).to_number<std::int64_t>()};
    };
    return {side(0), side(1), side(2)};
}

}  // namespace

std::string shared_vectors() {
    for (const std::string folder :
         {"/../shared/data/cartonization/", "/../../shared/data/cartonization/"})
        if (std::filesystem::exists(KEMAS_SOURCE_DIR + folder)) return KEMAS_SOURCE_DIR + folder;
    return "";
}

std::vector<Carton> read_cartons(const std::string& file) {
    std::vector<Carton> cartons;
    for (const auto& row : read_rows(file))
        cartons.push_back({row.at("name"),
                           Kind::box,
                           size_of(row, "inner_"),
                           size_of(row, "outer_"),
                           grams(number(row, "tare_g")),
                           grams(number(row, "max_gross_g")),
                           {}});
    return cartons;
}

std::map<std::string, std::vector<Item>> read_orders(const std::string& file) {
    std::map<std::string, std::vector<Item>> orders;
    for (const auto& row : read_rows(file)) {
        Item item;
        item.name = row.at("sku");
        item.size = size_of(row);
        item.weight = grams(number(row, "weight_g"));
        item.quantity = number(row, "quantity");
        orders[row.at("order_id")].push_back(item);
    }
    return orders;
}

std::map<std::string, Reference> read_references(const std::string& file) {
    std::map<std::string, Reference> references;
    for (const auto& row : read_rows(file))
        references[row.at("order_id")] = {number(row, "boxpacker_boxes"),
                                          number(row, "boxpacker_outer_mm3")};
    return references;
}

// Per problem: number and seed, the container's sides, kinds, and per kind its number, three times
// a side and whether it may stand vertical, and the quantity.
std::vector<Container> read_containers(const std::string& file) {
    std::ifstream in(file);
    std::vector<Container> containers;
    std::int64_t problems = 0, ignored, length, width, height, kinds;
    in >> problems;
    for (; problems > 0 && in >> ignored >> ignored >> length >> width >> height >> kinds;
         --problems) {
        Container container{bare_box(length, width, height), {}};
        for (; kinds > 0; --kinds) {
            Item item;
            bool end, edge, base;
            in >> ignored >> item.size.length.value >> end >> item.size.width.value >> edge >>
                item.size.height.value >> base >> item.quantity;
            item.upright = !end && !edge;
            item.never_on_end = !end && edge;
            container.items.push_back(item);
        }
        containers.push_back(std::move(container));
    }
    return containers;
}

std::vector<ReportedCase> read_reported_cases(const std::string& file) {
    std::ifstream in(file);
    if (!in) return {};
    std::stringstream text;
    text << in.rdbuf();
    std::vector<ReportedCase> cases;
    const auto document = boost::json::parse(text.str());
    for (const auto& value : document.at("cases").as_array()) {
        const auto box = size_of(value.at("box"));
        ReportedCase reported{value.at("id").as_string().c_str(),
                              {bare_box(box.length.value, box.width.value, box.height.value), {}},
                              true};
        for (const auto& of : value.at("items").as_array()) {
            Item item;
            item.size = size_of(of.at("d"));
            item.quantity = of.at("qty").to_number<std::int64_t>();
            reported.container.items.push_back(item);
        }
        const std::string expect = value.at("expect").as_string().c_str();
        reported.fits = expect.find("refused") == std::string::npos;
        cases.push_back(std::move(reported));
    }
    return cases;
}

}  // namespace kemas::cartonize
