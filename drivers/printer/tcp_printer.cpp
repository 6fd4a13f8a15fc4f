#include "drivers/printer/tcp_printer.hpp"

#include "drivers/bus/tcp_link.hpp"

namespace kemas::printer {
namespace {

StreamPrinterOptions stream_options(const TcpPrinterOptions& from) {
    StreamPrinterOptions options;
    options.name = from.name;
    options.place = from.host + ":" + std::to_string(from.port);
    options.language = from.language;
    options.ask_status = from.ask_status;
    options.status_poll_ms = from.status_poll_ms;
    options.open_timeout_ms = from.connect_timeout_ms;
    options.status_timeout_ms = from.status_timeout_ms;
    options.stall_timeout_ms = from.stall_timeout_ms;
    options.close_timeout_ms = from.close_timeout_ms;
    options.log = from.log;
    return options;
}

}  // namespace

TcpPrinter::TcpPrinter(const boost::asio::any_io_executor& executor,
                       const TcpPrinterOptions& options)
    : StreamPrinter(executor, stream_options(options),
                    [executor, host = options.host, port = options.port] {
                        return std::make_shared<bus::TcpLink>(executor, host, port);
                    }) {}

}  // namespace kemas::printer
