#include "intake/tariff_csv.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/rating/tariff_fields.hpp"
#include "intake/draft_check.hpp"
#include "intake/seal.hpp"

namespace kemas::intake {
namespace {

using rating::SurchargeRow;

// The columns of a record, in the order in which visit_fields() has them.
class ColumnList {
 public:
    template <class Row>
    static std::vector<std::string_view> of() {
        ColumnList list;
        Row row;
        rating::visit_fields(row, list);
        return std::move(list.names_);
    }
    template <class... Rest>
    void id(std::string_view column, const Rest&...) {
        names_.push_back(column);
    }
    void text(std::string_view column, const std::string&) { names_.push_back(column); }
    void number(std::string_view column, std::int64_t, std::int64_t, std::int64_t) {
        names_.push_back(column);
    }
    void small(std::string_view column, int, int) { names_.push_back(column); }
    void flag(std::string_view column, bool) { names_.push_back(column); }
    void money(std::string_view column, Money, std::int64_t) { names_.push_back(column); }
    void length(std::string_view column, Millimetres) { names_.push_back(column); }
    void day(std::string_view column, rating::Day) { names_.push_back(column); }
    template <class Enum, class Words>
    void word(std::string_view column, Enum, const Words&) {
        names_.push_back(column);
    }

 private:
    std::vector<std::string_view> names_;
};

// What a record may have, and where the file has it.
struct Plan {
    std::vector<std::string_view> names;
    std::vector<Column> columns;  // of names
    std::vector<Column> foreign;  // that the file has and the record has not
};

// Fills a row from the cells; the columns come in the plan's order.
class CellReader {
 public:
    CellReader(Table& table, const Plan& plan) : table_(table), plan_(plan) {}
    void id(std::string_view, std::string& value, bool required) {
        value = table_.id(next(), required);
    }
    void text(std::string_view, std::string& value) { value = table_.text(next()); }
    void number(std::string_view, std::int64_t& value, std::int64_t least, std::int64_t most) {
        value = table_.integer(next(), least, most, value);
    }
    void small(std::string_view, int& value, int most) {
        value = static_cast<int>(table_.integer(next(), 0, most, value));
    }
    void flag(std::string_view, bool& value) { value = table_.flag(next()); }
    // `least` -1: the cell must have a value.
    void money(std::string_view, Money& value, std::int64_t least) {
        value.value = least < 0 ? table_.required_integer(next(), 0, kMostMoney)
                                : table_.integer(next(), least, kMostMoney, value.value);
    }
    void length(std::string_view, Millimetres& value) {
        value.value = table_.integer(next(), 0, 5 * rating::kMostMillimetres, value.value);
    }
    void day(std::string_view, rating::Day& value) {
        const auto column = next();
        if (table_.is_empty(column)) return;
        const auto text = table_.text(column);
        if (const auto day = rating::parse_day(text))
            value = *day;
        else
            table_.fault(column, "is '" + text + "'; must be a day such as 2025-08-18");
    }
    template <class Enum, class Words>
    void word(std::string_view, Enum& value, const Words& words) {
        value = static_cast<Enum>(table_.word(next(), std::span<const std::string_view>(words)));
    }

 private:
    Column next() { return plan_.columns[at_++]; }
    Table& table_;
    const Plan& plan_;
    std::size_t at_ = 0;
};

const std::vector<std::string>& records() {
    static const std::vector<std::string> all{"tariff", "service", "rate",   "surcharge",
                                              "zone",   "area",    "holiday"};
    return all;
}

std::vector<std::string_view> names_of(std::size_t record) {
    switch (record) {
        case 0:
            return {"currency", "exponent", "country"};
        case 1:
            return ColumnList::of<rating::ServiceRow>();
        case 2:
            return ColumnList::of<rating::RateRow>();
        case 3: {
            auto names = ColumnList::of<SurchargeRow>();
            names.insert(names.end(), {"amount", "basis_points"});
            return names;
        }
        case 4:
            return ColumnList::of<rating::ZoneRow>();
        case 5:
            return ColumnList::of<rating::ListedAreaRow>();
        default:
            return ColumnList::of<rating::HolidayRow>();
    }
}

std::set<std::string_view> all_columns() {
    std::set<std::string_view> all{"courier", "service"};
    for (std::size_t i = 0; i < records().size(); ++i) {
        const auto names = names_of(i);
        all.insert(names.begin(), names.end());
    }
    return all;
}

std::vector<std::string_view> optional_columns() {
    auto all = all_columns();
    all.erase("courier");
    all.erase("service");
    return {all.begin(), all.end()};
}

class TariffReader {
 public:
    explicit TariffReader(std::string_view bytes)
        : table_(bytes, {"record", "courier", "service"}, optional_columns()),
          record_(table_.at("record")) {
        out_.tariff.version = sha256_hex(bytes);
        out_.tariff.currency = {"IDR", 0};
        const auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
        out_.tariff.rates.reserve(lines);
        lines_[2].reserve(lines);
        for (std::size_t i = 0; i < records().size(); ++i) plans_.push_back(plan(i));
    }

    TariffImport run() {
        while (table_.next()) row();
        out_.errors = table_.take_errors();
        if (out_.errors.empty()) judge();
        return std::move(out_);
    }

 private:
    Plan plan(std::size_t record) const {
        Plan plan;
        plan.names = names_of(record);
        for (const auto name : plan.names) plan.columns.push_back(table_.at(name));
        for (const auto name : all_columns()) {
            const bool own =
                std::find(plan.names.begin(), plan.names.end(), name) != plan.names.end();
            if (!own && table_.has(name)) plan.foreign.push_back(table_.at(name));
        }
        return plan;
    }

    void row() {
        const auto word = table_.text(record_);
        const auto found = std::find(records().begin(), records().end(), word);
        if (found == records().end()) {
            return table_.fault("record",
                                "is '" + word +
                                    "'; must be tariff, service, rate, surcharge, zone, area or "
                                    "holiday");
        }
        const auto record = static_cast<std::size_t>(found - records().begin());
        // A cell that the row's record does not have is a mistake in the sheet, never ignored.
        for (const auto& column : plans_[record].foreign) {
            if (table_.is_empty(column)) continue;
            table_.fault(column, "does not belong to a " + word + " row; leave it empty");
        }
        lines_[record].push_back(table_.line());
        auto& to = out_.tariff;
        switch (record) {
            case 0:
                return head();
            case 1:
                return to.services.push_back(read<rating::ServiceRow>(record));
            case 2:
                return to.rates.push_back(read<rating::RateRow>(record));
            case 3:
                return surcharge();
            case 4:
                to.zones.push_back(read<rating::ZoneRow>(record));
                return or_all(to.zones.back().service);
            case 5:
                return to.listed_areas.push_back(read<rating::ListedAreaRow>(record));
            default:
                to.holidays.push_back(read<rating::HolidayRow>(record));
                return or_all(to.holidays.back().courier);
        }
    }

    static void or_all(std::string& name) {
        if (name.empty()) name = "*";
    }

    template <class Row>
    Row read(std::size_t record) {
        Row row;
        CellReader reader(table_, plans_[record]);
        rating::visit_fields(row, reader);
        return row;
    }

    void head() {
        if (lines_[0].size() > 1) table_.fault("record", "there is a tariff row already");
        out_.tariff.currency.code = table_.id("currency", true);
        out_.tariff.currency.exponent = static_cast<int>(table_.integer("exponent", 0, 4, 0));
        if (!table_.is_empty("country")) out_.tariff.country = table_.id("country", true);
    }

    void surcharge() {
        auto row = read<SurchargeRow>(3);
        or_all(row.service);
        const bool percent = rating::is_percent(row.kind);
        row.amount = table_.required_integer(percent ? "basis_points" : "amount", 0, kMostMoney);
        const std::string_view other = percent ? "amount" : "basis_points";
        if (!table_.is_empty(other)) {
            table_.fault(other, percent ? "a percentage is given in basis_points; leave it empty"
                                        : "a fixed sum is given in amount; leave it empty");
        }
        out_.tariff.surcharges.push_back(std::move(row));
    }

    // The rules between rows are the rate book's; its words are put on the file's lines.
    void judge() {
        auto book = rating::make_rate_book(out_.tariff);
        if (book) {
            out_.book = std::move(*book);
            return;
        }
        static const std::map<std::string, std::string> names{{"code", "service"},
                                                              {"divisor", "divisor_cm3_per_kg"},
                                                              {"area_prefix", "area"},
                                                              {"per_step", "step_price"}};
        static const std::map<std::string, std::size_t, std::less<>> tables{
            {"services", 1}, {"rates", 2},        {"surcharges", 3},
            {"zones", 4},    {"listed_areas", 5}, {"holidays", 6}};
        for (const auto& fault : book.error()) {
            const auto table = tables.find(fault.table);
            const bool known = table != tables.end() && fault.row < lines_[table->second].size();
            std::string column = fault.column;
            if (const auto name = names.find(column); name != names.end()) column = name->second;
            if (known && table->second == 3 && column == "amount" &&
                rating::is_percent(out_.tariff.surcharges[fault.row].kind)) {
                column = "basis_points";
            }
            out_.errors.push_back(
                {known ? lines_[table->second][fault.row] : 0, std::move(column), fault.reason});
        }
    }

    Table table_;
    Column record_;
    TariffImport out_;
    std::vector<Plan> plans_;                // by record
    std::array<std::vector<int>, 7> lines_;  // of each record's rows
};

}  // namespace

TariffImport tariff_from_csv(std::string_view bytes) {
    return TariffReader(bytes).run();
}

}  // namespace kemas::intake
