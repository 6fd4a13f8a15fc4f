// What goes wrong at a simulated line: with its parcels, its PLC, its cable and its lanes.
#include <algorithm>

#include "drivers/sim/line_world.hpp"

namespace kemas::sim {
namespace {

Milliseconds span(double low_ms, double high_ms, Chance& chance) {
    return {static_cast<std::int64_t>(chance.between(low_ms, high_ms))};
}

Instant after(Instant now, Milliseconds wait) {
    return {now.value + wait.value};
}

}  // namespace

void LineWorld::parcels_misfortune() {
    std::erase_if(fates_, [&](const Fate& fate) {
        if (fate.at > belt_->travel()) return false;
        auto& parcel = parcels_.at(fate.id);
        if (!belt_->find(fate.id)) return true;
        if (fate.slips) {
            belt_->slip(fate.id, chance_.between(20, 600));
            parcel.slipped = true;
            ++judgement_.slipped;
        } else {
            belt_->remove(fate.id);
            parcel.taken = true;
            ++judgement_.removed;
        }
        return true;
    });
    const auto share = plan_.inserted * plan_.parcels_per_hour / 3'600'000.0 * 10;
    if (!calm_ && chance_.hit(share)) insert_one();
}

void LineWorld::insert_one() {
    TrueParcel parcel;
    parcel.foreign = true;
    parcel.label = new_label();
    parcel.label.readable = chance_.hit(0.5);
    parcel.length = chance_.between(150, 400);
    parcel.load = grams(1000);
    const auto id = last_id_ + 1;
    const auto end = static_cast<double>(layout_.eyes.back().at.value);
    for (int attempt = 0; attempt < 20; ++attempt) {
        if (!belt_->put(id, chance_.between(20, end - 100), parcel.length)) continue;
        last_id_ = id;
        parcel.label.code = "KM" + std::to_string(id);
        by_code_[parcel.label.code] = id;
        Passing passing;
        const auto at = belt_->travel() - belt_->find(id)->zero;
        for (const auto& reader : layout_.readers)
            passing.readers += at >= static_cast<double>(reader.at.value);
        passing.weighed = layout_.scale && at >= static_cast<double>(layout_.scale->at.value);
        passing_[id] = passing;
        parcels_.emplace(id, std::move(parcel));
        ++judgement_.foreign;
        return;
    }
}

bool LineWorld::happens(int per_hour, Milliseconds step) {
    return chance_.hit(per_hour * static_cast<double>(step.value) / 3'600'000.0);
}

void LineWorld::misfortune(Milliseconds step) {
    for (std::size_t i = 0; i < full_until_.size(); ++i) plc_->full[i] = now_ < full_until_[i];
    if (now_ >= unstick_at_) plc_->stick(Stuck::nothing, 0);
    if (happens(plan_.per_hour_double_counts, step))
        plc_->count_double(
            static_cast<std::size_t>(chance_.below(static_cast<std::int64_t>(layout_.eyes.size()))),
            chance_.hit(0.5));
    if (now_ >= unstick_at_ && happens(plan_.per_hour_stuck, step)) stick_something();
    if (happens(plan_.per_hour_pulls, step)) pull_cable(span(300, 6000, chance_));
    if (happens(plan_.per_hour_full_lanes, step))
        full_until_[static_cast<std::size_t>(
            chance_.below(static_cast<std::int64_t>(full_until_.size())))] =
            after(now_, span(5000, 40'000, chance_));
    if (happens(plan_.per_hour_jams, step)) {
        plc_->jam();
        // Somebody takes a parcel off the standing belt.
        if (!belt_->bodies().empty()) {
            const auto count = static_cast<std::int64_t>(belt_->bodies().size());
            fates_.push_back({belt_->bodies()[static_cast<std::size_t>(chance_.below(count))].id,
                              belt_->travel(), false});
        }
    }
    const auto hour = 3'600'000 / std::max(plan_.per_hour_restarts, 1);
    const auto ran = static_cast<std::int64_t>(ran_ms_);
    if (plan_.per_hour_restarts > 0 && ran % hour >= hour / 2 && ran % hour < hour / 2 + step.value)
        restart_plc(Milliseconds{3000});
}

void LineWorld::stick_something() {
    const Stuck kinds[] = {Stuck::encoder,    Stuck::eye_count, Stuck::eye_edge,
                           Stuck::lane_count, Stuck::heartbeat, Stuck::ack};
    const auto kind = kinds[chance_.below(6)];
    const auto of = kind == Stuck::lane_count ? layout_.lanes.size() : layout_.eyes.size();
    plc_->stick(kind, static_cast<std::size_t>(chance_.below(static_cast<std::int64_t>(of))));
    unstick_at_ = after(now_, span(200, 5000, chance_));
}

void LineWorld::restart_plc(Milliseconds starting) {
    plc_->restart();
    starting_until_ = after(now_, starting);
}

void LineWorld::pull_cable(Milliseconds out) {
    cut_until_ = after(now_, out);
}

}  // namespace kemas::sim
