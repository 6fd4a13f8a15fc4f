#include "settings/printers.hpp"

#include "settings/devices.hpp"
#include "settings/sections.hpp"

namespace kemas::settings {
namespace {

using Transport = PrinterSettings::Transport;

// Where the printer is; returns the place that only one may talk to, and the key that says it.
std::pair<std::string, const char*> read_place(TableReader& table, PrinterSettings& printer) {
    if (printer.transport == Transport::tcp) {
        printer.host = table.need_text("host");
        const int usual = printer.port;
        const bool named = table.has("port");
        printer.port = table.whole_int("port", usual, 1, 65535);
        if (printer.host.empty()) return {"", "host"};
        const auto place = printer.host + ":" + std::to_string(printer.port);
        // The model's own port is known where profiles are read; nearly all have the usual one.
        if (!named && !printer.profile.empty()) printer.port = 0;
        return {place, named ? "port" : "host"};
    }
    if (printer.transport == Transport::usb) {
        printer.device = table.need_text("device");
        return {printer.device, "device"};
    }
    if (printer.transport == Transport::serial) {
        printer.serial = read_serial(table);
        printer.flow = read_flow(table);
        if (printer.serial.device.empty()) table.missing("serial", "the line's file in quotes");
        return {printer.serial.device, "serial"};
    }
    printer.uri = table.need_text("uri");
    const auto at = printer.uri.find("://");
    const auto scheme = printer.uri.substr(0, at);
    if (!printer.uri.empty() &&
        (at == std::string::npos || at + 3 == printer.uri.size() ||
         (scheme != "ipp" && scheme != "ipps" && scheme != "http" && scheme != "https")))
        table.wrong("uri", "is \"" + printer.uri + "\"",
                    "an address as in \"ipp://127.0.0.1:631/printers/label\"");
    printer.format = table.text("format", printer.format);
    return {printer.uri, "uri"};
}

void read_status(TableReader& table, PrinterSettings& printer) {
    // A device file has no end of a job: there only the printer's own words prove one.
    const bool by_file =
        printer.transport == Transport::usb || printer.transport == Transport::serial;
    printer.language = table.choice<std::string>("language", "",
                                                 {{"zpl", "zpl"},
                                                  {"tspl", "tspl"},
                                                  {"epl2", "epl2"},
                                                  {"escpos", "escpos"},
                                                  {"cpcl", "cpcl"}});
    const auto status = table.choice<std::string>(
        "status", by_file ? "ask" : "none", {{"none", "none"}, {"ask", "ask"}, {"zpl", "zpl"}});
    if (status == "zpl" && !printer.language.empty() && printer.language != "zpl")
        table.wrong("status", "is \"zpl\" for a printer that speaks " + printer.language,
                    "\"ask\"");
    if (status == "zpl") printer.language = "zpl";
    printer.ask_status = status != "none";
    printer.counter = table.choice<std::string>(
        "counter", "", {{"none", "none"}, {"zebra_label_count", "zebra_label_count"}});
    const bool counts = !printer.counter.empty() && printer.counter != "none";
    if (counts && !printer.ask_status)
        table.wrong("counter", "is set for a printer that is never asked", "status = \"ask\"");
    if (counts && !printer.language.empty() && printer.language != "zpl" &&
        printer.language != "cpcl")
        table.wrong("counter",
                    "is \"zebra_label_count\" for a printer that speaks " + printer.language,
                    "\"none\"");
    printer.status_poll_ms = table.whole_int("status_poll_ms", printer.status_poll_ms, 0, 600'000);
    if (printer.status_poll_ms > 0 && printer.status_poll_ms < 1'000)
        table.wrong("status_poll_ms", "is " + std::to_string(printer.status_poll_ms),
                    "0 (never) or at least 1000");
}

}  // namespace

void read_printer(TableReader& table, const std::filesystem::path& folder, Names& names,
                  Settings& into) {
    const auto [name, called] = read_name(table, "printer", names);
    PrinterSettings printer;
    printer.name = name;
    printer.transport = table.choice<Transport>("transport", Transport::tcp,
                                                {{"tcp", Transport::tcp},
                                                 {"usb", Transport::usb},
                                                 {"serial", Transport::serial},
                                                 {"ipp", Transport::ipp}});
    printer.profile = beside(folder, table.text("profile"));
    if (!printer.profile.empty() && !std::filesystem::is_regular_file(printer.profile))
        table.wrong("profile", "is \"" + printer.profile + "\", which does not exist",
                    "a profile's file, as in firmware-profiles/printer");
    const auto [place, key] = read_place(table, printer);
    if (!place.empty()) names.talk_to(called, place, table.line(key));
    read_status(table, printer);
    printer.dpi = table.whole_int("dpi", 0, 0, 1'200);
    printer.width_tenths_mm = table.tenths("width_mm", 0, 0, 2'500);
    printer.height_tenths_mm = table.tenths("height_mm", 0, 0, 10'000);
    const auto timeout = [&](const char* of, int otherwise) {
        return table.whole_int(of, otherwise, 10, 600'000);
    };
    printer.connect_timeout_ms = timeout("connect_timeout_ms", printer.connect_timeout_ms);
    printer.stall_timeout_ms = timeout("stall_timeout_ms", printer.stall_timeout_ms);
    printer.close_timeout_ms = timeout("close_timeout_ms", printer.close_timeout_ms);
    table.finish();
    into.printers.push_back(std::move(printer));
}

}  // namespace kemas::settings
