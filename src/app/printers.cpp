#include "app/printers.hpp"

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

Language language_of(const std::string& word) {
    if (word == "tspl") return Language::tspl;
    if (word == "epl2") return Language::epl2;
    if (word == "escpos") return Language::escpos;
    if (word == "cpcl") return Language::cpcl;
    return Language::zpl;
}

printer::StreamPrinterOptions stream_options(const settings::PrinterSettings& from,
                                             Language language) {
    printer::StreamPrinterOptions options;
    options.name = from.name;
    options.place = from.transport == Transport::usb ? from.device : from.serial.device;
    options.language = language;
    options.ask_status = from.ask_status;
    options.status_poll_ms = from.status_poll_ms;
    options.open_timeout_ms = from.connect_timeout_ms;
    options.stall_timeout_ms = from.stall_timeout_ms;
    options.close_timeout_ms = from.close_timeout_ms;
    options.log = device_log(from.name);
    return options;
}

std::unique_ptr<Printer> make_tcp(const boost::asio::any_io_executor& loop,
                                  const settings::PrinterSettings& from, Language language) {
    printer::TcpPrinterOptions options;
    options.name = from.name;
    options.host = from.host;
    options.port = static_cast<std::uint16_t>(from.port);
    options.language = language;
    options.ask_status = from.ask_status;
    options.status_poll_ms = from.status_poll_ms;
    options.connect_timeout_ms = from.connect_timeout_ms;
    options.stall_timeout_ms = from.stall_timeout_ms;
    options.close_timeout_ms = from.close_timeout_ms;
    options.log = device_log(from.name);
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

}  // namespace

Result<std::unique_ptr<Printer>> make_printer(const boost::asio::any_io_executor& loop,
                                              const settings::PrinterSettings& from) {
    std::string word = from.language;
    std::optional<profile::SerialLine> usual;
    if (!from.profile.empty()) {
        const auto profile = profile::load_printer_profile(from.profile);
        if (!profile) return tl::unexpected(profile.error());
        if (word.empty()) word = profile::name_of(profile->language);
        usual = profile->serial;
    }
    const Language language = language_of(word);
    switch (from.transport) {
        case Transport::tcp:
            break;
        case Transport::usb:
            return printer::make_usb_printer(loop, stream_options(from, language));
        case Transport::serial:
            return printer::make_serial_printer(loop, stream_options(from, language),
                                                serial_line(from.serial, usual, from.flow));
        case Transport::ipp:
            return make_ipp(loop, from);
    }
    return make_tcp(loop, from, language);
}

}  // namespace kemas::app
