#include "intake/tariff_csv.hpp"

#include <map>
#include <set>

#include "intake/draft_check.hpp"
#include "intake/seal.hpp"

namespace kemas::intake {
namespace {

using rating::RateRow;
using rating::ServiceRow;
using rating::SurchargeRow;
using Columns = std::vector<std::string_view>;

const Columns kTariff{"currency", "exponent"};
const Columns kService{"courier",
                       "service",
                       "name",
                       "divisor_cm3_per_kg",
                       "volumetric_above_cm3",
                       "step_g",
                       "rounding",
                       "tolerance_g",
                       "edge",
                       "minimum_g",
                       "max_weight_g",
                       "cod",
                       "cod_min",
                       "cod_max",
                       "transit_days",
                       "cut_off"};
const Columns kRate{"courier", "service", "area", "first_price", "first_g", "step_price"};
const Columns kSurcharge{"courier", "service",      "name",    "kind",  "when",
                         "amount",  "basis_points", "minimum", "limit", "round_up_to"};
constexpr std::int64_t kMostGrams = 100'000'000;

Columns optional_columns() {
    std::set<std::string_view> all;
    for (const auto* part : {&kTariff, &kService, &kRate, &kSurcharge}) {
        all.insert(part->begin(), part->end());
    }
    all.erase("courier");
    all.erase("service");
    return {all.begin(), all.end()};
}

Money money(Table& table, std::string_view column, std::int64_t if_empty = 0) {
    return Money{table.integer(column, 0, kMostMoney, if_empty)};
}

ServiceRow read_service(Table& table) {
    ServiceRow row;
    row.courier = table.id("courier", true);
    row.code = table.id("service", true);
    row.name = table.text("name");
    row.divisor = table.integer("divisor_cm3_per_kg", 0, kMostGrams, 0);
    row.volumetric_above_cm3 = table.integer("volumetric_above_cm3", 0, kMostGrams, 0);
    row.step_g = table.integer("step_g", 1, kMostGrams, row.step_g);
    row.rounding =
        static_cast<rating::Rounding>(table.word("rounding", {"up", "half_up", "tolerance"}));
    row.tolerance_g = table.integer("tolerance_g", 0, kMostGrams, 0);
    row.edge = static_cast<rating::Edge>(table.word("edge", {"inclusive", "exclusive"}));
    row.minimum_g = table.integer("minimum_g", 0, kMostGrams, row.minimum_g);
    row.max_weight_g = table.integer("max_weight_g", 0, kMostGrams, 0);
    row.cod_allowed = table.flag("cod");
    row.cod_min = money(table, "cod_min");
    row.cod_max = money(table, "cod_max");
    row.transit_days = static_cast<int>(table.integer("transit_days", 0, 365, 0));
    row.cut_off = table.id("cut_off", false);
    return row;
}

RateRow read_rate(Table& table) {
    RateRow row;
    row.courier = table.id("courier", true);
    row.service = table.id("service", true);
    row.area_prefix = table.id("area", false);
    row.first_price = Money{table.required_integer("first_price", 0, kMostMoney)};
    row.first_g = table.integer("first_g", 1, kMostGrams, row.first_g);
    row.per_step = money(table, "step_price");
    return row;
}

bool is_percent(rating::SurchargeKind kind) {
    return kind != rating::SurchargeKind::flat && kind != rating::SurchargeKind::per_kg;
}

SurchargeRow read_surcharge(Table& table) {
    SurchargeRow row;
    row.courier = table.id("courier", true);
    row.service = table.id("service", false);
    if (row.service.empty()) row.service = "*";
    row.name = table.id("name", true);
    row.kind = static_cast<rating::SurchargeKind>(table.word(
        "kind", {"flat", "per_kg", "percent_of_freight", "percent_of_cod", "percent_of_value"}));
    row.when = static_cast<rating::When>(table.word("when", {"always", "cod", "insured"}));
    const bool percent = is_percent(row.kind);
    row.amount = table.required_integer(percent ? "basis_points" : "amount", 0, kMostMoney);
    const std::string_view other = percent ? "amount" : "basis_points";
    if (!table.text(other).empty()) {
        table.fault(other, percent ? "a percentage is given in basis_points; leave it empty"
                                   : "a fixed sum is given in amount; leave it empty");
    }
    row.minimum = money(table, "minimum");
    row.limit = money(table, "limit");
    row.round_up_to = Money{table.integer("round_up_to", 1, kMostMoney, row.round_up_to.value)};
    return row;
}

class TariffReader {
 public:
    explicit TariffReader(std::string_view bytes)
        : table_(bytes, {"record", "courier", "service"}, optional_columns()) {
        out_.tariff.version = sha256_hex(bytes);
        out_.tariff.currency = {"IDR", 0};
    }

    TariffImport run() {
        while (table_.next()) row();
        out_.errors = table_.take_errors();
        if (out_.errors.empty()) judge();
        return std::move(out_);
    }

 private:
    void row() {
        const std::string record = table_.text("record");
        if (record == "tariff") {
            refuse_foreign(kTariff, record);
            if (seen_tariff_++ > 0) table_.fault("record", "there is a tariff row already");
            out_.tariff.currency.code = table_.id("currency", true);
            out_.tariff.currency.exponent = static_cast<int>(table_.integer("exponent", 0, 4, 0));
        } else if (record == "service") {
            refuse_foreign(kService, record);
            out_.tariff.services.push_back(read_service(table_));
            lines_["services"].push_back(table_.line());
        } else if (record == "rate") {
            refuse_foreign(kRate, record);
            out_.tariff.rates.push_back(read_rate(table_));
            lines_["rates"].push_back(table_.line());
        } else if (record == "surcharge") {
            refuse_foreign(kSurcharge, record);
            out_.tariff.surcharges.push_back(read_surcharge(table_));
            lines_["surcharges"].push_back(table_.line());
        } else {
            table_.fault("record",
                         "is '" + record + "'; must be tariff, service, rate or surcharge");
        }
    }

    // A cell that the row's record does not have is a mistake in the sheet, never ignored.
    void refuse_foreign(const Columns& own, const std::string& record) {
        std::set<std::string_view> foreign;
        for (const auto* part : {&kTariff, &kService, &kRate, &kSurcharge}) {
            foreign.insert(part->begin(), part->end());
        }
        foreign.insert({"courier", "service"});
        for (const auto column : own) foreign.erase(column);
        for (const auto column : foreign) {
            if (table_.text(column).empty()) continue;
            table_.fault(column, "does not belong to a " + record + " row; leave it empty");
        }
    }

    // The rules between rows are the rate book's; its words are put on the file's lines.
    void judge() {
        const auto book = rating::make_rate_book(out_.tariff);
        if (book) return;
        static const std::map<std::string, std::string> names{{"code", "service"},
                                                              {"divisor", "divisor_cm3_per_kg"},
                                                              {"area_prefix", "area"},
                                                              {"per_step", "step_price"}};
        for (const auto& fault : book.error()) {
            const auto lines = lines_.find(fault.table);
            const bool known = lines != lines_.end() && fault.row < lines->second.size();
            std::string column = fault.column;
            if (const auto name = names.find(column); name != names.end()) column = name->second;
            if (known && fault.table == "surcharges" && column == "amount" &&
                is_percent(out_.tariff.surcharges[fault.row].kind)) {
                column = "basis_points";
            }
            out_.errors.push_back(
                {known ? lines->second[fault.row] : 0, std::move(column), fault.reason});
        }
    }

    Table table_;
    TariffImport out_;
    int seen_tariff_ = 0;
    std::map<std::string, std::vector<int>, std::less<>> lines_;  // of each table's rows
};

}  // namespace

TariffImport tariff_from_csv(std::string_view bytes) {
    return TariffReader(bytes).run();
}

}  // namespace kemas::intake
