#include "core/rules/waiting.hpp"

namespace kemas {
namespace {

bool begins(const std::string& text, std::string_view with) {
    return text.rfind(with, 0) == 0;
}

// A hold's reason tells who can lift it.
std::string who_lifts(const std::string& reason) {
    if (begins(reason, "label: ")) return "customer service";
    if (begins(reason, "not in stock") || begins(reason, "short ")) return "stock clerk";
    if (begins(reason, "unknown SKU")) return "catalogue";
    if (begins(reason, "no free tracking number") || begins(reason, "number: ") ||
        begins(reason, "the serials of") || begins(reason, "channel: "))
        return "shipping desk";
    return "supervisor";
}

Waiting packing(const std::string& station, const std::optional<Parcel>& parcel,
                const std::optional<EffectRow>& print) {
    const auto at = station.empty() ? "" : " at " + station;
    if (print && print->state == EffectState::unknown)
        return {"nobody knows whether its label was printed: scan it, or reprint", "packer"};
    if (!parcel || !parcel->closed_at.value)
        return {
            station.empty() ? "put aside half packed: scan it at a bench" : "is being packed" + at,
            "packer"};
    if (!parcel->weighed_at.value) return {"waits for the scale" + at, "packer"};
    if (parcel->arranged == Arranger::us && !parcel->courier.empty()) {
        if (parcel->tracking_number.empty())
            return {"waits for a tracking number of " + parcel->courier, parcel->courier};
        if (parcel->revision == 0 && station.empty())
            return {"its number is there: scan it at a bench", "packer"};
    }
    if (parcel->arranged == Arranger::channel && parcel->tracking_number.empty())
        return {"waits for its number and label of the channel", "the channel"};
    if (!parcel->label.empty() && parcel->printed_at.value)
        return {"waits for its label's scan", "packer"};
    if (print && print->state == EffectState::sent)
        return {"its label went to " + print->device + ": scan it, or reprint", "packer"};
    if (print && print->state == EffectState::failed)
        return {"its label is owed, " + print->device + " did not print it: reprint", "packer"};
    if (station.empty() && !parcel->label.empty())
        return {"set aside, its label is owed: it waits for its printer",
                parcel->station.empty() ? "packer" : "printer of " + parcel->station};
    return {"waits for its label to be printed",
            parcel->station.empty() ? "packer" : "printer of " + parcel->station};
}

}  // namespace

Waiting waiting_for(const Order& order, const std::string& station,
                    const std::optional<Parcel>& parcel, const std::optional<EffectRow>& print) {
    switch (order.state) {
        case OrderState::received:
            return {"is being checked", "kemas"};
        case OrderState::on_hold:
            return {order.reason.empty() ? "on hold" : order.reason, who_lifts(order.reason)};
        case OrderState::backordered:
            return {order.reason, "stock clerk"};
        case OrderState::released:
            return {"nobody has begun", "picker"};
        case OrderState::picking:
            return {station.empty() ? "put aside half picked" : "is being picked at " + station,
                    "picker"};
        case OrderState::picked:
            return {"picked, waits for a bench", "packer"};
        case OrderState::packing:
            return packing(station, parcel, print);
        case OrderState::packed:
            return {"staged, waits for the courier's pickup", "dock clerk"};
        case OrderState::cancel_asked:
            return {"cancelled by " + order.state_by +
                        " after its label was made: take it off the line",
                    "supervisor"};
        default:
            return {"", ""};
    }
}

}  // namespace kemas
