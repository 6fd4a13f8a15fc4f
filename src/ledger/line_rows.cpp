// Conveyor lines in the books: numbers that are used, lanes that are shut.
#include "ledger/sql_books.hpp"

namespace kemas::ledger {

std::int64_t SqlBooks::line_number(std::string_view line) const {
    auto rows = db_->query("SELECT last_number FROM conveyor_lines WHERE name = ?1", line);
    return rows.next() ? rows.integer(0) : 0;
}

std::vector<ShutLane> SqlBooks::shut_lanes(std::string_view line) const {
    auto rows = db_->query(
        "SELECT lane, by, reason, at FROM shut_lanes WHERE line = ?1 ORDER BY lane", line);
    std::vector<ShutLane> lanes;
    while (rows.next())
        lanes.push_back({rows.text(0), rows.text(1), rows.text(2), {rows.integer(3)}});
    return lanes;
}

}  // namespace kemas::ledger
