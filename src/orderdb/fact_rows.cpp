#include "orderdb/fact_rows.hpp"

#include <array>
#include <optional>

#include "intake/instant_text.hpp"
#include "intake/utf8.hpp"
#include "orderdb/statements.hpp"

namespace kemas::orderdb {
namespace {

// Rows of one INSERT: one round trip carries them all (reference/reliability.md, section 4).
constexpr std::size_t kRowsAtOnce = 100;

struct FactTable {
    std::string name;
    std::vector<std::string> columns;
    Cells values;  // of all its rows, one behind the other
};

// "<uuid>-<epoch>-<seq>-<index>": the last three; the uuid holds dashes of its own.
std::optional<std::array<std::string, 3>> order_of(std::string_view fact_id) {
    std::array<std::string, 3> parts;
    for (std::size_t i = parts.size(); i-- > 0;) {
        const auto dash = fact_id.rfind('-');
        if (dash == std::string_view::npos) return std::nullopt;
        parts[i] = fact_id.substr(dash + 1);
        if (parts[i].empty() || parts[i].size() > 18 ||
            parts[i].find_first_not_of("0123456789") != std::string::npos) {
            return std::nullopt;
        }
        fact_id = fact_id.substr(0, dash);
    }
    if (fact_id.empty()) return std::nullopt;
    return parts;
}

std::vector<FactTable> tables() {
    const std::vector<std::string> head{"fact_id", "epoch", "seq",         "idx",
                                        "channel", "shop",  "external_id", "status"};
    const std::vector<std::string> tail{"reason", "by_whom", "at_utc"};
    const auto with = [&](std::string name, std::vector<std::string> middle) {
        FactTable table{std::move(name), head, {}};
        table.columns.insert(table.columns.end(), middle.begin(), middle.end());
        table.columns.insert(table.columns.end(), tail.begin(), tail.end());
        return table;
    };
    return {
        with("kemas_order_status", {}), with("kemas_line_status", {"line_no", "sku", "quantity"}),
        with("kemas_parcel_status",
             {"parcel_no", "courier", "service", "tracking_number", "weight_mg", "cost_minor"})};
}

void append(Cells& values, const NumberedFact& numbered, const std::array<std::string, 3>& order) {
    const Fact& fact = numbered.fact;
    const auto text = [&](const std::string& value) {
        values.emplace_back(intake::storable(value));
    };
    const auto number = [&](std::int64_t value) { values.emplace_back(std::to_string(value)); };
    text(numbered.id);
    for (const auto& part : order) text(part);
    text(fact.order.channel);
    text(fact.order.shop);
    text(fact.order.external_id);
    text(fact.status);
    if (fact.kind == FactKind::line) {
        number(fact.line_no);
        text(fact.sku);
        number(fact.quantity);
    } else if (fact.kind == FactKind::parcel) {
        number(fact.parcel.value);
        text(fact.courier);
        text(fact.service);
        text(fact.tracking_number);
        values.push_back(fact.weight.value == 0 ? Cell{} : std::to_string(fact.weight.value));
        values.push_back(fact.cost ? Cell{std::to_string(fact.cost->value)} : Cell{});
    }
    text(fact.reason);
    text(fact.by);
    text(intake::instant_text(numbered.at));
}

std::string insert_query(const FactTable& table, std::size_t rows, Backend backend) {
    std::string query = "insert into " + table.name + " (";
    for (const auto& column : table.columns) query += column + ", ";
    query.replace(query.size() - 2, 2, ") values ");
    std::size_t place = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        query += row == 0 ? "(" : ", (";
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            query += (i == 0 ? ":v" : ", :v") + std::to_string(place++);
        }
        query += ')';
    }
    // MySQL's INSERT IGNORE would also cut too long texts silently; this passes over twins only.
    return query + (backend == Backend::mysql ? " on duplicate key update fact_id = fact_id"
                                              : " on conflict (fact_id) do nothing");
}

void insert(Connection& connection, const FactTable& table) {
    const std::size_t width = table.columns.size();
    std::size_t left = table.values.size() / width;
    auto at = table.values.begin();
    std::optional<Repeated> statement;
    for (std::size_t prepared = 0; left > 0;) {
        const std::size_t rows = std::min(left, kRowsAtOnce);
        if (rows != prepared) {
            statement.emplace(connection.sql(), insert_query(table, rows, connection.backend()),
                              rows * width);
            prepared = rows;
        }
        const auto end = at + static_cast<std::ptrdiff_t>(rows * width);
        statement->run(Cells(at, end));
        at = end;
        left -= rows;
    }
}

}  // namespace

Result<void> push_rows(Connection& connection, const std::vector<NumberedFact>& facts) {
    auto all = tables();
    for (const auto& fact : facts) {
        const auto order = order_of(fact.id);
        if (!order) {
            return fail(Remedy::call_person,
                        "order database: the fact id '" + fact.id + "' has no order; report this");
        }
        append(all[static_cast<std::size_t>(fact.fact.kind)].values, fact, *order);
    }
    soci::transaction transaction(connection.sql());
    for (const auto& table : all) insert(connection, table);
    transaction.commit();
    return {};
}

}  // namespace kemas::orderdb
