#include "tests/support/story.hpp"

#include <stdlib.h>

namespace kemas::testing {
namespace {

const char* mark(Answer::Kind kind) {
    return kind == Answer::Kind::accepted ? "+" : kind == Answer::Kind::refused ? "-" : "!";
}

SkuRow sku(const std::string& code, const std::string& name, std::int64_t weight_g,
           std::vector<SkuBarcode> barcodes) {
    SkuRow row;
    row.sku = code;
    row.name = name;
    row.weight = grams(weight_g);
    row.spread = {weight_g * 10};  // 1 %
    row.barcodes = std::move(barcodes);
    return row;
}

}  // namespace

Site small_site() {
    Site site;
    site.policy.default_carton = "BOX-S";
    site.cartons["BOX-S"] = {"BOX-S", "small box", {{200}, {150}, {100}}, grams(60), grams(2)};
    site.cartons["BOX-L"] = {"BOX-L", "large box", {{400}, {300}, {300}}, grams(250), grams(5)};
    site.operators["ana"] = {"ana", "Ana", false};
    site.operators["budi"] = {"budi", "Budi", false};
    site.operators["sari"] = {"sari", "Sari", true};
    site.badges = {{"B-ANA", "ana"}, {"B-BUDI", "budi"}, {"B-SARI", "sari"}};
    for (const auto* name : {"bench-1", "bench-2"})
        site.stations[name] = {name, StationKind::bench, "printer-1", "scale-1"};
    site.stations["pick-1"] = {"pick-1", StationKind::pick, "", ""};
    site.stations["dock-1"] = {"dock-1", StationKind::dock, "", ""};
    site.stations["returns-1"] = {"returns-1", StationKind::returns, "", ""};
    site.hash = "small";
    return site;
}

Story::Story(Site site, std::string synchronous)
    : site_(std::move(site)), synchronous_(std::move(synchronous)) {
    std::string pattern = (std::filesystem::temp_directory_path() / "kemas-story-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    reopen();
}

Story::~Story() {
    ledger_.reset();
    std::filesystem::remove_all(folder_);
}

void Story::reopen() {
    ledger_.reset();
    ledger::LedgerOptions options;
    options.path = path();
    options.synchronous = synchronous_;
    auto opened = ledger::Ledger::open(options, site_);
    ASSERT_TRUE(opened) << opened.error().what;
    ledger_ = std::move(*opened);
    says(Restarted{"test", site_.hash});
    for (const auto& [name, plan] : site_.stations)
        if (!plan.scale.empty()) says(LoadDisturbed{plan.scale, 0}, name);
    planned_ = ledger_->books().effects_in(EffectState::planned);
}

std::string Story::says(Input input, const std::string& station) {
    now_.value += 10;
    const std::string key = "test:" + std::to_string(now_.value) + ":" + std::to_string(++key_);
    auto done = ledger_->turn({{key, station, std::move(input)}}, now_);
    if (!done) return "fault " + done.error().what;
    last_ = done->front().answer;
    for (const auto& effect : done->front().effects) planned_.push_back(effect);
    return std::string(mark(last_.kind)) + last_.code;
}

std::vector<EffectRow> Story::take_planned(const std::function<bool(const EffectRow&)>& which) {
    std::vector<EffectRow> taken, rest;
    for (auto& effect : planned_) (which(effect) ? taken : rest).push_back(std::move(effect));
    planned_ = std::move(rest);
    return taken;
}

std::string Story::scan(const std::string& station, const std::string& code) {
    return says(CodeScanned{code}, station);
}

std::string Story::weigh(const std::string& station, std::int64_t weight_g) {
    return says(LoadSettled{"scale-1", ++settling_, grams(weight_g), grams(5), "raw"}, station);
}

std::string Story::draw() {
    if (planned_.empty()) return "nothing planned after " + last_.code;
    const auto effect = planned_.front();
    EXPECT_EQ(effect.kind, EffectKind::prepare_label);
    planned_.erase(planned_.begin());
    const auto hash = "label-" + to_text(effect.id);
    return says(LabelPrepared{effect.id, hash, "^XA " + hash + " ^XZ"}, effect.station);
}

std::string Story::start_print() {
    if (planned_.empty()) return "nothing planned after " + last_.code;
    const auto effect = planned_.front();
    EXPECT_EQ(effect.kind, EffectKind::print_label);
    planned_.erase(planned_.begin());
    printing_ = effect.id;
    return says(EffectStarted{effect.id}, effect.station);
}

std::string Story::end_print(Outcome outcome) {
    return says(EffectEnded{printing_, outcome, "test"}, "bench-1");
}

std::string Story::arg(const std::string& name) const {
    for (const auto& [key, value] : last_.args)
        if (key == name) return value;
    return "";
}

Story& Story::skus() {
    SkusImported in{"skus.csv", "h1", {}};
    in.rows.push_back(sku("MUG-RED", "Red mug", 300, {{"4006381333931", 1}}));
    in.rows.push_back(sku("MUG-BLUE", "Blue mug", 320, {{"5901234123457", 1}}));
    in.rows.push_back(sku("TEA", "Teh Melati 50 g", 55, {{"8991002101630", 1}, {"TEA-CASE", 12}}));
    EXPECT_EQ(says(std::move(in)), "+imported");
    return *this;
}

Story& Story::stock() {
    StockImported in{"stock.csv", "h2", {}};
    in.rows = {{"A-01", "MUG-RED", "", 100, 1, ""},
               {"A-02", "MUG-BLUE", "", 100, 2, ""},
               {"B-01", "TEA", "", 20, 3, ""},
               {"B-02", "TEA", "", 100, 4, ""}};
    EXPECT_EQ(says(std::move(in)), "+imported");
    return *this;
}

Story& Story::tariff() {
    rating::TariffRows rows;
    rows.version = "t1";
    rows.currency = {"IDR", 0};
    rating::ServiceRow reg;
    reg.courier = "JNE";
    reg.code = "REG";
    reg.name = "JNE Reguler";
    reg.divisor = 6000;
    reg.rounding = rating::Rounding::tolerance;
    reg.tolerance_g = 300;
    reg.minimum_g = 1000;
    reg.cod_allowed = true;
    reg.transit_days = 2;
    auto yes = reg;
    yes.code = "YES";
    yes.name = "JNE YES";
    yes.transit_days = 1;
    rows.services = {reg, yes};
    rows.rates = {{"JNE", "REG", "", 1000, {9000}, {9000}},
                  {"JNE", "YES", "", 1000, {18000}, {18000}}};
    EXPECT_EQ(says(TariffImported{"tariff.csv", "t1", rows}), "+imported");
    return *this;
}

Story& Story::numbers() {
    TrackingNumbersImported in{"numbers.csv", "h3", {}};
    for (int i = 1; i <= 9; ++i) in.rows.push_back({"JNE", "REG", "RESI000" + std::to_string(i)});
    EXPECT_EQ(says(std::move(in)), "+imported");
    return *this;
}

OrderDraft Story::draft(const std::string& number, std::vector<DraftLine> lines) {
    OrderDraft draft;
    draft.key = {"webstore", "toko", number};
    draft.owner = "toko";
    draft.lines = std::move(lines);
    draft.ship_to = {"Dewi",           "0812-0000-1111",   "Jl. Melati 5",
                     "Cikarang Utara", "Kabupaten Bekasi", "Jawa Barat",
                     "17530"};
    draft.area_code = "32.16.09";
    draft.value = {150000};
    draft.courier = "JNE";
    draft.service = "REG";
    return draft;
}

Story& Story::order(OrderDraft draft) {
    SealedOrder sealed;
    const auto number = draft.key.external_id;
    sealed.draft = std::move(draft);
    sealed.content_hash = "content-" + number;
    sealed.person_hash = "person-" + number;
    sealed.person_salt = "salt";
    if (sealed.draft.arranged && !sealed.draft.arranged->label_zpl.empty())
        sealed.label_hash = "zpl-" + number;
    says(OrderReceived{std::move(sealed)});
    return *this;
}

Order Story::order_named(const std::string& number) const {
    for (const auto& meaning : books().meanings(number))
        if (meaning.kind == CodeKind::order) return *books().order({std::stoll(meaning.ref)});
    ADD_FAILURE() << "no order " << number;
    return {};
}

Parcel Story::parcel_of(const std::string& number) const {
    const auto parcels = books().parcels_of(order_named(number).id);
    if (parcels.empty()) ADD_FAILURE() << "no parcel for " << number;
    return parcels.empty() ? Parcel{} : parcels.front();
}

}  // namespace kemas::testing
