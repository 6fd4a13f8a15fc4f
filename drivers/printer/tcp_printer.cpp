#include "drivers/printer/tcp_printer.hpp"

#include "drivers/bus/tcp_link.hpp"

namespace kemas::printer {
namespace {

StreamPrinterOptions placed(const TcpPrinterOptions& from) {
    StreamPrinterOptions options = from;
    options.place = from.host + ":" + std::to_string(from.port);
    return options;
}

}  // namespace

TcpPrinter::TcpPrinter(const boost::asio::any_io_executor& executor,
                       const TcpPrinterOptions& options)
    : StreamPrinter(executor, placed(options),
                    [executor, host = options.host, port = options.port] {
                        return std::make_shared<bus::TcpLink>(executor, host, port);
                    }) {}

}  // namespace kemas::printer
