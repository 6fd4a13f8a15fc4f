#include <fmt/core.h>

#include <algorithm>

#include "tools/kemasctl/commission.hpp"

namespace kemas::ctl {
namespace {

// A cell of a Markdown table: nothing in it may end the cell or begin markup.
std::string cell_text(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '|' || c == '<' || c == '*' || c == '_' || c == '`' || c == '\\' || c == '[')
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out.empty() ? "-" : out;
}

const char* word(Step::Verdict verdict) {
    switch (verdict) {
        case Step::Verdict::pass:
            return "pass";
        case Step::Verdict::fail:
            return "**FAIL**";
        case Step::Verdict::skipped:
            break;
    }
    return "not done";
}

const char* word(const DeviceRun& device) {
    return device.has(Step::Verdict::fail)      ? "FAILED"
           : device.has(Step::Verdict::skipped) ? "not complete"
                                                : "passed";
}

std::string verdict_line(const CommissionReport& report) {
    if (report.has(Step::Verdict::fail)) return "FAILED: see \"What is to do\"";
    if (!report.complete) return "ENDED EARLY";
    if (report.has(Step::Verdict::skipped))
        return "NOT COMPLETE: no failure, but steps were left out";
    return "PASSED";
}

std::string to_do_list(const CommissionReport& report) {
    std::string out;
    for (const auto& device : report.devices)
        for (const auto& step : device.steps)
            if (!step.to_do.empty())
                out += fmt::format("- [ ] {} `{}`, {}: {}\n", device.kind, device.name, step.what,
                                   cell_text(step.to_do));
    return out.empty() ? "Nothing.\n" : out;
}

std::string section(const DeviceRun& device) {
    std::string out = fmt::format("\n## {} `{}`: {}\n\n", device.kind, device.name, word(device));
    for (const auto& [name, value] : device.about)
        if (!value.empty()) out += fmt::format("- {}: {}\n", name, cell_text(value));
    out += "\n| step | expected | found | result |\n|---|---|---|---|\n";
    for (const auto& step : device.steps)
        out += fmt::format("| {} | {} | {} | {} |\n", cell_text(step.what),
                           cell_text(step.expected), cell_text(step.found), word(step.verdict));
    return out;
}

}  // namespace

bool DeviceRun::has(Step::Verdict verdict) const {
    return std::any_of(steps.begin(), steps.end(),
                       [&](const Step& step) { return step.verdict == verdict; });
}

bool CommissionReport::has(Step::Verdict verdict) const {
    return std::any_of(devices.begin(), devices.end(),
                       [&](const DeviceRun& device) { return device.has(verdict); });
}

std::string to_markdown(const CommissionReport& report) {
    std::string out = fmt::format("# Commissioning report: {}\n\n", cell_text(report.site));
    out += fmt::format("- result: **{}**\n- done by: {}\n- began: {}\n- ended: {}\n- Kemas: {}\n",
                       verdict_line(report), cell_text(report.who), report.started,
                       report.ended.empty() ? "not ended" : report.ended, report.version);
    out += "\n| device | kind | result |\n|---|---|---|\n";
    for (const auto& device : report.devices)
        out += fmt::format("| `{}` | {} | {} |\n", device.name, device.kind, word(device));
    out += "\n## What is to do\n\n" + to_do_list(report);
    for (const auto& device : report.devices) out += section(device);
    return out + "\nSigned: ______________________\n";
}

}  // namespace kemas::ctl
