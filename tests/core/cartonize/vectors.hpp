// Reads a folder of shared orders, cartons, container loads and reported cases. A file that is not
// there reads as nothing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

// The folder with the shared data, or empty when it is nowhere.
std::string shared_vectors();

std::vector<Carton> read_cartons(const std::string& file);                      // boxes4.csv
std::map<std::string, std::vector<Item>> read_orders(const std::string& file);  // items.csv, by id

struct Reference {
    std::int64_t boxes = 0, outer_mm3 = 0;  // BoxPacker's
};
std::map<std::string, Reference> read_references(const std::string& file);  // by order id

struct Container {
    Carton carton;
    std::vector<Item> items;
};
std::vector<Container> read_containers(const std::string& file);  // thpack1.txt

struct ReportedCase {
    std::string id;
    Container container;
    bool fits = true;  // all of it into one carton
};
std::vector<ReportedCase> read_reported_cases(const std::string& file);

}  // namespace kemas::cartonize
