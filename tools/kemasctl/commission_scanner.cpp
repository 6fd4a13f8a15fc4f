#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <thread>

#include "tools/kemasctl/commission.hpp"

namespace kemas::ctl {
namespace {

using Clock = std::chrono::steady_clock;

// The next code of this scanner; empty when none comes in time.
std::optional<std::string> next_code(CommissionRun& run, const std::string& name,
                                     std::int64_t after) {
    const auto end = Clock::now() + std::chrono::seconds(run.wait_s);
    while (Clock::now() < end) {
        const auto device = run.device(name, "scanner");
        if (!device) return std::nullopt;
        const auto& code = part(*device, "last_code");
        if (count(code, "count") > after) return raw_code(code);
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    return std::nullopt;
}

std::string without_aim(const std::string& code) {  // "]C1": ISO/IEC 15424
    const bool has = code.size() > 3 && code[0] == ']' && std::isalpha(code[1]);
    return has ? code.substr(3) : code;
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::string swapped_yz(std::string text) {
    for (char& c : text) c = c == 'y' ? 'z' : c == 'z' ? 'y' : c == 'Y' ? 'Z' : c == 'Z' ? 'Y' : c;
    return text;
}

// What to do when `found` came in place of `expected`.
std::string advice(const std::string& expected, const std::string& found, const std::string& at) {
    const auto gs = expected.find('\x1d');
    if (gs != expected.npos) {
        auto lost = expected;
        lost.erase(gs, 1);
        if (found == lost)
            return "The separator GS is lost, so two fields run together: set the scanner to send "
                   "FNC1 as GS (0x1D), see " +
                   at + ".";
        if (found.size() == expected.size() && found.substr(0, gs) == expected.substr(0, gs) &&
            found.substr(gs + 1) == expected.substr(gs + 1))
            return fmt::format(
                "It sends \"{}\" in place of GS: set the scanner to send GS (0x1D), "
                "see {}, or write gs_substitute = \"{}\" in the site file where its "
                "mode has it.",
                found[gs], at, found[gs]);
    }
    if (lower(found) == lower(expected))
        return "Capitals and small letters are changed: switch caps lock off, and the scanner's "
               "case conversion.";
    if (lower(swapped_yz(found)) == lower(expected))
        return "y and z are changed over: the scanner types for another keyboard layout than the "
               "site file says.";
    if (found.size() > expected.size() && found.ends_with(expected))
        return "It sends a prefix: switch it off in the scanner, see " + at + ".";
    if (found.size() > expected.size() && found.starts_with(expected))
        return "It sends a suffix besides its line end: switch it off, see " + at + ".";
    return "Scan that very code again; if it stays so, compare the scanner's set-up with " + at +
           ".";
}

std::string numbers(const object& device) {
    std::string line = "state " + text(device, "state");
    for (const auto& item : list(device, "live")) {
        const auto& fact = as_object(item);
        line += ", " + text(fact, "name") + " " + text(fact, "text");
    }
    return line;
}

void check(CommissionRun& run, DeviceRun& device, const CheckCode& code, const std::string& key,
           const std::string& manual) {
    for (;;) {
        const auto before = run.device(device.name, "scanner");
        if (!before) return;
        fmt::print("  Scan barcode {} now ({} s).\n", heading_of(code), run.wait_s);
        std::fflush(stdout);
        const auto found = next_code(run, device.name, count(part(*before, "last_code"), "count"));
        Step step{code.name, visible(code.text), "", Step::Verdict::pass, ""};
        if (!found) {
            const auto after = run.device(device.name, "scanner");
            step.found = "nothing within " + std::to_string(run.wait_s) + " s" +
                         (after ? " (" + numbers(*after) + ")" : "");
            step.verdict = Step::Verdict::fail;
            step.to_do =
                "Is the scanner on and connected, and does it end each code with its "
                "terminator? A code without its end never counts. See " +
                manual + ".";
        } else {
            step.found = visible(*found);
            if (*found != code.text && without_aim(*found) != code.text) {
                step.verdict = Step::Verdict::fail;
                step.to_do = advice(code.text, without_aim(*found), manual);
            }
        }
        fmt::print("  {}: {}\n", step.verdict == Step::Verdict::pass ? "read right" : "WRONG",
                   step.found);
        if (step.verdict == Step::Verdict::fail) {
            fmt::print("  {}\n", step.to_do);
            if (run.asker.yes(key + "-again", "  Try it again?", false)) continue;
        }
        device.steps.push_back(std::move(step));
        return;
    }
}

}  // namespace

void commission_scanner(CommissionRun& run, DeviceRun& device, const object& facts) {
    const auto& profile = part(facts, "about_profile");
    const auto document = text(profile, "document");
    const auto manual = document.empty() ? std::string("its manual") : document;
    fmt::print("  It must be set to:\n");
    for (const auto& line : scanner_set_up(facts)) fmt::print("    - {}\n", line);
    const auto key = device.name;
    commission_setup(run, device, facts);
    check(run, device, plain_check(), key + "/plain", manual);
    const auto protocol = text(profile, "protocol");
    if (protocol == "honeywell" || protocol == "ssi") {
        const bool heard =
            run.asker.yes(key + "/beep",
                          "  Did its good beep come only after the code was on this screen?", true);
        device.steps.push_back(
            {"good beep means recorded", "beep after Kemas's answer", heard ? "yes" : "no",
             heard ? Step::Verdict::pass : Step::Verdict::fail,
             heard ? "" : "Switch on its acknowledged mode, see " + manual + "."});
    }
    check(run, device, gs1_check(), key + "/gs1", manual);
}

}  // namespace kemas::ctl
