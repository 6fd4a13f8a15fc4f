#include "drivers/sim/line_world.hpp"

#include <algorithm>

namespace kemas::sim {
namespace {

constexpr double kHeadBeforeEye = 50;  // where a parcel is put on the belt
constexpr double kLeastGap = 170;

Milliseconds span(double low_ms, double high_ms, Chance& chance) {
    return {static_cast<std::int64_t>(chance.between(low_ms, high_ms))};
}

Instant after(Instant now, Milliseconds wait) {
    return {now.value + wait.value};
}

}  // namespace

line::Layout sample_layout() {
    line::Layout layout;
    const auto at = [](std::int64_t n) { return line::Pulses{n}; };
    layout.eyes = {{"in", at(0), at(60)}, {"after scale", at(1500), at(60)}};
    const char* couriers[] = {"JNE", "JNT", "SICEPAT", "ANTERAJA", "POS"};
    for (int i = 0; i < 7; ++i) {
        const auto gate = 3000 + 1300 * i;
        layout.eyes.push_back({"gate " + std::to_string(i + 1), at(gate), at(60)});
        line::Lane lane;
        lane.gate = layout.eyes.size() - 1;
        lane.divert_at = at(gate + 800);
        lane.seen_after = at(700);
        lane.window = at(120);
        if (i < 5) {
            lane.name = couriers[i];
            lane.takes = {{couriers[i], ""}};
            if (i % 2 == 0) lane.fallback = {"others"};
        } else if (i == 5) {
            lane.name = "others";
            lane.takes = {{"LION", ""}, {"JNE", "YES"}};
        } else {
            lane.name = "round";
            lane.recirculates = true;
        }
        layout.lanes.push_back(std::move(lane));
    }
    layout.eyes.push_back({"out", at(12'500), at(60)});
    layout.readers = {{"side", at(300), at(150), true}, {"camera", at(600), at(150), true}};
    layout.scale = line::Reader{"scale", at(1000), at(150), true};
    layout.decide_at = at(1400);
    layout.shortest_pitch = at(200);
    layout.longest_body = at(1500);
    layout.length_tolerance = at(15);
    layout.doubt = at(400);
    layout.least_lead = at(100);
    layout.most_pulses_per_s = 2300;
    return layout;
}

LineWorld::LineWorld(const line::Layout& layout, LinePlan plan)
    : layout_(layout), plan_(plan), chance_(plan.seed), full_until_(layout.lanes.size()) {
    belt_ = std::make_unique<Belt>(
        layout,
        [this](std::size_t lane, double edge, double length) {
            return now_ >= starting_until_ && plc_->fire(lane, edge, length);
        },
        [this](BodyId id, std::size_t lane) { landed(id, lane); });
    plc_ = std::make_unique<SorterPlc>(layout, *belt_);
}

std::vector<line::LineEvent> LineWorld::tick(Milliseconds step) {
    now_ += Instant{step.value};
    if (starting_until_ != Instant{0} && now_ >= starting_until_) {
        plc_->restart();
        starting_until_ = {};
    }
    if (!plc_->jammed())
        belt_->advance(plan_.speed * chance_.between(0.98, 1.02) * static_cast<double>(step.value) /
                       1000);
    plc_->tick(now_);
    arrive();
    if (!calm_) misfortune(step);
    parcels_misfortune();
    read_and_weigh();
    ran_ms_ += static_cast<double>(step.value);

    std::vector<line::LineEvent> heard;
    std::stable_sort(due_.begin(), due_.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    std::size_t n = 0;
    for (; n < due_.size() && due_[n].at <= now_; ++n) {
        std::visit([&](auto& one) { one.at = now_; }, due_[n].event);
        heard.push_back(due_[n].event);
    }
    due_.erase(due_.begin(), due_.begin() + static_cast<std::ptrdiff_t>(n));
    return heard;
}

std::optional<line::Polled> LineWorld::look() const {
    if (!reachable()) return std::nullopt;
    return plc_->look();
}

// ---- parcels ------------------------------------------------------------------------------

Label LineWorld::new_label() {
    static const char* const couriers[] = {"JNE", "JNT", "SICEPAT", "ANTERAJA", "POS", "LION"};
    Label label;
    label.courier = couriers[chance_.below(6)];
    label.service = chance_.hit(0.2) ? "YES" : "REG";
    label.stopped = chance_.hit(plan_.stopped_orders);
    label.readable = !chance_.hit(plan_.no_read);
    return label;
}

void LineWorld::arrive() {
    const double apart = 3'600'000.0 / plan_.parcels_per_hour;
    while (!closed_ && ran_ms_ >= next_arrival_ms_) {
        const auto nth = next_arrival_ms_ / apart;
        next_arrival_ms_ = (std::floor(nth) + 1) * apart + chance_.between(0, 50);
        TrueParcel parcel;
        parcel.label = new_label();
        parcel.length = chance_.between(150, 450);
        parcel.load = Milligrams{static_cast<std::int64_t>(chance_.between(200e3, 30e6))};
        const auto id = ++last_id_;
        parcel.label.code = "KM" + std::to_string(id);
        by_code_[parcel.label.code] = id;
        ++judgement_.parcels;
        judgement_.no_reads += !parcel.label.readable;
        parcels_.emplace(id, std::move(parcel));
        waiting_.push_back(id);
    }
    if (!waiting_.empty()) let_in(waiting_.front());
}

void LineWorld::let_in(BodyId id) {
    const auto& bodies = belt_->bodies();
    if (!bodies.empty() && belt_->travel() - bodies.back().zero < kLeastGap - kHeadBeforeEye)
        return;
    const auto length = parcels_.at(id).length;
    if (!belt_->put(id, -(length + kHeadBeforeEye), length)) return;
    waiting_.pop_front();
    passing_[id] = {};
    const auto end = static_cast<double>(layout_.eyes.back().at.value);
    if (calm_) return;
    if (chance_.hit(plan_.slip))
        fates_.push_back({id, belt_->travel() + chance_.between(0, end), true});
    if (chance_.hit(plan_.removed))
        fates_.push_back({id, belt_->travel() + chance_.between(0, end), false});
}

void LineWorld::read_and_weigh() {
    for (const auto& body : belt_->bodies()) {
        auto& passing = passing_.at(body.id);
        const auto& parcel = parcels_.at(body.id);
        const double at = belt_->travel() - body.zero;
        while (passing.readers < layout_.readers.size() &&
               at >= static_cast<double>(layout_.readers[passing.readers].at.value)) {
            const auto& reader = layout_.readers[passing.readers++];
            const bool last = passing.readers == layout_.readers.size();
            const bool reads = parcel.label.readable &&
                               ((last && !passing.read) || chance_.hit(last ? 0.97 : 0.90));
            passing.read = passing.read || reads;
            line::Scanned scanned{now_, reader.name, {}};
            if (reads) scanned.codes.push_back(parcel.label.code);
            due_.push_back({after(now_, span(0, 20, chance_)), std::move(scanned)});
        }
        if (layout_.scale && !passing.weighed &&
            at >= static_cast<double>(layout_.scale->at.value)) {
            passing.weighed = true;
            due_.push_back({after(now_, span(0, 20, chance_)), weigh(parcel)});
        }
    }
}

// The scale lies before the belt in the line's two infeeds: at 10,000 parcels an hour one alone has
// 360 ms, and a dwell of 500 ms needs two side by side.
line::LineEvent LineWorld::weigh(const TrueParcel& parcel) {
    if (!plan_.weigh_signals) return line::Weighed{now_, parcel.load, ""};
    const auto weight = scale_.weigh(crossing({}, parcel.load, chance_));
    ++weighed;
    const auto limit = weighing::automatic_limit(parcel.load, division_at(parcel.load));
    weighed_inside += weight.gross && (*weight.gross - parcel.load).abs() <= limit;
    return line::Weighed{now_, weight.gross, weight.why};
}

void LineWorld::landed(BodyId id, std::size_t lane) {
    auto& parcel = parcels_.at(id);
    passing_.erase(id);
    if (lane == layout_.lanes.size()) {
        parcel.landed = lane;
        ++judgement_.in_reject;
        return;
    }
    const auto& place = layout_.lanes[lane];
    const auto lanes = line::lanes_for(layout_, parcel.label.courier, parcel.label.service);
    const bool theirs =
        place.recirculates || std::find(lanes.begin(), lanes.end(), lane) != lanes.end();
    if (!theirs || parcel.foreign || parcel.label.stopped || !parcel.label.readable) {
        ++judgement_.wrong;
        if (judgement_.first_wrong.empty())
            judgement_.first_wrong =
                parcel.label.code + " of " + parcel.label.courier +
                (parcel.foreign ? " (foreign)" : "") + (parcel.slipped ? " (slipped)" : "") +
                (parcel.label.readable ? "" : " (unreadable)") + " went into lane " + place.name +
                " at " + std::to_string(now_.value) + " ms";
    }
    if (place.recirculates) {
        ++judgement_.again;
        ++parcel.passes;
        waiting_.push_back(id);
    } else {
        parcel.landed = lane;
        ++judgement_.in_lanes;
    }
}

Milligrams LineWorld::load_between(double from, double to) const {
    double sum = 0;
    for (const auto& body : belt_->bodies()) {
        const double tail = belt_->travel() - body.zero, head = tail + body.length;
        const double share = (std::min(head, to) - std::max(tail, from)) / body.length;
        if (share > 0) sum += share * static_cast<double>(parcels_.at(body.id).load.value);
    }
    return {static_cast<std::int64_t>(sum)};
}

const TrueParcel* LineWorld::by_code(const std::string& code) const {
    const auto known = by_code_.find(code);
    return known == by_code_.end() ? nullptr : &parcels_.at(known->second);
}

}  // namespace kemas::sim
