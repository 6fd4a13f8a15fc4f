// What a file would change, row by row, before anything is imported.
#pragma once

#include <string>
#include <vector>

#include "app/read_thread.hpp"
#include "intake/csv.hpp"

namespace kemas::app {

struct ImportPreview {
    std::int64_t rows = 0, fresh = 0, changed = 0, same = 0;
    std::vector<std::string> examples;  // of changes, at most 20: "MUG-RED: weight 300 g -> 310 g"
    intake::RowFaults errors;
    Input input;  // what importing it would say to the core

    void add_fresh() { ++fresh; }
    void add_same() { ++same; }
    void add_changed(std::string what);
};

// "listings", "orders", "skus", "stock", "tariff", "tracking-numbers".
bool is_import_kind(std::string_view kind);
ImportPreview preview_import(ReadView view, std::string_view kind, const std::string& file,
                             std::string_view bytes, const CourierPlans& couriers);

}  // namespace kemas::app
