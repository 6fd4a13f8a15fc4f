// The reports of kemasctl, one a file. Each adds itself to `kemasctl report`.
#pragma once

#include "tools/kemasctl/session.hpp"

namespace CLI {
class App;
}

namespace kemas::ctl {

inline constexpr long kReportTimeout_ms = 300'000;

void add_report_assortment(CLI::App& reports, Session& session);
void add_report_declared(CLI::App& reports, Session& session);
void add_report_invoice(CLI::App& reports, Session& session);
void add_report_reliability(CLI::App& reports, Session& session);

}  // namespace kemas::ctl
