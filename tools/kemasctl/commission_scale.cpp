#include <fmt/core.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "tools/kemasctl/commission.hpp"

namespace kemas::ctl {
namespace {

using Clock = std::chrono::steady_clock;

// "1240", "1240.5", "1.24 kg", "-0.005" as milligrams; empty when it is none of these.
std::optional<std::int64_t> milligrams(std::string text) {
    int decimals = 3;  // of a milligram in the unit: grams
    const auto unit = text.find_first_not_of("0123456789.-");
    if (unit != text.npos) {
        auto word = text.substr(unit);
        text.resize(unit);
        while (!word.empty() && word[0] == ' ') word.erase(0, 1);
        if (word == "kg")
            decimals = 6;
        else if (word != "g")
            return std::nullopt;
    }
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) text.erase(0, 1);
    const auto point = text.find('.');
    std::string whole = text.substr(0, point);
    std::string part = point == text.npos ? "" : text.substr(point + 1);
    if (whole.empty() || whole.size() > 6 || part.size() > static_cast<std::size_t>(decimals) ||
        part.find_first_not_of("0123456789") != part.npos || whole.find('-') != whole.npos)
        return std::nullopt;
    part.append(static_cast<std::size_t>(decimals) - part.size(), '0');
    const auto value = std::strtoll((whole + part).c_str(), nullptr, 10);
    return negative ? -value : value;
}

std::string grams(std::int64_t mg) {
    auto text =
        fmt::format("{}{}.{:03}", mg < 0 ? "-" : "", std::abs(mg) / 1000, std::abs(mg) % 1000);
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text + " g";
}

struct Load {
    std::int64_t gross = 0, division = 0;  // mg
    bool settled = false;
    std::string why;  // when nothing settled
};

// Waits until readings stay within 1 e for half a second, and `wanted` is true of them.
template <class Wanted>
Load settled_load(CommissionRun& run, const std::string& name, Wanted wanted) {
    const auto end = Clock::now() + std::chrono::seconds(run.wait_s);
    Load load;
    Clock::time_point steady_since = Clock::now();
    bool steady = false;
    while (Clock::now() < end) {
        const auto device = run.device(name, "scale");
        if (!device) return load;
        const auto& weight = part(*device, "weight");
        const auto gross = milligrams(text(weight, "weight_g"));
        const auto division = milligrams(text(weight, "division_g"));
        if (text(weight, "quality") != "good" || !gross || !division) {
            steady = false;
            load.why = text(weight, "why");
            if (load.why.empty()) load.why = "the scale does not come to rest";
        } else {
            if (!steady || std::abs(*gross - load.gross) > *division) {
                steady = true;
                steady_since = Clock::now();
                load.gross = *gross;
            }
            load.division = *division;
            load.why = "the load on the scale does not change";
            if (Clock::now() - steady_since >= std::chrono::milliseconds(500) && wanted(*gross)) {
                load.gross = *gross;
                load.settled = true;
                return load;
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
    }
    return load;
}

class ScaleWalk {
 public:
    ScaleWalk(CommissionRun& run, DeviceRun& device) : run_(run), device_(device) {}

    void walk() {
        run_.asker.ready(key("empty"), "  Take everything off the pan.");
        if (!empty_pan("empty pan", [](std::int64_t) { return true; })) return;
        if (!weigh("weight-1", "first test weight", "1000")) return;
        weigh("weight-2", "second, heavier test weight", "");
        run_.asker.ready(key("off"), "  Take all test weights off.");
        const auto before = last_;
        empty_pan("return to zero", [before](std::int64_t gross) { return gross < before / 2; });
    }

 private:
    std::string key(const std::string& word) const { return device_.name + "/" + word; }

    void add(Step step) {
        fmt::print("  {}: {}{}\n", step.what,
                   step.verdict == Step::Verdict::pass ? "" : "WRONG: ", step.found);
        if (!step.to_do.empty()) fmt::print("  {}\n", step.to_do);
        device_.steps.push_back(std::move(step));
    }
    void nothing(const std::string& what, const std::string& expected, const Load& load) {
        add({what, expected, "no reading: " + load.why, Step::Verdict::fail,
             "See `kemasctl devices show " + device_.name + "` and mend what it says."});
    }
    void offer_zero() {
        if (!run_.asker.yes(key("zero"), "  Set the scale to zero now?", false)) return;
        if (run_.session.ask(
                post("/api/v1/devices/" + encode(device_.name) + "/zero?kind=scale", "{}")))
            fmt::print("  The scale says that it is done.\n");
        run_.session.exit = Exit::ok;  // a scale without this command is no failure of the run
    }
    template <class Wanted>
    bool empty_pan(const std::string& what, Wanted wanted) {
        const Load load = settled_load(run_, device_.name, wanted);
        if (!load.settled) return nothing(what, "0 g within e", load), false;
        const bool good = std::abs(load.gross) <= load.division;
        last_ = load.gross;
        add({what, "0 g within e = " + grams(load.division), grams(load.gross),
             good ? Step::Verdict::pass : Step::Verdict::fail,
             good ? "" : "Clean the pan, see that nothing touches it, and set it to zero."});
        if (!good) offer_zero();
        return true;
    }
    bool weigh(const std::string& word, const std::string& what, const std::string& usual) {
        const auto said =
            run_.asker.ask(key(word), "  Mass of the " + what + " (\"500\", \"2 kg\"; - for none)?",
                           usual.empty() ? "-" : usual);
        const auto mass = milligrams(said);
        if (said == "-" || !mass || *mass <= 0) {
            const bool none = said == "-";
            add({what, "a known mass", none ? "not done" : "\"" + said + "\" is no mass",
                 Step::Verdict::skipped, "Weigh it with a test weight."});
            return true;
        }
        fmt::print("  Put it on the middle of the pan, alone ({} s).\n", run_.wait_s);
        std::fflush(stdout);
        const auto before = last_;
        const Load load = settled_load(run_, device_.name, [before, &mass](std::int64_t gross) {
            return std::abs(gross - before) > *mass / 10;
        });
        const auto expected = grams(*mass);
        if (!load.settled) return nothing(what, expected + " within e", load), false;
        last_ = load.gross;
        const auto off = load.gross - *mass;
        const bool good = std::abs(off) <= load.division;
        add({what, fmt::format("{} within e = {}", expected, grams(load.division)),
             fmt::format("{} ({}{})", grams(load.gross), off > 0 ? "+" : "", grams(off)),
             good ? Step::Verdict::pass : Step::Verdict::fail,
             good ? ""
                  : "Is the weight clean and of that mass? Then have the scale adjusted by its "
                    "manual, and check unit, decimals and division in the site file."});
        return true;
    }

    CommissionRun& run_;
    DeviceRun& device_;
    std::int64_t last_ = 0;  // mg
};

}  // namespace

void commission_scale(CommissionRun& run, DeviceRun& device, const object&) {
    ScaleWalk(run, device).walk();
}

}  // namespace kemas::ctl
