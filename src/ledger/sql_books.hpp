// The books as SQLite holds them. Reads only; the changes are applied by apply.hpp.
#pragma once

#include <memory>

#include "core/site.hpp"
#include "ledger/sqlite.hpp"
#include "ports/followed_parcel.hpp"

namespace kemas::ledger {

// A number that waits for its courier or for a person, and the act about it; 0 = none is open.
struct OpenAsk {
    NumberAsk ask;
    EffectId effect;
};

class SqlBooks : public Books {
 public:
    // Both outlive the books. Rates are those of the last load_rates(), none before.
    SqlBooks(Database& db, const Site& site) : db_(&db), site_(&site) {}

    OrderId next_order_id() const override;
    ParcelId next_parcel_id() const override;
    std::vector<CodeMeaning> meanings(std::string_view code) const override;
    std::optional<Order> order(OrderId id) const override;
    std::optional<OrderId> order_by_key(const OrderKey& key) const override;
    std::vector<Order> orders_of_job(const Order& order) const override;
    std::vector<Line> lines(OrderId id) const override;
    std::vector<Reservation> reservations(OrderId id, int line_no) const override;
    std::vector<StockPlace> stock_of(std::string_view sku) const override;
    std::optional<StockPlace> stock_at(std::string_view location, std::string_view sku,
                                       std::string_view lot) const override;
    std::optional<std::string> expiry_of(std::string_view sku, std::string_view lot) const override;
    std::vector<MarkedUnits> marks_of(OrderId id, int line_no) const override;
    std::optional<OrderId> order_with_serial(std::string_view sku,
                                             std::string_view serial) const override;
    std::optional<Sku> sku(std::string_view sku) const override;
    std::optional<Carton> carton(std::string_view code) const override;
    std::optional<Operator> operator_by_id(std::string_view id) const override;
    OrderId order_in_tote(std::string_view tote) const override;
    std::optional<Parcel> parcel(ParcelId id) const override;
    std::vector<Parcel> parcels_of(OrderId id) const override;
    std::vector<ParcelItem> items(ParcelId id) const override;
    ManifestId next_manifest_id() const override;
    std::vector<Manifest> open_manifests() const override;
    ReturnId next_return_id() const override;
    std::optional<Return> open_return(ParcelId id) const override;
    std::vector<ReturnItem> return_items(ReturnId id) const override;
    std::int64_t returned_units(OrderId id, int line_no) const override;
    std::optional<std::string> free_number(std::string_view courier,
                                           std::string_view service) const override;
    bool number_known(std::string_view number) const override;
    std::optional<NumberAsk> ask_by_reference(std::string_view reference) const override;
    std::optional<NumberAsk> ask_by_number(std::string_view number) const override;
    std::vector<NumberAsk> asks_of(ParcelId id) const override;
    std::int64_t next_serial(std::string_view prefix) const override;
    bool courier_down(std::string_view courier) const override;
    std::optional<ChannelPackage> channel_package(ParcelId id) const override;
    std::optional<ChannelPackage> channel_package_by_number(
        std::string_view link, std::string_view package_number) const override;
    std::optional<EffectRow> effect(EffectId id) const override;
    std::vector<EffectRow> effects_of(ParcelId id) const override;
    std::vector<EffectRow> effects_in(EffectState state) const override;
    std::int64_t line_number(std::string_view line) const override;
    std::vector<ShutLane> shut_lanes(std::string_view line) const override;
    std::string busy_station(OrderId id) const override;
    std::optional<Person> person(std::string_view hash) const override;
    Money cod_under_way(std::string_view phone, Instant from) const override;
    const rating::RateBook& rates() const override { return *rates_; }
    const rating::Reliability& reliability(rating::Day from, rating::Day today) const override;
    rating::TariffRows tariff() const;  // in force, as it was imported; reads it anew
    std::vector<std::string> codes_of(ParcelId id) const override;
    LabelFileId next_label_file_id() const override;
    std::optional<LabelFile> label_file(LabelFileId id) const override;
    std::optional<LabelFile> label_file_by_hash(std::string_view hash) const override;
    LabelPageId next_label_page_id() const override;
    std::optional<LabelPage> label_page(LabelPageId id) const override;
    std::optional<LabelPage> label_page_at(LabelFileId file, int member, int page) const override;
    std::optional<LabelPage> label_page_of(ParcelId id) const override;
    std::vector<LabelPage> label_pages_with(std::string_view code) const override;
    std::vector<ParcelId> parcels_to_label(std::string_view channel, std::string_view courier,
                                           int most) const override;
    LabelRunId next_label_run_id() const override;
    std::optional<LabelRun> label_run(LabelRunId id) const override;
    std::vector<RunLabel> run_labels(LabelRunId id) const override;
    std::optional<RunPlace> run_place_of(ParcelId id) const override;
    std::optional<LabelRun> broken_run(std::string_view station) const override;

    std::vector<LabelFileId> unread_label_files() const;
    std::vector<LabelFile> newest_label_files(int most) const;
    std::vector<LabelPage> label_pages_of(LabelFileId file) const;
    std::vector<LabelPage> unmatched_label_pages(int most) const;
    std::int64_t unmatched_label_page_count() const;
    std::vector<LabelRun> newest_label_runs(int most) const;
    std::optional<std::string> blob(std::string_view hash) const;  // label bytes
    struct TariffHead {
        std::string version, currency;  // of the tariff in force; empty = none
    };
    TariffHead tariff_head() const;
    // Packages that wait for their channel or a person, the oldest first; at most 200.
    std::vector<ChannelPackage> open_packages() const;
    // The oldest first, at most 200; then those whose later look found something wrong.
    std::vector<OpenAsk> open_asks() const;
    // Numbers of this courier that were given since then and whose parcels have not arrived; the
    // oldest first.
    std::vector<FollowedParcel> followed_parcels(std::string_view courier, Instant since,
                                                 int most) const;
    std::vector<Manifest> newest_manifests() const;  // the open ones first; at most 50
    std::optional<Manifest> manifest(ManifestId id) const;
    std::vector<Parcel> parcels_on(ManifestId id) const;
    void use_site(const Site& site) { site_ = &site; }  // it outlives the books
    void load_rates();                                  // after the tariff in force changed

 private:
    std::vector<Manifest> manifests_where(const char* sql, std::int64_t id = 0) const;

    Database* db_;
    const Site* site_;
    std::shared_ptr<const rating::RateBook> rates_ = std::make_shared<rating::RateBook>();
    // What was counted on days before today never changes: read once a day.
    struct {
        rating::Day from{}, today{};
        rating::Reliability counted;
    } mutable reliability_;
};

}  // namespace kemas::ledger
