#include "drivers/printer/plain_page.hpp"

#include <vector>

namespace kemas::printer {
namespace {

// What no language takes for its own: quotes and controls end a text.
std::string plain(std::string_view text) {
    std::string result;
    for (const char c : text) result += c >= ' ' && c <= '~' && c != '"' && c != '\\' ? c : ' ';
    return result;
}

std::vector<std::string> lines_of(const PlainPage& page) {
    return {"Kemas test page", plain(page.printer), plain(page.printed_at), page.code};
}

constexpr int left = 40, top = 40, step = 40, bar_height = 100;

std::string tspl(const PlainPage& page) {
    std::string bytes = "SIZE 50 mm,40 mm\r\nCLS\r\n";
    int y = top;
    for (const auto& line : lines_of(page)) {
        bytes += "TEXT " + std::to_string(left) + "," + std::to_string(y) + ",\"3\",0,1,1,\"" +
                 line + "\"\r\n";
        y += step;
    }
    return bytes + "BARCODE " + std::to_string(left) + "," + std::to_string(y) + ",\"128\"," +
           std::to_string(bar_height) + ",0,0,2,2,\"" + page.code + "\"\r\nPRINT 1\r\n";
}

std::string epl2(const PlainPage& page) {
    std::string bytes = "\r\nN\r\n";
    int y = top;
    for (const auto& line : lines_of(page)) {
        bytes += "A" + std::to_string(left) + "," + std::to_string(y) + ",0,3,1,1,N,\"" + line +
                 "\"\r\n";
        y += step;
    }
    return bytes + "B" + std::to_string(left) + "," + std::to_string(y) + ",0,1,2,2," +
           std::to_string(bar_height) + ",N,\"" + page.code + "\"\r\nP1\r\n";
}

std::string escpos(const PlainPage& page) {
    std::string bytes = "\x1b@";
    for (const auto& line : lines_of(page)) bytes += line + "\n";
    const std::string data = "{B" + page.code;
    bytes += std::string("\x1dh") + static_cast<char>(bar_height) + "\x1dw\x02" + "\x1dk\x49";
    return bytes + static_cast<char>(data.size()) + data + "\n\n\n\n";
}

std::string cpcl(const PlainPage& page) {
    std::string bytes = "! 0 200 200 400 1\r\n";
    int y = top;
    for (const auto& line : lines_of(page)) {
        bytes += "TEXT 4 0 " + std::to_string(left) + " " + std::to_string(y) + " " + line + "\r\n";
        y += step;
    }
    return bytes + "BARCODE 128 2 1 " + std::to_string(bar_height) + " " + std::to_string(left) +
           " " + std::to_string(y) + " " + page.code + "\r\nFORM\r\nPRINT\r\n";
}

}  // namespace

std::string plain_test_page(std::string_view language, const PlainPage& page) {
    if (language == "tspl") return tspl(page);
    if (language == "epl2") return epl2(page);
    if (language == "escpos") return escpos(page);
    if (language == "cpcl") return cpcl(page);
    return {};
}

}  // namespace kemas::printer
