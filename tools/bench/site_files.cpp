#include "site_files.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace kemas::bench {

std::vector<std::uint16_t> free_ports(std::size_t count) {
    std::vector<int> held;
    std::vector<std::uint16_t> ports;
    for (std::size_t i = 0; i < count; ++i) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        socklen_t size = sizeof address;
        if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no free port on 127.0.0.1");
        held.push_back(fd);
        ports.push_back(ntohs(address.sin_port));
    }
    for (const int fd : held) close(fd);
    return ports;
}

namespace {

void write_station(std::ostream& out, const Site& site, const std::string& root, std::size_t i,
                   int poll_ms) {
    const auto no = std::to_string(i + 1);
    const bool devices = poll_ms > 0;
    out << "\n[[station]]\nname = \"bench-" << no << "\"\nkind = \"bench\"\n";
    if (devices) out << "printer = \"printer-" << no << "\"\nscale = \"scale-" << no << "\"\n";
    out << "[[scanner]]\nname = \"scanner-" << no << "\"\nstation = \"bench-" << no
        << "\"\nport = " << site.scanner_ports[i] << "\n";
    if (!devices) return;
    out << "[[scale]]\nname = \"scale-" << no << "\"\nprofile = \"" << root
        << "/firmware-profiles/scale/kemas-sim.toml\"\nhost = \"127.0.0.1\"\nport = "
        << site.scale_ports[i] << "\npoll_ms = " << poll_ms
        << "\nmin_readings = 2\nmin_span_ms = 0\n[[printer]]\nname = \"printer-" << no
        << "\"\nhost = \"127.0.0.1\"\nport = " << site.printer_ports[i] << "\n";
}

}  // namespace

Site write_site(const std::string& folder, const std::string& root, const std::string& ledger,
                std::size_t stations, int poll_ms) {
    Site site;
    const bool devices = poll_ms > 0;
    const auto ports = free_ports(1 + stations * (devices ? 3 : 1));
    auto next = ports.begin();
    site.http_port = *next++;
    for (std::size_t i = 0; i < stations; ++i) {
        site.scanner_ports.push_back(*next++);
        if (!devices) continue;
        site.scale_ports.push_back(*next++);
        site.printer_ports.push_back(*next++);
    }
    std::filesystem::create_directories(folder);
    site.config = folder + "/kemas.toml";
    std::ofstream out(site.config);
    out << "[site]\nname = \"Bench\"\n[ledger]\npath = \"" << ledger
        << "\"\n[http]\nport = " << site.http_port
        << "\n[policy]\ndefault_carton = \"BOX-S\"\n[label]\nlayout = \"" << root
        << "/config/labels/domestic-100x150.toml\"\nsender_name = \"Gudang Contoh\"\nsender_phone "
           "= \"021-0000-0000\"\n"
           "sender_address = \"Jl. Contoh No. 1, Jakarta Timur 13920\"\n"
           "[files]\noperators = \"operators.csv\"\ncartons = \"cartons.csv\"\n[log]\nlevel = "
           "\"warn\"\n";
    for (std::size_t i = 0; i < stations; ++i) write_station(out, site, root, i, poll_ms);
    std::ofstream(folder + "/operators.csv")
        << "id,name,badge,role\nani,Ani," << badge << ",packer\n";
    std::ofstream(folder + "/cartons.csv") << "code,name,length_mm,width_mm,height_mm,tare_g,tare_"
                                              "spread_g\nBOX-S,Kardus S,250,200,120,142,4\n";
    return site;
}

}  // namespace kemas::bench
