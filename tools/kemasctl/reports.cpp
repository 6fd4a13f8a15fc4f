// kemasctl report: what couriers and channels say, held against what we know.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/report_declared.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

constexpr long kReportTimeout_ms = 300'000;

void print_invoice(const object& answer) {
    const auto exponent = count(answer, "exponent");
    const auto theirs = count(answer, "theirs"), ours = count(answer, "ours");
    fmt::print("{} parcels, {} as we priced them. They ask {} {}, we reckon {}: {}{}\n",
               count(answer, "parcels"), count(answer, "same"), text(answer, "currency"),
               money_text(theirs, exponent), money_text(ours, exponent), theirs > ours ? "+" : "",
               money_text(theirs - ours, exponent));
    std::vector<Row> habits, differences;
    for (const auto& item : list(answer, "habits")) {
        const auto& one = as_object(item);
        habits.push_back({cell(one, "habit"), cell(one, "how"), cell(one, "parcels"),
                          money_text(count(one, "difference"), exponent)});
    }
    if (!habits.empty())
        fmt::print("\n{}", table({"HABIT", "HOW", "PARCELS", "DIFFERENCE"}, habits));
    for (const auto& item : list(answer, "differences")) {
        const auto& one = as_object(item);
        differences.push_back(
            {cell(one, "tracking_number"), money_text(count(one, "theirs"), exponent),
             money_text(count(one, "ours"), exponent), cell(one, "their_billed_g"),
             cell(one, "our_billed_g"), cell(one, "habit"), cell(one, "how")});
    }
    if (!differences.empty())
        fmt::print("\n{}",
                   table({"NUMBER", "THEIRS", "OURS", "THEIR GRAMS", "OUR GRAMS", "HABIT", "HOW"},
                         differences));
    const auto& unknown = list(answer, "unknown");
    if (!unknown.empty())
        fmt::print("\n{} numbers are of no labelled parcel of ours: {}\n", unknown.size(),
                   text(answer, "unknown"));
}

void report_invoice(Session& session, const std::string& file) {
    auto body = read_file(file);
    if (!body) return session.complain(Exit::cannot, body.error().what);
    auto call = post("/api/v1/reports/invoice", std::move(*body));
    call.content_type = "text/csv";
    call.timeout_ms = kReportTimeout_ms;
    const auto answer = session.ask(call);
    if (!answer) return;
    if (session.json) return session.print_raw();
    print_invoice(*answer);
}

}  // namespace

void add_reports(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand("report", "What others say, held against what we know");
    group->require_subcommand(1);
    add_report_declared(*group, session);
    const auto file = std::make_shared<std::string>();
    auto* invoice = group->add_subcommand(
        "invoice", "A courier's invoice against our prices, and the habits behind differences");
    invoice->add_option("FILE", *file, "CSV tracking_number,amount,billed_g")->required();
    invoice->callback([&session, file] { report_invoice(session, *file); });
}

}  // namespace kemas::ctl
