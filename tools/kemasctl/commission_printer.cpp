#include <fmt/core.h>

#include <chrono>
#include <map>
#include <thread>

#include "tools/kemasctl/commission.hpp"

namespace kemas::ctl {
namespace {

using Clock = std::chrono::steady_clock;
using Verdict = Step::Verdict;

void look(CommissionRun& run, DeviceRun& device, const std::string& word, const std::string& what,
          const std::string& expected, const std::string& question, const std::string& to_do) {
    const bool good = run.asker.yes(device.name + "/" + word, "  " + question, true);
    device.steps.push_back({what, expected, good ? "seen so" : "not so",
                            good ? Verdict::pass : Verdict::fail, good ? "" : to_do});
}

std::map<std::string, std::int64_t> code_counts(CommissionRun& run,
                                                const std::vector<std::string>& scanners) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& name : scanners)
        if (const auto device = run.device(name, "scanner"))
            counts[name] = count(part(*device, "last_code"), "count");
    return counts;
}

// The first new code of any scanner: which scanner, and what.
std::optional<std::pair<std::string, std::string>> scanned(
    CommissionRun& run, const std::map<std::string, std::int64_t>& before) {
    const auto end = Clock::now() + std::chrono::seconds(run.wait_s);
    while (Clock::now() < end) {
        for (const auto& [name, old] : before) {
            const auto device = run.device(name, "scanner");
            if (!device) return std::nullopt;
            const auto& code = part(*device, "last_code");
            if (count(code, "count") > old) return std::pair{name, text(code, "text")};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    return std::nullopt;
}

void scan_back(CommissionRun& run, DeviceRun& device, const std::vector<std::string>& scanners,
               const std::string& code) {
    Step step{"printed barcode read back", code + "2 (2 dots), else ...3 or ...4", "",
              Verdict::pass, ""};
    const auto before = code_counts(run, scanners);
    if (before.empty()) {
        step.found = "no scanner at this site";
        step.verdict = Verdict::skipped;
        step.to_do = "Read the barcodes with any scanner and compare.";
        device.steps.push_back(step);
        return;
    }
    fmt::print(
        "  Scan the top barcode of the page (\"2 dots\") with any scanner; if it cannot be "
        "read, the next ({} s).\n",
        run.wait_s);
    std::fflush(stdout);
    const auto read = scanned(run, before);
    constexpr auto lighter = "Clean the head, then change darkness or speed, and print it again.";
    if (!read) {
        step.found = "nothing was read within " + std::to_string(run.wait_s) + " s";
        step.verdict = Verdict::fail;
        step.to_do = lighter;
    } else {
        const auto at = read->second.find(code);
        step.found = read->second + " by " + read->first;
        if (at == read->second.npos) {
            step.verdict = Verdict::fail;
            step.to_do = "That was another code: scan the page that was just printed.";
        }
    }
    fmt::print("  {}: {}\n", step.verdict == Verdict::pass ? "read right" : "WRONG", step.found);
    device.steps.push_back(step);
}

}  // namespace

void commission_printer(CommissionRun& run, DeviceRun& device,
                        const std::vector<std::string>& scanners) {
    run.asker.ready(
        device.name + "/load",
        "  Load the site's labels, close the head, and let the printer find the gap (its "
        "own calibration).");
    const auto answer = run.session.ask(
        post("/api/v1/devices/" + encode(device.name) + "/test-page?kind=printer", "{}"));
    Step step{"test page printed", "done", "", Verdict::pass, ""};
    std::string code;
    if (!answer) {
        run.session.exit = Exit::ok;  // what went wrong is in the report
        step.found = "refused";
        step.verdict = Verdict::fail;
        step.to_do = "See `kemasctl devices show " + device.name + "`.";
    } else {
        const auto outcome = text(*answer, "outcome");
        code = text(*answer, "code");
        step.found = outcome + ": " + text(*answer, "detail");
        if (outcome == "unknown" &&
            run.asker.yes(device.name + "/out", "  The printer gave no proof. Is the page out?",
                          true)) {
            step.found += "; the person saw the page";
        } else if (outcome != "done" && outcome != "sent") {
            step.verdict = Verdict::fail;
            step.to_do = "Mend what it says, then run this again for " + device.name + ".";
        }
    }
    fmt::print("  test page: {}\n", step.found);
    const bool printed = step.verdict == Verdict::pass;
    device.steps.push_back(std::move(step));
    if (!printed) return;
    look(run, device, "gap", "gap and edges", "both frames whole, on one label",
         "Are both frames whole on all four sides, on one label?",
         "Calibrate the gap sensor at the printer; check label width, and the layout's size in the "
         "site file.");
    look(run, device, "darkness", "darkness", "eight steps and every thin line",
         "Do you see eight different grey steps, and every thin line?",
         "Lines missing: darker or slower, clean the head. Steps run together: lighter.");
    scan_back(run, device, scanners, code);
}

}  // namespace kemas::ctl
