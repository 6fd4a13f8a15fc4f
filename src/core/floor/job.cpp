// What the station works on: its order, or all orders of the combine group.
#include "core/floor/flows.hpp"

namespace kemas {

std::vector<JobLine> job_lines(const Turn& turn) {
    std::vector<JobLine> lines;
    const auto order = turn.books.order(turn.station.order);
    if (!order) return lines;
    for (const Order& each : turn.books.orders_of_job(*order))
        for (const Line& line : turn.books.lines(each.id)) lines.push_back({each, line});
    return lines;
}

std::int64_t left_to_do(const Turn& turn, const Line& line) {
    return line.wanted() - (turn.station.kind == StationKind::pick ? line.picked : line.packed);
}

std::string name_of(const Turn& turn, const std::string& sku) {
    const auto row = turn.books.sku(sku);
    return row && !row->name.empty() ? sku + " (" + row->name + ")" : sku;
}

std::string number_of(const Order& order) {
    return order.key.channel + " " + order.key.external_id;
}

std::string number_of(const Parcel& parcel) {
    return parcel.tracking_number.empty() ? std::to_string(parcel.id.value)
                                          : parcel.tracking_number;
}

std::string next_step(const Turn& turn, const std::vector<JobLine>& lines) {
    for (const auto& [order, line] : lines) {
        const auto left = left_to_do(turn, line);
        if (left <= 0) continue;
        std::string text = std::to_string(left) + " x " + name_of(turn, line.sku);
        const auto places = turn.books.reservations(order.id, line.no);
        if (!places.empty()) text += " @ " + places.front().location;
        if (!places.empty() && !places.front().lot.empty()) text += " lot " + places.front().lot;
        return text;
    }
    return "-";
}

}  // namespace kemas
