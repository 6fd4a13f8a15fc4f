#include "tools/kemasctl/commission.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <fstream>
#include <memory>

#include "tools/kemasctl/commands.hpp"

namespace kemas::ctl {
namespace {

struct Wishes {
    std::string out, sheet, who, answers;
    std::vector<std::string> only;
    int wait_s = 60;
};

std::string local_time(const char* format) {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char text[64];
    return {text, std::strftime(text, sizeof text, format, &local)};
}

bool write(Session& session, const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << bytes << std::flush;
    if (file) return true;
    session.complain(Exit::cannot, "Cannot write " + path + "; give another place with --out.");
    return false;
}

DeviceRun run_of(const object& facts) {
    DeviceRun device;
    device.name = text(facts, "name");
    device.kind = text(facts, "kind");
    const auto& profile = part(facts, "about_profile");
    device.about = {{"stations", text(facts, "stations")}, {"address", text(facts, "address")}};
    if (!profile.empty()) {
        device.about.emplace_back(
            "profile", fmt::format("{} {}, {}", text(profile, "vendor"), text(profile, "model"),
                                   text(profile, "path")));
        device.about.emplace_back("profile's SHA-256", text(profile, "sha256"));
        device.about.emplace_back(
            "profile from", text(profile, "document") + ", revision " + text(profile, "revision"));
        device.about.emplace_back("profile verified by", text(profile, "verified"));
    }
    device.about.emplace_back("calibration due", text(facts, "calibration_due"));
    return device;
}

void check_state(DeviceRun& device, const object& facts) {
    const bool printer = device.kind == "printer";  // asked for the first time by its test page
    const bool good = yes(facts, "up") || (printer && text(facts, "state") == "idle");
    device.steps.push_back({"answers", "working", text(facts, "state"),
                            good ? Step::Verdict::pass : Step::Verdict::fail,
                            good ? "" : text(facts, "error")});
    if (!good) fmt::print("  It does not work: {}\n", text(facts, "error"));
    for (const auto& item : list(facts, "alarms")) {
        const auto& alarm = as_object(item);
        if (text(alarm, "what") != "attention") continue;
        fmt::print("  ALARM: {}\n", text(alarm, "text"));
        device.steps.push_back(
            {"no alarm", "none", text(alarm, "text"), Step::Verdict::fail, text(alarm, "text")});
    }
    const auto& profile = part(facts, "about_profile");
    if (!profile.empty() && !yes(profile, "as_loaded"))
        device.steps.push_back({"profile as loaded", "the file that kemasd uses", "changed since",
                                Step::Verdict::fail, "Run `kemasctl reload`, then this again."});
}

class Walk {
 public:
    Walk(Session& session, const Wishes& wishes, Asker asker)
        : session_(session),
          wishes_(wishes),
          asker_(std::move(asker)),
          run_{session, asker_, wishes.wait_s} {}

    void walk() {
        const auto status = session_.ask(get("/status"));
        if (!status) return;
        const auto answer = session_.ask(get("/api/v1/devices"));
        if (!answer) return;
        if (!choose(list(*answer, "devices"))) return;
        report_.site = text(*status, "site");
        report_.version = text(*status, "version");
        report_.started = local_time("%Y-%m-%d %H:%M %z");
        greet();
        if (!write_sheet()) return;
        for (const auto& device : devices_) {
            if (!one(device)) return;
            if (!save()) return;
        }
        report_.complete = !asker_.ended();
        report_.ended = local_time("%Y-%m-%d %H:%M %z");
        if (save()) finish();
    }

 private:
    bool choose(const array& all) {
        for (const auto& item : all) {
            const auto& device = as_object(item);
            const auto name = text(device, "name");
            if (text(device, "kind") == "scanner") scanners_.push_back(name);
            const auto& only = wishes_.only;
            if (only.empty() || std::find(only.begin(), only.end(), name) != only.end())
                devices_.push_back(device);
        }
        for (const auto& name : wishes_.only)
            if (std::none_of(devices_.begin(), devices_.end(),
                             [&](const object& device) { return text(device, "name") == name; }))
                return session_.complain(Exit::cannot, "The site file names no device " + name +
                                                           "; see: kemasctl devices list"),
                       false;
        if (devices_.empty())
            return session_.complain(Exit::cannot, "The site file names no devices."), false;
        return true;
    }

    void greet() {
        fmt::print(
            "Commissioning {}: {} devices, one after the other.\nAt each you are told what to do; "
            "Enter takes the answer in [brackets].\nDo it while nobody works at these "
            "stations.\n\n",
            report_.site, devices_.size());
        report_.who = wishes_.who.empty() ? asker_.ask("who", "Your name?", "") : wishes_.who;
        if (report_.who.empty()) report_.who = "not said";
        const auto stem = "commission-" + local_time("%Y-%m-%d-%H%M");
        out_ = wishes_.out.empty() ? stem + ".md" : wishes_.out;
        run_.stem = out_.ends_with(".md") ? out_.substr(0, out_.size() - 3) : out_;
        sheet_ = wishes_.sheet.empty() ? run_.stem + "-codes.svg" : wishes_.sheet;
    }

    // Only when there is a scanner to check.
    bool write_sheet() {
        std::vector<std::string> notes;
        for (const auto& device : devices_) {
            if (text(device, "kind") != "scanner") continue;
            const auto facts = run_.device(text(device, "name"), "scanner");
            if (!facts) return false;
            notes.push_back(text(device, "name") + ":");
            for (const auto& line : scanner_set_up(*facts)) notes.push_back("  - " + line);
        }
        if (notes.empty()) return true;
        const auto sheet = check_sheet(notes);
        if (!sheet) return session_.complain(Exit::cannot, sheet.error().what), false;
        if (!write(session_, sheet_, *sheet)) return false;
        fmt::print("Print {} on office paper (open it in a browser): its barcodes are scanned.\n",
                   sheet_);
        return true;
    }

    // False: kemasd does not answer any more.
    bool one(const object& listed) {
        const auto name = text(listed, "name"), kind = text(listed, "kind");
        fmt::print("\n== {} {} at {} ==\n", kind, name, text(listed, "address"));
        const auto facts = run_.device(name, kind);
        if (!facts) return false;
        report_.devices.push_back(run_of(*facts));
        auto& device = report_.devices.back();
        if (!asker_.yes(name + "/check", "  Check it now?", !asker_.ended())) {
            device.steps.push_back({"all", "checked", "left out by the person",
                                    Step::Verdict::skipped,
                                    "Run `kemasctl commission " + name + "`."});
            return true;
        }
        check_state(device, *facts);
        if (device.steps.front().verdict != Step::Verdict::fail) {
            if (kind == "scanner") commission_scanner(run_, device, *facts);
            if (kind == "scale") commission_scale(run_, device, *facts);
            if (kind == "printer") commission_printer(run_, device, scanners_);
        }
        return session_.exit == Exit::ok;
    }

    bool save() { return write(session_, out_, to_markdown(report_)); }

    void finish() {
        fmt::print("\n");
        for (const auto& device : report_.devices)
            fmt::print("{} {}: {}\n", device.kind, device.name,
                       device.has(Step::Verdict::fail)      ? "FAILED"
                       : device.has(Step::Verdict::skipped) ? "not complete"
                                                            : "passed");
        fmt::print("The report is in {}\n", out_);
        session_.exit = asker_.ended()                     ? Exit::cannot
                        : report_.has(Step::Verdict::fail) ? Exit::refused
                                                           : Exit::ok;
    }

    Session& session_;
    const Wishes& wishes_;
    Asker asker_;
    CommissionRun run_;
    CommissionReport report_;
    std::vector<object> devices_;
    std::vector<std::string> scanners_;
    std::string out_, sheet_;
};

void commission(Session& session, const Wishes& wishes) {
    auto asker = Asker::from_file(wishes.answers);
    if (!asker) return session.complain(Exit::cannot, asker.error().what);
    Walk(session, wishes, std::move(*asker)).walk();
}

}  // namespace

std::optional<object> CommissionRun::device(const std::string& name, const std::string& kind) {
    return session.ask(get("/api/v1/devices/" + encode(name) + query({{"kind", kind}})));
}

void add_commission(CLI::App& app, Session& session) {
    auto wishes = std::make_shared<Wishes>();
    auto* command = app.add_subcommand(
        "commission", "Walk through every device, check it, and write a dated report");
    command->add_option("device", wishes->only, "Only these; all when none is named");
    command->add_option("--out", wishes->out, "The report; commission-DATE-TIME.md when not given")
        ->type_name("FILE.md");
    command->add_option("--sheet", wishes->sheet, "The sheet of barcodes to print")
        ->type_name("FILE.svg");
    command->add_option("--by", wishes->who, "Who does it; asked when not given")->type_name("WHO");
    command->add_option("--wait", wishes->wait_s, "Seconds to wait for a scan or a load")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    command
        ->add_option("--answers", wishes->answers,
                     "Answers in a file, \"device/question = answer\" a line, instead of asking")
        ->type_name("FILE");
    command->footer("Exit: 0 nothing failed, 1 something failed, 2 could not be done to the end.");
    command->callback([&session, wishes] { commission(session, *wishes); });
}

}  // namespace kemas::ctl
