// kemasctl report: what couriers, channels and our own cartons cost, held against what we know.
#include "tools/kemasctl/reports.hpp"

#include <CLI/CLI.hpp>

#include "tools/kemasctl/commands.hpp"

namespace kemas::ctl {

void add_reports(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand("report", "What others say, held against what we know");
    group->require_subcommand(1);
    add_report_assortment(*group, session);
    add_report_declared(*group, session);
    add_report_invoice(*group, session);
    add_report_reliability(*group, session);
}

}  // namespace kemas::ctl
