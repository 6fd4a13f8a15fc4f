// kemasctl report invoice: a courier's invoice held against our prices.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/reports.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

// Which parcels were not priced by the tariff that they name.
void print_tariffs(const array& tariffs) {
    for (const auto& item : tariffs) {
        const auto& one = as_object(item);
        if (const auto note = text(one, "note"); !note.empty())
            fmt::print("\nTariff {}: {} {} {}\n", text(one, "tariff").substr(0, 12),
                       count(one, "parcels"), count(one, "parcels") == 1 ? "parcel" : "parcels",
                       note);
    }
}

void print_invoice(const object& answer) {
    const auto exponent = count(answer, "exponent");
    const auto theirs = count(answer, "theirs"), ours = count(answer, "ours");
    fmt::print("{} parcels, {} as we priced them. They ask {} {}, we reckon {}: {}{}\n",
               count(answer, "parcels"), count(answer, "same"), text(answer, "currency"),
               money_text(theirs, exponent), money_text(ours, exponent), theirs > ours ? "+" : "",
               money_text(theirs - ours, exponent));
    std::vector<Row> habits, differences;
    std::string letter;
    for (const auto& item : list(answer, "habits")) {
        const auto& one = as_object(item);
        habits.push_back({cell(one, "habit"), cell(one, "how"), cell(one, "parcels"),
                          money_text(count(one, "difference"), exponent)});
        letter += "  " + text(one, "write") + "\n";
    }
    if (!habits.empty())
        fmt::print("\n{}\nTo write:\n{}", table({"HABIT", "HOW", "PARCELS", "DIFFERENCE"}, habits),
                   letter);
    for (const auto& item : list(answer, "differences")) {
        const auto& one = as_object(item);
        differences.push_back(
            {cell(one, "tracking_number"), money_text(count(one, "theirs"), exponent),
             money_text(count(one, "ours"), exponent), cell(one, "their_billed_g"),
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

}  // namespace

void add_report_invoice(CLI::App& reports, Session& session) {
    const auto file = std::make_shared<std::string>(), language = std::make_shared<std::string>();
    auto* invoice = reports.add_subcommand(
        "invoice", "A courier's invoice against our prices, and the habits behind differences");
    invoice->add_option("FILE", *file, "CSV tracking_number,amount,billed_g")->required();
    invoice->add_option("--language", *language, "Of the explanations: en or id");
    invoice->callback([&session, file, language] { report_invoice(session, *file, *language); });
}

}  // namespace kemas::ctl
