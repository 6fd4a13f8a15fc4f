// The set-up sheet of a scanner: fetched from kemasd as pictures, printed on a label printer when
// the person wishes, and told in the report.
#include <fmt/core.h>

#include <boost/json/serialize.hpp>
#include <fstream>

#include "tools/kemasctl/commission.hpp"

namespace kemas::ctl {
namespace {

constexpr auto layout = "setup-100x150";
constexpr std::size_t check_codes = 2, places = 4;  // of a page

object wish_of(const std::string& scanner, const std::string& address) {
    object fields{{"scanner", scanner}};
    if (!address.empty()) fields["bluetooth_address"] = address;
    return {{"layout", layout}, {"fields", std::move(fields)}};
}

// The pages as files beside the report; empty: kemasd refused one, and the person was told why.
std::vector<std::string> save_pages(CommissionRun& run, const std::string& scanner,
                                    const std::string& address, std::size_t pages) {
    std::vector<std::string> files;
    for (std::size_t page = 1; page <= pages; ++page) {
        auto wish = wish_of(scanner, address);
        wish["fields"].as_object()["page"] = std::to_string(page);
        const auto png =
            run.session.ask_bytes(post("/api/v1/prints/preview", boost::json::serialize(wish)));
        if (!png) {
            run.session.exit = Exit::ok;  // what went wrong is in the report
            return {};
        }
        files.push_back(fmt::format("{}-{}-setup-{}.png", run.stem, scanner, page));
        std::ofstream file(files.back(), std::ios::binary | std::ios::trunc);
        file << *png << std::flush;
        if (!file) {
            fmt::print("  {} cannot be written.\n", files.back());
            return {};
        }
    }
    return files;
}

void print_pages(CommissionRun& run, DeviceRun& device, const std::string& address) {
    const auto printer = run.asker.ask(
        device.name + "/print-on",
        "  Print this sheet on which label printer? (Enter: none, you print the pictures)", "");
    if (printer.empty()) return;
    auto wish = wish_of(device.name, address);
    wish["printer"] = printer;
    wish["by"] = run.asker.ask(device.name + "/print-by", "  Your operator id?", "");
    if (const auto answer = run.session.ask(post("/api/v1/prints", boost::json::serialize(wish)))) {
        fmt::print("  {}\n", text(*answer, "text"));
        device.about.emplace_back("set-up sheet printed on", printer);
    } else {
        run.session.exit = Exit::ok;
        fmt::print("  Print the pictures instead.\n");
    }
}

}  // namespace

void commission_setup(CommissionRun& run, DeviceRun& device, const object& facts) {
    const auto& profile = part(facts, "about_profile");
    const auto& codes = list(profile, "setup");
    std::string address;
    for (const auto& item : codes)
        if (yes(as_object(item), "asks_address") && address.empty())
            address = run.asker.ask(
                device.name + "/bluetooth-address",
                "  Bluetooth address of the host, if this scanner is cordless (Enter: it is not)?",
                "");
    std::size_t drawn = 0;
    for (const auto& item : codes) {
        const auto& code = as_object(item);
        const bool left_out = yes(code, "asks_address") && address.empty();
        device.about.emplace_back(
            left_out ? "set-up code not on paper, it needs a Bluetooth address"
                     : fmt::format("set-up code {} on paper", ++drawn),
            fmt::format("{}: {} {}; from {}", text(code, "what"), text(code, "symbology"),
                        text(code, "data"), text(code, "source")));
    }
    if (codes.empty() && !profile.empty())
        device.about.emplace_back("set-up codes",
                                  "none has a source, so none is on paper; they are in " +
                                      text(profile, "document") + ", revision " +
                                      text(profile, "revision"));
    const auto files =
        save_pages(run, device.name, address, (drawn + check_codes + places - 1) / places);
    Step step{"set-up sheet", fmt::format("{} set-up codes and the check codes", drawn), "",
              Step::Verdict::pass, ""};
    for (const auto& file : files) step.found += (step.found.empty() ? "" : ", ") + file;
    if (files.empty()) {
        step.found = "not drawn";
        step.verdict = Step::Verdict::skipped;
        step.to_do = "Mend what kemasd says, then: kemasctl print " + std::string(layout) +
                     " scanner=" + device.name + " --preview sheet.png";
        device.steps.push_back(std::move(step));
        return;
    }
    fmt::print("  Its sheet, read back before it was drawn: {}\n", step.found);
    device.steps.push_back(std::move(step));
    print_pages(run, device, address);
    if (drawn == 0) {
        run.asker.ready(device.name + "/set-up",
                        "  Scan its set-up barcodes, if it is not set so yet.");
        return;
    }
    run.asker.ready(device.name + "/set-up",
                    fmt::format("  Scan codes 1 to {} of the sheet in order; then unplug the "
                                "scanner and plug it in again.",
                                drawn));
    const bool took = run.asker.yes(device.name + "/set-up-took",
                                    "  Did it take each of them (its good beep)?", true);
    device.steps.push_back({"set-up codes", fmt::format("codes 1 to {} taken", drawn),
                            took ? "taken, says the person" : "not taken, says the person",
                            took ? Step::Verdict::pass : Step::Verdict::fail,
                            took ? ""
                                 : "Compare model and firmware with " + text(profile, "document") +
                                       "; set it up from its own manual."});
}

}  // namespace kemas::ctl
