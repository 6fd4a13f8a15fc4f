#include "app/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace kemas::app {
namespace {

double number(std::int64_t value) {
    return static_cast<double>(value);
}

class Gauges {
 public:
    void set(const char* name, const char* help, double value,
             const prometheus::Labels& labels = {}) {
        prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add(labels).Set(value);
    }
    void count(const char* name, const char* help, double value,
               const prometheus::Labels& labels = {}) {
        prometheus::BuildCounter().Name(name).Help(help).Register(registry_).Add(labels).Increment(
            value);
    }
    std::string text() const { return prometheus::TextSerializer().Serialize(registry_.Collect()); }

 private:
    prometheus::Registry registry_{prometheus::Registry::InsertBehavior::Merge};
};

void add_books(Gauges& gauges, const ledger::BooksStatus& books) {
    for (const auto& [state, n] : books.orders_by_state)
        gauges.set("kemas_orders", "Orders by state", number(n), {{"state", state}});
    gauges.set("kemas_orders_late", "Open orders past their ship-by time", number(books.late));
    gauges.set("kemas_parcels_packed_last_hour", "Parcels staged within the last hour",
               number(books.packed_last_hour));
    gauges.set("kemas_effects", "Acts not yet over, by state", number(books.planned),
               {{"state", "planned"}});
    gauges.set("kemas_effects", "Acts not yet over, by state", number(books.started),
               {{"state", "started"}});
    gauges.set("kemas_effects", "Acts not yet over, by state", number(books.unknown),
               {{"state", "unknown"}});
    gauges.set("kemas_journal_rows", "Rows of the journal", number(books.last_seq));
}

void add_live(Gauges& gauges, const Snapshot& snapshot) {
    const auto& live = snapshot.live;
    gauges.count("kemas_scans_total", "Scans since the start",
                 number(static_cast<std::int64_t>(live.scans - live.refused)),
                 {{"result", "accepted"}});
    gauges.count("kemas_scans_total", "Scans since the start",
                 number(static_cast<std::int64_t>(live.refused)), {{"result", "refused"}});
    gauges.set("kemas_inbox_depth", "Inputs waiting for the ledger",
               number(static_cast<std::int64_t>(live.inbox_depth)));
    const auto seconds = [](std::int64_t us) { return static_cast<double>(us) / 1e6; };
    const char* help = "From input to commit, last 4096 inputs";
    gauges.set("kemas_confirm_seconds", help, seconds(live.confirm.p50_us), {{"quantile", "0.5"}});
    gauges.set("kemas_confirm_seconds", help, seconds(live.confirm.p95_us), {{"quantile", "0.95"}});
    gauges.set("kemas_confirm_seconds", help, seconds(live.confirm.p99_us), {{"quantile", "0.99"}});
    gauges.set("kemas_store_fault", "1 while the ledger cannot write",
               live.store_fault.empty() ? 0 : 1);
    for (const auto& device : live.devices)
        gauges.set("kemas_device_up", "1 while the device answers", device.up ? 1 : 0,
                   {{"device", device.name}, {"kind", device.kind}});
    if (!live.order_db) return;
    gauges.set("kemas_order_db_up", "1 while the order database answers", live.sync.up ? 1 : 0);
    gauges.set("kemas_order_db_facts_waiting", "Facts not yet in the order database",
               number(snapshot.books.facts_waiting));
}

}  // namespace

std::string metrics_text(const Snapshot& snapshot) {
    Gauges gauges;
    add_books(gauges, snapshot.books);
    add_live(gauges, snapshot);
    return gauges.text();
}

}  // namespace kemas::app
