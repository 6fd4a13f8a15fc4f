#include "orderdb/order_rows.hpp"

#include <array>
#include <map>

#include "intake/decimal.hpp"
#include "intake/draft_check.hpp"
#include "intake/instant_text.hpp"
#include "intake/utf8.hpp"

namespace kemas::orderdb {
namespace {

enum Column : std::size_t {
    id,
    revision,
    channel,
    shop,
    external_id,
    owner,
    combine_group,
    name,
    phone,
    address,
    district,
    city,
    province,
    postal_code,
    area_code,
    cod_amount,
    value,
    courier,
    service,
    note,
    ship_by,
    arranged_courier,
    arranged_service,
    tracking_number,
    package_number,
    label_zpl,
    column_count
};
constexpr std::array<const char*, column_count> kColumns{"id",
                                                         "revision",
                                                         "channel",
                                                         "shop",
                                                         "external_id",
                                                         "owner",
                                                         "combine_group",
                                                         "name",
                                                         "phone",
                                                         "address",
                                                         "district",
                                                         "city",
                                                         "province",
                                                         "postal_code",
                                                         "area_code",
                                                         "cod_amount",
                                                         "value",
                                                         "courier",
                                                         "service",
                                                         "note",
                                                         "ship_by",
                                                         "arranged_courier",
                                                         "arranged_service",
                                                         "tracking_number",
                                                         "package_number",
                                                         "label_zpl"};

std::string order_query() {
    std::string query = "select ";
    for (const auto* column : kColumns) {
        if (column != kColumns.front()) query += ", ";
        query += column;
    }
    return query + " from kemas_orders where answered_at is null order by id limit :most";
}

// Cells of one row, its faults collected.
class RowReader {
 public:
    explicit RowReader(const Cells& cells) : cells_(cells) {}

    std::string text(Column column) const { return cells_[column].value_or(""); }
    std::int64_t integer(std::string name, const Cell& cell, std::int64_t if_empty) {
        if (!cell || cell->empty()) return if_empty;
        const auto number = intake::parse_integer(*cell);
        if (number) return *number;
        add(std::move(name), intake::storable(number.error()));
        return if_empty;
    }
    std::int64_t integer(Column column) { return integer(kColumns[column], cells_[column], 0); }
    Instant instant(Column column) {
        if (text(column).empty()) return {};
        const auto at = intake::parse_instant(text(column));
        if (at) return *at;
        add(kColumns[column], intake::storable(at.error()));
        return {};
    }
    void add(std::string name, std::string reason) {
        faults_.push_back({std::move(name), std::move(reason)});
    }
    intake::FieldFaults& faults() { return faults_; }

 private:
    const Cells& cells_;
    intake::FieldFaults faults_;
};

// The shop's people know columns and line numbers, not our paths.
std::string column_of(const std::string& path, const std::vector<Cells>& lines) {
    if (path.starts_with("lines[")) {
        const auto index = static_cast<std::size_t>(std::stoul(path.substr(6)));
        const std::string no = index < lines.size() ? lines[index][0].value_or("?") : "?";
        return "line " + no + " " + path.substr(path.rfind('.') + 1);
    }
    if (path == "shipment.courier") return "arranged_courier";
    if (path == "shipment.service") return "arranged_service";
    return path.substr(path.rfind('.') + 1);
}

}  // namespace

std::vector<OrderRow> select_orders(soci::session& session, int limit) {
    static const std::string query = order_query();
    std::vector<OrderRow> rows;
    std::map<std::string, std::size_t> places;
    for (auto& cells : select(session, query, column_count, {limit})) {
        places.emplace(cells[id].value_or(""), rows.size());
        rows.push_back({std::move(cells), {}});
    }
    if (rows.empty()) return rows;
    const long long first = std::stoll(rows.front().order[id].value_or("0"));
    const long long last = std::stoll(rows.back().order[id].value_or("0"));
    auto lines = select(session,
                        "select l.order_id, l.line_no, l.sku, l.quantity from kemas_order_lines l"
                        " join kemas_orders o on o.id = l.order_id where o.answered_at is null"
                        " and o.id >= :first and o.id <= :last order by l.order_id, l.line_no",
                        4, {first, last});
    for (auto& line : lines) {
        const auto place = places.find(line[0].value_or(""));
        if (place == places.end()) continue;
        rows[place->second].lines.push_back({line[1], line[2], line[3]});
    }
    return rows;
}

Pulled read_order(const OrderRow& row) {
    RowReader in(row.order);
    OrderDraft draft;
    draft.key = {in.text(channel), in.text(shop), in.text(external_id)};
    draft.owner = in.text(owner);
    draft.combine_group = in.text(combine_group);
    draft.ship_to = {in.text(name), in.text(phone),    in.text(address),    in.text(district),
                     in.text(city), in.text(province), in.text(postal_code)};
    draft.area_code = in.text(area_code);
    if (!in.text(cod_amount).empty()) draft.cod = Money{in.integer(cod_amount)};
    draft.value = Money{in.integer(value)};
    draft.courier = in.text(courier);
    draft.service = in.text(service);
    draft.note = in.text(note);
    draft.ship_by = in.instant(ship_by);
    ArrangedShipment shipment{in.text(arranged_courier), in.text(arranged_service),
                              in.text(tracking_number), in.text(package_number),
                              in.text(label_zpl)};
    if (shipment != ArrangedShipment{}) draft.arranged = std::move(shipment);
    for (const auto& line : row.lines) {
        DraftLine& added = draft.lines.emplace_back();
        added.sku = line[1].value_or("");
        added.quantity = in.integer("line " + line[0].value_or("?") + " quantity", line[2], 0);
    }
    for (auto& fault : intake::check(draft)) {
        std::string column = column_of(fault.path, row.lines);
        bool told = false;
        for (const auto& earlier : in.faults()) told = told || earlier.path == column;
        if (!told) in.add(std::move(column), std::move(fault.reason));
    }
    std::string ref = "order:" + in.text(id) + ':' + in.text(revision);
    if (!in.faults().empty()) return PulledFault{std::move(ref), intake::to_text(in.faults())};
    return PulledOrder{std::move(ref), std::move(draft)};
}

}  // namespace kemas::orderdb
