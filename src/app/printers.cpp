#include "app/printers.hpp"

#include <algorithm>

#include "app/device_log.hpp"
#include "app/serial_line.hpp"
#include "drivers/printer/device_printer.hpp"
#include "drivers/printer/ipp_printer.hpp"
#include "drivers/printer/tcp_printer.hpp"
#include "drivers/profile/load_profile.hpp"

namespace kemas::app {
namespace {

using Transport = settings::PrinterSettings::Transport;
using printer::Language;

// What the profile says of the printer, and the site of its language.
struct Model {
    Language language = Language::zpl;
    printer::StatusQueries queries;
    bool counts = false;        // the profile says so
    int status_timeout_ms = 0;  // 0 = the driver's
    int tcp_port = 9100;        // 0 = the site must say
    std::optional<profile::SerialLine> serial;
};

Language language_of(const std::string& word) {
    if (word == "tspl") return Language::tspl;
    if (word == "epl2") return Language::epl2;
    if (word == "escpos") return Language::escpos;
    if (word == "cpcl") return Language::cpcl;
    return Language::zpl;
}

// What every way of reaching a printer that is a byte stream shares.
void fill(const settings::PrinterSettings& from, const Model& model,
          printer::StreamPrinterOptions& options) {
    options.name = from.name;
    options.place = from.transport == Transport::usb ? from.device : from.serial.device;
    options.language = model.language;
    options.queries = model.queries;
    if (model.status_timeout_ms) options.status_timeout_ms = model.status_timeout_ms;
    options.ask_status = from.ask_status;
    options.counts = from.ask_status &&
                     (from.counter.empty() ? model.counts : from.counter == "zebra_label_count");
    options.status_poll_ms = from.status_poll_ms;
    options.open_timeout_ms = from.connect_timeout_ms;
    options.stall_timeout_ms = from.stall_timeout_ms;
    options.close_timeout_ms = from.close_timeout_ms;
    options.quiet_ms = std::max(100, from.close_timeout_ms / 15);
    options.log = device_log(from.name);
}

printer::StreamPrinterOptions stream_options(const settings::PrinterSettings& from,
                                             const Model& model) {
    printer::StreamPrinterOptions options;
    fill(from, model, options);
    return options;
}

Result<std::unique_ptr<Printer>> make_tcp(const boost::asio::any_io_executor& loop,
                                          const settings::PrinterSettings& from,
                                          const Model& model) {
    printer::TcpPrinterOptions options;
    fill(from, model, options);
    options.host = from.host;
    options.port = static_cast<std::uint16_t>(from.port ? from.port : model.tcp_port);
    if (!options.port)
        return fail(Remedy::stop, "printer " + from.name + " lacks port: " + from.profile +
                                      " names none, so the site file must");
    return std::make_unique<printer::TcpPrinter>(loop, options);
}

std::unique_ptr<Printer> make_ipp(const boost::asio::any_io_executor& loop,
                                  const settings::PrinterSettings& from) {
    printer::IppPrinterOptions options;
    options.name = from.name;
    options.uri = from.uri;
    options.format = from.format;
    options.status_poll_ms = from.status_poll_ms;
    options.connect_timeout_ms = from.connect_timeout_ms;
    options.stall_timeout_ms = from.stall_timeout_ms;
    options.close_timeout_ms = from.close_timeout_ms;
    options.log = device_log(from.name);
    return std::make_unique<printer::IppPrinter>(loop, options);
}

Result<Model> model_of(const settings::PrinterSettings& from) {
    Model model;
    std::string word = from.language;
    if (!from.profile.empty()) {
        const auto profile = profile::load_printer_profile(from.profile);
        if (!profile) return tl::unexpected(profile.error());
        const std::string own(profile::name_of(profile->language));
        if (word.empty()) word = own;
        if (word == own) model.queries = printer::byte_queries(*profile);
        for (const auto& query : profile->queries)
            model.status_timeout_ms = std::max(model.status_timeout_ms, query.timeout_ms);
        model.counts = profile->counter == profile::PrinterCounter::zebra_label_count;
        model.serial = profile->serial;
        model.tcp_port = profile->tcp_port;
    }
    model.language = language_of(word);
    return model;
}

}  // namespace

std::string printer_language(const settings::PrinterSettings& from) {
    if (!from.language.empty() || from.profile.empty()) return from.language;
    const auto profile = profile::load_printer_profile(from.profile);
    return profile ? std::string(profile::name_of(profile->language)) : std::string();
}

int printer_port(const settings::PrinterSettings& from) {
    if (from.port || from.profile.empty()) return from.port;
    const auto profile = profile::load_printer_profile(from.profile);
    return profile ? profile->tcp_port : 0;
}

Result<std::unique_ptr<Printer>> make_printer(const boost::asio::any_io_executor& loop,
                                              const settings::PrinterSettings& from) {
    const auto model = model_of(from);
    if (!model) return tl::unexpected(model.error());
    switch (from.transport) {
        case Transport::tcp:
            break;
        case Transport::usb:
            return printer::make_usb_printer(loop, stream_options(from, *model));
        case Transport::serial:
            return printer::make_serial_printer(loop, stream_options(from, *model),
                                                serial_line(from.serial, model->serial, from.flow));
        case Transport::ipp:
            return make_ipp(loop, from);
    }
    return make_tcp(loop, from, *model);
}

}  // namespace kemas::app
