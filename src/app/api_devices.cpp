// GET /api/v1/devices, /api/v1/devices/{name}; POST .../zero, .../tare, .../clear-tare,
// .../trigger, .../test-page
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <sstream>

#include "app/alarms.hpp"
#include "app/api.hpp"
#include "app/device_desk.hpp"
#include "app/device_facts.hpp"
#include "app/setup_sheet.hpp"
#include "app/wall_clock.hpp"
#include "drivers/profile/load_profile.hpp"
#include "intake/seal.hpp"
#include "log/log.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

std::string grams(Milligrams mass) {
    const auto value = mass.value < 0 ? -mass.value : mass.value;
    auto part = std::to_string(value % 1000);
    part.insert(0, 3 - part.size(), '0');
    return (mass.value < 0 ? "-" : "") + std::to_string(value / 1000) + "." + part;
}

template <class Device>
void add_health(json::object& row, const Device& device, const AlarmBoard& board, Instant now) {
    const DeviceHealth health = device.health();
    row["up"] = health.up;
    row["state"] = health.state;
    row["error"] = health.up ? "" : health.error;
    row["last_error"] = health.error;
    row["since"] = health.since.value ? iso_text(health.since) : "";
    row["heard_ms"] =
        health.heard.value ? std::max<std::int64_t>(0, (now - health.heard).value) : -1;
    json::array alarms;
    for (const auto& alarm : board.raised)
        if (alarm.device == health.name && alarm.kind == health.kind)
            alarms.push_back(json::object{{"what", alarm.what}, {"text", alarm.text}});
    row["alarms"] = std::move(alarms);
}

json::object row_of(const DeviceDesk& desk, const DeviceFacts& facts, const AlarmBoard& board,
                    Instant now) {
    json::array stations;
    for (const auto& station : facts.stations) stations.emplace_back(station);
    json::object row{{"name", facts.name},
                     {"kind", facts.kind},
                     {"stations", stations},
                     {"address", facts.address},
                     {"profile", facts.profile}};
    if (const auto* scanner = desk.scanner(facts.name); scanner && facts.kind == "scanner")
        add_health(row, *scanner, board, now);
    if (const auto* scale = desk.scale(facts.name); scale && facts.kind == "scale")
        add_health(row, *scale, board, now);
    if (const auto* printer = desk.printer(facts.name); printer && facts.kind == "printer")
        add_health(row, *printer, board, now);
    return row;
}

json::array live_of(const LiveFacts& facts) {
    json::array list;
    for (const auto& [name, text] : facts)
        list.push_back(json::object{{"name", name}, {"text", text}});
    return list;
}

json::object weight_of(const Scale& scale) {
    const auto now = scale.now();
    if (!now) return {{"quality", "unknown"}};
    const char* quality = now->quality == ScaleNow::Quality::good     ? "good"
                          : now->quality == ScaleNow::Quality::moving ? "moving"
                                                                      : "fault";
    json::object weight{{"quality", quality}, {"age_ms", now->age.value}, {"why", now->why}};
    if (now->quality == ScaleNow::Quality::fault) return weight;
    weight["weight_g"] = grams(now->gross);
    weight["division_g"] = grams(now->division);
    weight["stable"] = now->quality == ScaleNow::Quality::good;
    return weight;
}

std::string hex_of(const std::string& bytes) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += text.empty() ? "" : " ";
        text += {digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

void add_live(json::object& row, const DeviceDesk& desk, const DeviceFacts& facts, Instant now) {
    if (facts.kind == "scale") {
        const auto& scale = *desk.scale(facts.name);
        row["weight"] = weight_of(scale);
        row["live"] = live_of(scale.live());
        row["calibration_due"] = facts.calibration_due;
    } else if (facts.kind == "printer") {
        row["live"] = live_of(desk.printer(facts.name)->live());
    } else {
        row["live"] = live_of(desk.scanner(facts.name)->live());
        const auto* seen = desk.last_code(facts.name);
        json::object code{{"count", seen ? seen->count : 0}};
        if (seen) {
            code["text"] = seen->text;
            code["hex"] = hex_of(seen->text);
            code["age_ms"] = std::max<std::int64_t>(0, (now - seen->at).value);
        }
        row["last_code"] = std::move(code);
    }
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return std::move(bytes).str();
}

const char* verified_by(profile::Verification rung) {
    switch (rung) {
        case profile::Verification::document:
            return "document";
        case profile::Verification::simulator:
            return "simulator";
        case profile::Verification::hardware:
            break;
    }
    return "hardware";
}

json::array setup_of(const profile::ScannerProfile& scanner) {
    json::array codes;
    for (const auto& code : scanner.setup)
        codes.push_back(json::object{
            {"order", code.order},
            {"what", code.what.en},
            {"what_id", code.what.id},
            {"when", code.when.en},
            {"when_id", code.when.id},
            {"symbology", label::rules_of(symbology_of(code)).name},
            {"data", code.data},
            {"asks_address", code.data.find(profile::bluetooth_hole) != code.data.npos},
            {"source", code.document + ", " + code.revision + ", " + code.place}});
    return codes;
}

// Who wrote the profile down, and whether the file is still the one that was loaded.
json::object profile_of(const DeviceFacts& facts) {
    const auto bytes = bytes_of(facts.profile);
    json::object about{{"path", facts.profile},
                       {"sha256", intake::sha256_hex(bytes)},
                       {"as_loaded", facts.written.find(bytes) != facts.written.npos}};
    const auto profile = profile::load_profile(facts.profile);
    if (!profile) {
        about["fault"] = profile.error().what;
        return about;
    }
    const auto& head = profile::head_of(*profile);
    about["vendor"] = head.vendor;
    about["model"] = head.model;
    about["document"] = head.document;
    about["revision"] = head.revision;
    about["verified"] = verified_by(head.verified);
    if (const auto* scanner = std::get_if<profile::ScannerProfile>(&*profile)) {
        about["protocol"] = profile::name_of(scanner->protocol);
        json::array rules;
        for (const auto& rule : scanner->gs)
            rules.emplace_back(
                rule.kind == profile::GsRule::Kind::substitute ? "substitute " + rule.text
                : rule.kind == profile::GsRule::Kind::alt_code ? "Alt+" + rule.text
                                                               : "Ctrl+" + rule.text);
        about["gs"] = std::move(rules);
        about["setup"] = setup_of(*scanner);
    }
    return about;
}

// The one device of that name; with `kind` when two kinds share it. None: it has been answered.
std::optional<DeviceFacts> named(const DeviceDesk& desk, const web::Request& request,
                                 const web::Responder& respond) {
    const std::string name(request.param("name"));
    const auto kind = request.query_value("kind");
    std::vector<DeviceFacts> found;
    for (auto& facts : device_facts(desk.settings()))
        if (facts.name == name && (!kind || facts.kind == *kind)) found.push_back(std::move(facts));
    if (found.size() == 1) return found[0];
    if (found.empty())
        respond(web::problem(
            404, "Unknown device",
            "The site file names no such device " + name + ": see GET /api/v1/devices."));
    else
        respond(web::problem(409, "Which device",
                             "Several kinds of device are called " + name +
                                 ": add ?kind=scanner, scale or printer."));
    return std::nullopt;
}

void list(Api& api, const DeviceDesk& desk, const web::Responder& respond) {
    json::array rows;
    for (const auto& facts : device_facts(desk.settings()))
        rows.push_back(row_of(desk, facts, api.board.snapshot().live.alarms, wall_clock()));
    web::Response response;
    response.body = json::serialize(json::object{{"devices", std::move(rows)}});
    respond(std::move(response));
}

void show(Api& api, const DeviceDesk& desk, const web::Request& request,
          const web::Responder& respond) {
    const auto facts = named(desk, request, respond);
    if (!facts) return;
    auto row = row_of(desk, *facts, api.board.snapshot().live.alarms, wall_clock());
    add_live(row, desk, *facts, wall_clock());
    ask(api, respond, [row, facts](ReadView) mutable {  // a profile is a file: not on the loop
        if (!facts->profile.empty()) row["about_profile"] = profile_of(*facts);
        web::Response response;
        response.body = json::serialize(row);
        return response;
    });
}

void command(const DeviceDesk& desk, ScaleCommand what, const std::string& word,
             const web::Request& request, const web::Responder& respond) {
    const auto facts = named(desk, request, respond);
    if (!facts) return;
    auto* scale = facts->kind == "scale" ? desk.scale(facts->name) : nullptr;
    if (!scale)
        return respond(
            web::problem(409, "No scale", facts->name + " is no scale: it has no " + word + "."));
    scale->command(what, [respond, word, name = facts->name](const Result<void>& result) {
        log::event(log::Level::info, "scale.command",
                   {{"device", name},
                    {"command", word},
                    {"outcome", result ? std::string("done") : result.error().what}});
        if (!result)
            return respond(web::problem(
                409, result.error().remedy == Remedy::retry ? "Not done" : "Nobody knows",
                name + ": " + result.error().what));
        web::Response response;
        response.body =
            json::serialize(json::object{{"text", "Scale " + name + ": " + word + " done."}});
        respond(std::move(response));
    });
}

void trigger(const DeviceDesk& desk, const web::Request& request, const web::Responder& respond) {
    const auto facts = named(desk, request, respond);
    if (!facts) return;
    auto* scanner = facts->kind == "scanner" ? desk.scanner(facts->name) : nullptr;
    if (!scanner)
        return respond(
            web::problem(409, "No scanner", facts->name + " is no scanner: it reads nothing."));
    boost::system::error_code ec;
    const auto body = json::parse(request.body, ec);
    const auto* object = ec ? nullptr : body.if_object();
    const auto* wanted = object ? object->if_contains("on") : nullptr;
    if (!object || (wanted && !wanted->is_bool()))
        return respond(
            web::problem(422, "No trigger", "The body is {} or {\"on\": true or false}."));
    const bool on = !wanted || wanted->as_bool();
    if (const auto sent = scanner->trigger(on); !sent)
        return respond(web::problem(409, "Not sent", facts->name + ": " + sent.error().what));
    web::Response response;
    response.body = json::serialize(json::object{
        {"text", "Scanner " + facts->name + ": told to " + (on ? "read." : "stop reading.")}});
    respond(std::move(response));
}

void test_page(DeviceDesk& desk, const web::Request& request, const web::Responder& respond) {
    const auto facts = named(desk, request, respond);
    if (!facts) return;
    if (facts->kind != "printer")
        return respond(
            web::problem(409, "No printer", facts->name + " is no printer: it prints nothing."));
    desk.print_test_page(facts->name, [respond](const Result<TestPrint>& result) {
        if (!result) return respond(web::problem(409, "Not printed", result.error().what));
        web::Response response;
        response.body = json::serialize(json::object{{"outcome", word_for(result->outcome.kind)},
                                                     {"detail", result->outcome.detail},
                                                     {"code", result->code}});
        respond(std::move(response));
    });
}

}  // namespace

void add_device_routes(web::Server& server, Api& api, DeviceDesk& devices) {
    server.get("/api/v1/devices",
               [&api, &devices](const web::Request&, const web::Responder& respond) {
                   list(api, devices, respond);
               });
    server.get("/api/v1/devices/{name}",
               [&api, &devices](const web::Request& request, const web::Responder& respond) {
                   show(api, devices, request, respond);
               });
    const auto add = [&](const std::string& word, ScaleCommand what) {
        server.post(
            "/api/v1/devices/{name}/" + word, 4096, "application/json",
            [&devices, word, what](const web::Request& request, const web::Responder& respond) {
                command(devices, what, word, request, respond);
            });
    };
    add("zero", ScaleCommand::zero);
    add("tare", ScaleCommand::tare);
    add("clear-tare", ScaleCommand::clear_tare);
    server.post("/api/v1/devices/{name}/trigger", 4096, "application/json",
                [&devices](const web::Request& request, const web::Responder& respond) {
                    trigger(devices, request, respond);
                });
    server.post("/api/v1/devices/{name}/test-page", 4096, "application/json",
                [&devices](const web::Request& request, const web::Responder& respond) {
                    test_page(devices, request, respond);
                });
}

}  // namespace kemas::app
