#include "app/assortment_run.hpp"

#include <algorithm>
#include <chrono>

#include "core/rules/packing_ask.hpp"

namespace kemas::app {
namespace {

constexpr std::int64_t slice_ms = 20;  // then others are asked first

std::int64_t now_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::int64_t volume_of(const Size& size) {
    return size.length.value * size.width.value * size.height.value;
}

std::vector<Carton> cartons_of(const Site& site) {
    std::vector<Carton> cartons;
    for (const auto& [code, carton] : site.cartons) cartons.push_back(carton);
    return cartons;
}

}  // namespace

AssortmentRun::AssortmentRun(ReadThread& reader, std::shared_ptr<const Site> site, PeriodAsk asked,
                             OnReport on_report)
    : reader_(reader),
      site_(std::move(site)),
      asked_(std::move(asked)),
      on_report_(std::move(on_report)),
      at_ms_(asked_.from.value),
      began_ms_(now_ms()) {}

bool AssortmentRun::go_on() {
    return reader_.ask([self = shared_from_this()](ReadView view) {
        // A reader that cannot take the rest ends it with what there is.
        if (!self->slice(view)) return self->end(view);
        if (self->go_on()) return;
        self->report_.cut = true;
        self->end(view);
    });
}

bool AssortmentRun::slice(ReadView view) {
    if (!assortment_) {
        const auto ask = packing_ask(view.books, {}, cartons_of(*site_), site_->policy.packing);
        report_.cartons = ask.cartons;
        report_.codes = ask.codes;
        constexpr std::int64_t wall_mm = cartonize::Proposals{}.wall_mm;
        std::vector<cartonize::Carton> wanted;
        for (const auto& size : asked_.wanted)
            wanted.push_back(cartonize::new_box(size, ask.cartons, wall_mm));
        assortment_ = std::make_unique<cartonize::Assortment>(ask.cartons, wanted, ask.rules);
    }
    const auto ends_ms = now_ms() + slice_ms;
    std::vector<std::pair<std::int64_t, ParcelId>> parcels;
    {
        auto rows = view.db.query(
            "SELECT staged_at, id FROM parcels WHERE staged_at > 0 AND staged_at >= ?1 AND "
            "staged_at < ?2 AND (staged_at > ?1 OR id > ?3) ORDER BY staged_at, id LIMIT 200",
            at_ms_, asked_.to.value, at_id_);
        while (rows.next()) parcels.push_back({rows.integer(0), {rows.integer(1)}});
    }
    for (const auto& [staged_ms, id] : parcels) {
        report_.cut = report_.orders >= asked_.most_orders ||
                      now_ms() - began_ms_ > asked_.most_ms;
        if (report_.cut) return false;
        if (now_ms() >= ends_ms) return true;
        if (const auto parcel = view.books.parcel(id)) take_parcel(view, *parcel);
        at_ms_ = staged_ms;
        at_id_ = id.value;
        report_.until = {staged_ms};
    }
    return !parcels.empty();
}

void AssortmentRun::take_parcel(ReadView view, const Parcel& parcel) {
    if (parcel.voided_at.value) return;
    ++report_.parcels;
    auto& use = report_.used[parcel.carton];
    ++use.parcels;
    std::int64_t goods_mm3 = 0;
    bool sized = true;
    std::set<OrderId> orders;
    for (const auto& item : view.books.items(parcel.id)) {
        if (item.quantity <= 0) continue;
        orders.insert(item.order);
        const auto sku = view.books.sku(item.sku);
        const auto mm3 = sku ? volume_of(sku->size) : 0;
        sized = sized && mm3 > 0;
        goods_mm3 += mm3 * item.quantity;
    }
    const auto carton = site_->cartons.find(parcel.carton);
    if (sized && carton != site_->cartons.end() && carton->second.kind == CartonKind::box) {
        use.inner_mm3 += volume_of(carton->second.inner);
        use.goods_mm3 += goods_mm3;
    }
    for (const auto order : orders) take_order(view, order);
}

// Each job once, however many parcels and orders it has.
void AssortmentRun::take_order(ReadView view, OrderId id) {
    const auto order = view.books.order(id);
    if (!order) return;
    auto job = view.books.orders_of_job(*order);
    if (job.empty()) job.push_back(*order);
    const auto first = std::min_element(
        job.begin(), job.end(), [](const Order& a, const Order& b) { return a.id < b.id; });
    if (!jobs_.insert(first->id.value).second) return;
    ++report_.orders;
    const auto ask = packing_ask(view.books, job, {}, site_->policy.packing);
    if (!ask.unsized.empty()) {
        constexpr std::size_t enough = 200;  // signs
        ++report_.unsized;
        if (report_.unsized_goods.size() < enough &&
            report_.unsized_goods.find(ask.unsized.front()) == std::string::npos)
            report_.unsized_goods +=
                (report_.unsized_goods.empty() ? "" : ", ") + ask.unsized.front();
    } else if (!ask.items.empty()) {
        assortment_->add(ask.items);
    }
}

void AssortmentRun::end(ReadView view) {
    cartonize::Proposals proposals;
    if (!asked_.wanted.empty()) {
        proposals.compared = 0;
        proposals.most = std::ssize(asked_.wanted);
    }
    report_.planned = assortment_->report(proposals);
    on_report_(view, report_);
}

}  // namespace kemas::app
