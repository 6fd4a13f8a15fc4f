// SOCI's statements, cut to what we need: every value is bound, every column read as text. Knows no
// table.
#pragma once

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace kemas::orderdb {

using Cell = std::optional<std::string>;
using Cells = std::vector<Cell>;

// All rows of a query with `columns` columns; `numbers` are bound in order. Throws
// soci::soci_error.
std::vector<Cells> select(soci::session& session, const std::string& query, std::size_t columns,
                          std::vector<long long> numbers);

// A prepared statement run again and again with other values. Throws soci::soci_error.
class Repeated {
 public:
    Repeated(soci::session& session, const std::string& query, std::size_t values);
    void run(const Cells& values);  // bound in order; as many as were announced

 private:
    std::vector<std::string> texts_;
    std::vector<soci::indicator> indicators_;
    soci::statement statement_;
};

}  // namespace kemas::orderdb
