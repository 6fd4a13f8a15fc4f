// kemasctl report: what couriers and channels say, held against what we know.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

constexpr long kReportTimeout_ms = 300'000;

std::string money(std::int64_t amount, std::int64_t exponent) {
    const bool negative = amount < 0;
    auto digits = std::to_string(negative ? -amount : amount);
    if (exponent > 0) {
        const auto behind = static_cast<std::size_t>(exponent);
        if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
        digits.insert(digits.size() - behind, ".");
    }
    return negative ? "-" + digits : digits;
}

// Which parcels were not priced by the tariff that they name.
void print_tariffs(const array& tariffs) {
    for (const auto& item : tariffs) {
        const auto& one = as_object(item);
        if (const auto note = text(one, "note"); !note.empty())
            fmt::print("\nTariff {}: {} parcels {}\n", text(one, "tariff").substr(0, 12),
                       count(one, "parcels"), note);
    }
}

void print_invoice(const object& answer) {
    const auto exponent = count(answer, "exponent");
    const auto theirs = count(answer, "theirs"), ours = count(answer, "ours");
    fmt::print("{} parcels, {} as we priced them. They ask {} {}, we reckon {}: {}{}\n",
               count(answer, "parcels"), count(answer, "same"), text(answer, "currency"),
               money(theirs, exponent), money(ours, exponent), theirs > ours ? "+" : "",
               money(theirs - ours, exponent));
    std::vector<Row> habits, differences;
    std::string letter;
    for (const auto& item : list(answer, "habits")) {
        const auto& one = as_object(item);
        habits.push_back({cell(one, "habit"), cell(one, "how"), cell(one, "parcels"),
                          money(count(one, "difference"), exponent)});
        letter += "  " + text(one, "write") + "\n";
    }
    if (!habits.empty())
        fmt::print("\n{}\nTo write:\n{}", table({"HABIT", "HOW", "PARCELS", "DIFFERENCE"}, habits),
                   letter);
    for (const auto& item : list(answer, "differences")) {
        const auto& one = as_object(item);
        differences.push_back({cell(one, "tracking_number"), money(count(one, "theirs"), exponent),
                               money(count(one, "ours"), exponent), cell(one, "their_billed_g"),
                               cell(one, "our_billed_g"), cell(one, "habit"), cell(one, "how"),
                               text(one, "tariff").substr(0, 12)});
    }
    if (!differences.empty())
        fmt::print("\n{}", table({"NUMBER", "THEIRS", "OURS", "THEIR GRAMS", "OUR GRAMS", "HABIT",
                                  "HOW", "TARIFF"},
                                 differences));
    print_tariffs(list(answer, "tariffs"));
    const auto& unknown = list(answer, "unknown");
    if (!unknown.empty())
        fmt::print("\n{} numbers are of no labelled parcel of ours: {}\n", unknown.size(),
                   text(answer, "unknown"));
}

void report_invoice(Session& session, const std::string& file, const std::string& language) {
    auto body = read_file(file);
    if (!body) return session.complain(Exit::cannot, body.error().what);
    auto call = post("/api/v1/reports/invoice" + query({{"language", language}}), std::move(*body));
    call.content_type = "text/csv";
    call.timeout_ms = kReportTimeout_ms;
    const auto answer = session.ask(call);
    if (!answer) return;
    if (session.json) return session.print_raw();
    print_invoice(*answer);
}

void report_reliability(Session& session, const std::string& area) {
    const auto answer = session.ask(
        get("/api/v1/reports/reliability" + (area.empty() ? "" : "?area=" + encode(area))));
    if (!answer) return;
    if (session.json) return session.print_raw();
    std::vector<Row> rows;
    for (const auto& item : list(*answer, "rows")) {
        const auto& one = as_object(item);
        const auto share = [&](const char* name) { return cell(one, name) + " %"; };
        rows.push_back({cell(one, "courier"), cell(one, "service"),
                        text(one, "area").empty() ? "all" : text(one, "area"), cell(one, "sent"),
                        share("on_time_percent"), share("returned_percent"), share("lost_percent"),
                        yes(one, "proven") ? "" : "not yet proven"});
    }
    fmt::print(
        "Parcels whose end was told from {} to before {}; a share is believed from {} "
        "parcels on.\n",
        text(*answer, "from"), text(*answer, "before"), count(*answer, "reliable_from"));
    if (rows.empty()) return fmt::print("No courier has told of any.\n");
    fmt::print(
        "\n{}",
        table({"COURIER", "SERVICE", "AREA", "SENT", "ON TIME", "RETURNED", "LOST", ""}, rows));
    if (const auto more = count(*answer, "left_out"); more > 0)
        fmt::print("{} more: name an area with --area.\n", more);
}

}  // namespace

void add_reports(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand("report", "What others say, held against what we know");
    group->require_subcommand(1);
    const auto area = std::make_shared<std::string>();
    auto* reliability = group->add_subcommand(
        "reliability", "How couriers kept their word, by service and destination");
    reliability->add_option("--area", *area, "Only this area, as in 31.74");
    reliability->callback([&session, area] { report_reliability(session, *area); });
    const auto file = std::make_shared<std::string>(), language = std::make_shared<std::string>();
    auto* invoice = group->add_subcommand(
        "invoice", "A courier's invoice against our prices, and the habits behind differences");
    invoice->add_option("FILE", *file, "CSV tracking_number,amount,billed_g")->required();
    invoice->add_option("--language", *language, "Of the explanations: en or id");
    invoice->callback([&session, file, language] { report_invoice(session, *file, *language); });
}

}  // namespace kemas::ctl
