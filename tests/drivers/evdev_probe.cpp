// For a guest that boots: an EvdevScanner at the device named, and on standard output one line for
// each code it delivers, each change of health and, when it ends, its counts.
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdio>
#include <cstring>

#include "drivers/scanner/evdev_scanner.hpp"

using namespace kemas;

namespace {

void tell(const char* word, const std::string& text) {
    std::string shown;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        char hex[8];
        std::snprintf(hex, sizeof hex, byte < ' ' || byte > '~' ? "<%02X>" : "%c", byte);
        shown += hex;
    }
    std::printf("PROBE %s %s\n", word, shown.c_str());
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: evdev_probe DEVICE [de]\n");
        return 2;
    }
    boost::asio::io_context loop(1);
    scanner::EvdevScannerOptions options;
    options.name = "gun";
    options.epoch = "guest";
    options.device = argv[1];
    if (argc > 2 && std::strcmp(argv[2], "de") == 0) options.layout = scanner::Layout::de;
    options.log = [](std::string_view event, const std::string& detail) {
        tell("health", std::string(event) + " " + detail);
    };
    scanner::EvdevScanner scanner(loop.get_executor(), options);
    scanner.start([](const ScannedLine& line) { tell("line", line.text + " " + line.key); });

    // USR1: what was counted so far. TERM: the end.
    boost::asio::signal_set signals(loop, SIGTERM, SIGUSR1);
    std::function<void()> listen = [&] {
        signals.async_wait([&](boost::system::error_code error, int number) {
            if (error) return;
            const auto counts = scanner.counts();
            tell("counts", "lines=" + std::to_string(counts.lines) +
                               " bad=" + std::to_string(counts.bad_frames) +
                               " cut=" + std::to_string(counts.cut_lines) +
                               " connections=" + std::to_string(counts.connections));
            if (number == SIGTERM) return scanner.stop();
            listen();
        });
    };
    listen();
    loop.run();
    tell("end", "");
}
