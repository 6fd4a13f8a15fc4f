// kemas-sim: the devices and people around kemasd, played from a seed.
#include <CLI/CLI.hpp>
#include <boost/asio/ip/address.hpp>
#include <cstdio>
#include <map>
#include <string>

#include "tools/sim/play_by_hand.hpp"
#include "tools/sim/play_line.hpp"
#include "tools/sim/shift.hpp"

namespace {

using namespace kemas;
using namespace kemas::sim;
using boost::asio::ip::tcp;

constexpr int kAsPlanned = 0, kNotAsPlanned = 1, kBadUse = 2, kOutOfTime = 3;

std::uint16_t port_of(const std::string& text) {
    try {
        std::size_t end = 0;
        const int port = std::stoi(text, &end);
        if (end == text.size() && port >= 0 && port <= 65535)
            return static_cast<std::uint16_t>(port);
    } catch (const std::exception&) {
    }
    throw CLI::ValidationError("'" + text + "' is no port");
}

tcp::endpoint endpoint_of(const std::string& text) {  // "127.0.0.1:7101"
    const auto colon = text.rfind(':');
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(text.substr(0, colon), error);
    if (colon == std::string::npos || error)
        throw CLI::ValidationError("'" + text + "' must be ADDRESS:PORT with a numeric address");
    return {address, port_of(text.substr(colon + 1))};
}

// "bench-1=7101" given once a bench.
std::map<std::string, std::string> by_bench(const std::vector<std::string>& given) {
    std::map<std::string, std::string> values;
    for (const auto& one : given) {
        const auto equals = one.find('=');
        if (equals == std::string::npos || equals == 0)
            throw CLI::ValidationError("'" + one + "' must be BENCH=VALUE");
        if (!values.emplace(one.substr(0, equals), one.substr(equals + 1)).second)
            throw CLI::ValidationError("'" + one + "': this bench has one already");
    }
    return values;
}

std::vector<BenchOptions> benches_of(const std::vector<std::string>& scanners,
                                     const std::vector<std::string>& scales,
                                     const std::vector<std::string>& printers) {
    const auto scale = by_bench(scales), printer = by_bench(printers);
    std::vector<BenchOptions> benches;
    for (const auto& [name, where] : by_bench(scanners)) {
        if (!scale.contains(name) || !printer.contains(name))
            throw CLI::ValidationError("bench " + name + " needs --scanner, --scale and --printer");
        benches.push_back(
            {name, endpoint_of(where), port_of(scale.at(name)), port_of(printer.at(name))});
    }
    if (scale.size() != benches.size() || printer.size() != benches.size())
        throw CLI::ValidationError(
            "each --scale and --printer needs a --scanner of the same bench");
    return benches;
}

int complain(const Fault& fault) {
    std::fprintf(stderr, "kemas-sim: %s\n", fault.what.c_str());
    return kBadUse;
}

int run_shift(const std::string& folder, const std::string& plan, const ShiftOptions& options,
              bool as_json) {
    const auto day = load_demo_day(folder, plan);
    if (!day) return complain(day.error());
    const auto result = play_shift(*day, options);
    if (!result) return complain(result.error());
    std::fputs(table_text(*day, *result).c_str(), as_json ? stderr : stdout);
    if (as_json) std::printf("%s\n", json_text(*day, *result).c_str());
    if (!result->in_time) return kOutOfTime;
    return result->as_planned() ? kAsPlanned : kNotAsPlanned;
}

const std::map<std::string, ScaleTrouble> kScaleTroubles{
    {"none", ScaleTrouble::none},       {"silent", ScaleTrouble::silent},
    {"late", ScaleTrouble::late},       {"wrong-unit", ScaleTrouble::wrong_unit},
    {"garbage", ScaleTrouble::garbage}, {"frozen", ScaleTrouble::frozen},
    {"error", ScaleTrouble::error}};
const std::map<std::string, PrinterTrouble> kPrinterTroubles{{"none", PrinterTrouble::none},
                                                             {"refuse", PrinterTrouble::refuse},
                                                             {"hang", PrinterTrouble::hang},
                                                             {"die", PrinterTrouble::die},
                                                             {"slow", PrinterTrouble::slow}};

const std::map<std::string, LabelTrouble> kLabelTroubles{
    {"none", LabelTrouble::none},           {"refuse", LabelTrouble::refuse},
    {"paper-out", LabelTrouble::paper_out}, {"silent", LabelTrouble::silent},
    {"swallow", LabelTrouble::swallow},     {"power-cut", LabelTrouble::power_cut}};

template <class Words>
std::string words_of(const Words& words) {
    std::string text;
    for (const auto& [word, value] : words) text += (text.empty() ? "" : "|") + word;
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("The devices and people around kemasd, played from a seed.");
    app.require_subcommand(1);

    auto* shift = app.add_subcommand("shift", "Play a day's orders at several benches");
    ShiftOptions options;
    std::string folder, plan, http, token;
    std::vector<std::string> scanners, scales, printers;
    double settle_ms = 60, label_s = 15, answer_s = 20, wait_s = 30, limit_s = 120;
    bool as_json = false;
    shift->add_option("--demo", folder, "Folder with the demo's files")->required();
    shift->add_option("--plan", plan, "Plan file; default: plan.json in that folder");
    shift->add_option("--scanner", scanners, "BENCH=ADDRESS:PORT of kemasd's scanner port")
        ->required();
    shift->add_option("--scale", scales, "BENCH=PORT to listen on as its scale")->required();
    shift->add_option("--printer", printers, "BENCH=PORT to listen on as its printer")->required();
    shift->add_option("--http", http, "ADDRESS:PORT of kemasd's API");
    shift->add_option("--token", token, "Bearer token for the API");
    shift->add_option("--paper", options.printer_folder, "Keep each print job as a file here");
    shift->add_option("--journal", options.journal, "Append every answer and label as a JSON line");
    shift->add_option("--run", options.run, "Prefix of scan ids; default: a new one each time");
    shift->add_option("--seed", options.seed, "Chance of weights, pauses and slips");
    shift->add_option("--speed", options.speed, "Times faster than people")
        ->check(CLI::Range(0.1, 1e6));
    shift->add_option("--wrong", options.wrong_percent, "Percent of scans wrong on purpose")
        ->check(CLI::Range(0, 100));
    shift->add_flag("--locations", options.scan_locations, "Scan the location before each item");
    shift->add_option("--settle-ms", settle_ms, "Time until a scale rests");
    shift->add_option("--label-s", label_s, "Longest wait for a label");
    shift->add_option("--answer-s", answer_s, "Longest wait for an answer, reconnecting included");
    shift->add_option("--wait-s", wait_s, "Longest wait for kemasd and its orders at the start");
    shift->add_option("--limit-s", limit_s, "Longest time for everything");
    shift->add_flag("--json", as_json, "Print a JSON object; the table goes to stderr");

    auto* scale = app.add_subcommand("scale", "Play one Modbus TCP scale (profile kemas-sim)");
    ModbusScaleServer::Options scale_options;
    double weight_g = 0, late_ms = 500;
    std::string scale_trouble = "none";
    scale->add_option("--listen", scale_options.address, "Address");
    scale->add_option("--port", scale_options.port, "Port; 0 = any")->required();
    scale->add_option("--unit", scale_options.unit, "Modbus unit");
    scale->add_option("--weight", weight_g, "Grams on the pan");
    scale->add_option("--late-ms", late_ms, "How late, with --trouble late");
    scale->add_option("--trouble", scale_trouble, words_of(kScaleTroubles))
        ->check(CLI::IsMember(kScaleTroubles));

    auto* printer = app.add_subcommand("printer", "Play one label printer on a raw TCP port");
    ZplPrinter::Options printer_options;
    std::string printer_trouble = "none";
    printer->add_option("--listen", printer_options.address, "Address");
    printer->add_option("--port", printer_options.port, "Port; 0 = any")->required();
    printer->add_option("--dir", printer_options.folder, "Keep each job as a file here");
    printer->add_option("--trouble", printer_trouble, words_of(kPrinterTroubles))
        ->check(CLI::IsMember(kPrinterTroubles));
    LabelPrinter::Options label_options;
    std::string language, label_trouble = "none";
    printer
        ->add_option("--language", language,
                     "zpl|tspl|epl2|escpos|cpcl: a printer with a buffer, a print time and its "
                     "count of labels; without it raw ZPL is taken job by job")
        ->check(CLI::IsMember({"zpl", "tspl", "epl2", "escpos", "cpcl"}));
    printer->add_option("--print-ms", label_options.print_ms, "Time of a label, with --language")
        ->check(CLI::Range(1, 60'000));
    bool no_counter = false;
    printer->add_flag("--no-counter", no_counter, "It does not tell its count, as most clones");
    printer
        ->add_option("--label-trouble", label_trouble,
                     words_of(kLabelTroubles) + ", with --language")
        ->check(CLI::IsMember(kLabelTroubles));

    auto* courier = app.add_subcommand("courier", "Play a courier's service (docs/couriers.md)");
    CourierServer::Options courier_options;
    courier->add_option("--listen", courier_options.address, "Address");
    courier->add_option("--port", courier_options.port, "Port; 0 = any")->required();
    courier->add_option("--token", courier_options.token, "Bearer token asked of every call");
    courier->add_option("--seed", courier_options.world.seed, "Chance of what goes wrong");
    courier->add_option("--mishaps", courier_options.world.mishaps, "Share of calls, 0 to 1")
        ->check(CLI::Range(0.0, 1.0));
    courier->add_flag("--lies", courier_options.world.lies, "Two numbers for one, now and then");
    courier->add_flag("--idempotent", courier_options.world.idempotent,
                      "One number of one reference, however often it is asked");
    courier->add_option("--currency", courier_options.world.currency, "Of its prices");
    courier
        ->add_option("--late-ms", courier_options.world.late_by.value,
                     "How late a request arrives that is late")
        ->check(CLI::Range(0, 86'400'000));

    auto* market =
        app.add_subcommand("market", "Play a channel that arranges shipments (docs/channels.md)");
    MarketServer::Options market_options;
    market->add_option("--listen", market_options.address, "Address");
    market->add_option("--port", market_options.port, "Port; 0 = any")->required();
    market->add_option("--key", market_options.key, "Bearer token asked of every call");
    market->add_option("--seed", market_options.world.seed, "Chance of what goes wrong");
    market->add_option("--mishaps", market_options.world.mishaps, "Share of calls, 0 to 1")
        ->check(CLI::Range(0.0, 1.0));
    market->add_flag("--lies", market_options.world.lies, "It lies, too");
    market->add_option("--cancels", market_options.world.cancels, "Share of packages, 0 to 1")
        ->check(CLI::Range(0.0, 1.0));
    market->add_option("--rate", market_options.world.rate_per_s, "Calls a second; 0 = any");

    auto* line = app.add_subcommand("line", "Play a conveyor line, its PLC behind Modbus TCP");
    LineServer::Options line_options;
    double line_hours = 0;
    line->add_option("--listen", line_options.address, "Address");
    line->add_option("--port", line_options.port, "Port of the PLC; 0 = any");
    line->add_option("--seed", line_options.plan.seed, "Chance of parcels and faults");
    line->add_option("--parcels", line_options.plan.parcels_per_hour, "An hour")
        ->check(CLI::Range(1, 11'000));
    bool calm = false;
    line->add_flag("--calm", calm, "Nothing goes wrong");
    int plate_port = -1;
    line->add_option("--scale-port", plate_port,
                     "Port of a scale under the belt from 500 to 2000; 0 = any")
        ->check(CLI::Range(0, 65535));
    int feed_port = -1;
    line->add_option("--feed-port", feed_port,
                     "Port of a ConveyLinx module before the line; 0 = any")
        ->check(CLI::Range(0, 65535));
    line->add_option("--hours", line_hours,
                     "Simulate so many at once with Kemas' own state machine, and judge")
        ->check(CLI::Range(0.01, 100.0));

    const auto milliseconds = [](double seconds) {
        return Milliseconds{static_cast<std::int64_t>(seconds * 1000)};
    };
    try {
        app.parse(argc, argv);
        if (*shift) {
            options.benches = benches_of(scanners, scales, printers);
            if (!http.empty()) options.http = HttpTarget{endpoint_of(http), token};
        }
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kBadUse;
    }
    if (calm) {
        auto& faults = line_options.plan;
        faults.weigh_signals = false;
        faults.no_read = faults.slip = faults.removed = faults.inserted = 0;
        faults.per_hour_double_counts = faults.per_hour_stuck = faults.per_hour_pulls = 0;
        faults.per_hour_restarts = faults.per_hour_full_lanes = faults.per_hour_jams = 0;
    }
    if (plate_port >= 0)
        line_options.scale = LineServer::Options::Scale{static_cast<std::uint16_t>(plate_port)};
    if (feed_port >= 0) line_options.feed_port = static_cast<std::uint16_t>(feed_port);
    if (*line && line_hours > 0)
        return simulate_line(line_options.plan, line_hours) ? kAsPlanned : kNotAsPlanned;
    Result<void> played;
    if (*scale) {
        scale_options.late_by = milliseconds(late_ms / 1000);
        const Milligrams gross{static_cast<std::int64_t>(weight_g * 1000)};
        played = play_scale(scale_options, gross, kScaleTroubles.at(scale_trouble));
    } else if (*courier) {
        played = play_courier(courier_options);
    } else if (*market) {
        played = play_market(market_options);
    } else if (*line) {
        played = play_line(line_options);
    } else if (*printer && !language.empty()) {
        label_options.address = printer_options.address;
        label_options.port = printer_options.port;
        label_options.folder = printer_options.folder;
        label_options.tongue = *tongue_named(language);
        label_options.counts = !no_counter;
        played = play_label_printer(label_options, kLabelTroubles.at(label_trouble));
    } else if (*printer) {
        played = play_printer(printer_options, kPrinterTroubles.at(printer_trouble));
    } else {
        if (options.run.empty())
            options.run =
                "sim" + std::to_string(std::chrono::system_clock::now().time_since_epoch().count() /
                                       1000000);
        options.scale_settle = milliseconds(settle_ms / 1000);
        options.label_within = milliseconds(label_s);
        options.answer_within = milliseconds(answer_s);
        options.wait = milliseconds(wait_s);
        options.limit = milliseconds(limit_s);
        return run_shift(folder, plan, options, as_json);
    }
    return played ? kAsPlanned : complain(played.error());
}
