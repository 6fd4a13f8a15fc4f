// kemasctl report assortment: how the cartons were used, and which sizes would have saved.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/reports.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

struct PeriodArgs {
    std::string from, to, language;
    std::vector<std::string> cartons;
};

// What the report says, in the reader's language.
struct PeriodWords {
    const char *head, *cut, *unsized, *nowhere, *savings, *none;
    Row cartons, sizes;
};
const PeriodWords english{
    "{} to {}: {} parcels of {} orders. Packed as suggested: {} cartons, {} m3 outside, {} empty, "
    "{} {}\n",
    "Cut: there was too much of it. Counted up to {}; ask for a shorter period.\n",
    "{} orders are left out: the size of {} is not known. Measure it and import the SKUs again.\n",
    "{} orders fit into no carton.\n",
    "\nSizes that would have saved, each beside those before it (inside, in mm)\n",
    "\nNo other size would have saved anything.\n",
    {"CARTON", "NAME", "PARCELS", "EMPTY", "SUGGESTED", "EMPTY", "OUTSIDE m3", "COST"},
    {"SIZE", "ORDERS", "OUTSIDE m3", "OF ALL", "CARTONS", "COST"}};
const PeriodWords indonesian{
    "{} s.d. {}: {} paket dari {} pesanan. Bila dikemas sesuai saran: {} kardus, {} m3 luar, {} "
    "kosong, {} {}\n",
    "Terpotong: datanya terlalu banyak. Dihitung sampai {}; minta masa yang lebih pendek.\n",
    "{} pesanan tidak dihitung: ukuran {} belum diketahui. Ukur lalu impor SKU lagi.\n",
    "{} pesanan tidak muat di kardus mana pun.\n",
    "\nUkuran yang akan menghemat, masing-masing di samping yang di atasnya (dalam, mm)\n",
    "\nTidak ada ukuran lain yang akan menghemat.\n",
    {"KARDUS", "NAMA", "PAKET", "KOSONG", "SARAN", "KOSONG", "LUAR m3", "BIAYA"},
    {"UKURAN", "PESANAN", "LUAR m3", "DARI SEMUA", "KARDUS", "BIAYA"}};

std::string cubic_metres(std::int64_t cm3) {
    return money_text((cm3 + (cm3 < 0 ? -500 : 500)) / 1000, 3);
}

std::string share(const object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    if (!value || !value->is_int64()) return "-";
    return fmt::format("{} %", (value->get_int64() + 5) / 10);
}

void print_period(const object& answer, const PeriodWords& words) {
    const auto exponent = count(answer, "exponent");
    const auto& planned = part(answer, "planned");
    fmt::print(fmt::runtime(words.head), text(answer, "from"), text(answer, "to"),
               count(answer, "parcels"), count(answer, "orders"), count(planned, "cartons"),
               cubic_metres(count(planned, "outer_cm3")), share(planned, "empty_permille"),
               text(answer, "currency"), money_text(count(planned, "cost"), exponent));
    if (yes(answer, "cut")) fmt::print(fmt::runtime(words.cut), text(answer, "until"));
    if (const auto left = count(answer, "orders_without_size"))
        fmt::print(fmt::runtime(words.unsized), left, text(answer, "goods_without_size"));
    if (const auto left = count(answer, "orders_that_fit_nowhere"))
        fmt::print(fmt::runtime(words.nowhere), left);
    std::vector<Row> cartons, sizes;
    for (const auto& item : list(answer, "cartons")) {
        const auto& one = as_object(item);
        const auto& plan = part(one, "planned");
        cartons.push_back({cell(one, "carton"), cell(one, "name"), cell(one, "parcels"),
                           share(one, "parcels_empty_permille"), cell(plan, "cartons"),
                           share(plan, "empty_permille"),
                           plan.empty() ? "-" : cubic_metres(count(plan, "outer_cm3")),
                           plan.empty() ? "-" : money_text(count(plan, "cost"), exponent)});
    }
    if (!cartons.empty()) fmt::print("\n{}", table(words.cartons, cartons));
    const auto all_cm3 = count(planned, "outer_cm3");
    for (const auto& item : list(answer, "savings")) {
        const auto& one = as_object(item);
        const auto cm3 = count(one, "outer_cm3");
        sizes.push_back({cell(one, "name"), cell(one, "orders"), cubic_metres(cm3),
                         all_cm3 > 0 ? money_text(cm3 * 1000 / all_cm3, 1) + " %" : "-",
                         cell(one, "cartons"), money_text(count(one, "cost"), exponent)});
    }
    if (sizes.empty()) return fmt::print("{}", words.none);
    fmt::print("{}{}", words.savings, table(words.sizes, sizes));
}

void report_assortment(Session& session, const PeriodArgs& args) {
    std::string cartons;
    for (const auto& one : args.cartons) cartons += (cartons.empty() ? "" : ",") + one;
    auto call = get("/api/v1/reports/assortment" +
                    query({{"from", args.from}, {"to", args.to}, {"carton", cartons}}));
    call.timeout_ms = kReportTimeout_ms;
    const auto answer = session.ask(call);
    if (!answer) return;
    if (session.json) return session.print_raw();
    print_period(*answer, args.language == "id" ? indonesian : english);
}

}  // namespace

void add_report_assortment(CLI::App& reports, Session& session) {
    const auto args = std::make_shared<PeriodArgs>();
    auto* period = reports.add_subcommand(
        "assortment", "How much each carton was used, and which sizes would have saved how much");
    period->add_option("--from", args->from, "First day, otherwise 30 days back")
        ->type_name("YYYY-MM-DD");
    period->add_option("--to", args->to, "Last day, otherwise today")->type_name("YYYY-MM-DD");
    period
        ->add_option("--carton", args->cartons,
                     "A size to try, inside, such as 300x200x150; otherwise sizes are proposed")
        ->type_name("LxWxH");
    period->add_option("--language", args->language, "en or id")
        ->check(CLI::IsMember({"en", "id"}));
    period->callback([&session, args] { report_assortment(session, *args); });
}

}  // namespace kemas::ctl
