// kemasctl report declared. Knows no other report.
#pragma once

#include "tools/kemasctl/session.hpp"

namespace CLI {
class App;
}

namespace kemas::ctl {

void add_report_declared(CLI::App& reports, Session& session);

// "90.00"; below zero "-90.00"
std::string money_text(std::int64_t amount, std::int64_t exponent);

}  // namespace kemas::ctl
