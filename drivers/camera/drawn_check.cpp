#include "drivers/camera/drawn_check.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstring>

#include "drivers/sandbox/child.hpp"
#include "drivers/camera/decode_wire.hpp"

namespace kemas::camera {
namespace {

using Clock = std::chrono::steady_clock;

// How a symbology of ours is called by the reader, and by its AIM identifier (ISO/IEC 15424).
struct Known {
    std::string_view symbology, format, aim;
    bool linear, sets_up_reader = false;
};
constexpr std::array<Known, 8> known{{{"code128", "Code128", "]C0", true},
                                      {"code128-fnc3", "Code128", "]C0", true, true},
                                      {"gs1-128", "Code128", "]C1", true},
                                      {"itf14", "ITF", "]I", true},
                                      {"qr", "QRCode", "]Q", false},
                                      {"datamatrix", "DataMatrix", "]d1", false},
                                      {"gs1-datamatrix", "DataMatrix", "]d2", false},
                                      {"pdf417", "PDF417", "]L", false}}};

constexpr int strip_rows = 8;  // of a linear symbol whose rows are all alike

// The dots of an area, shifted to begin a byte.
struct Cut {
    int width = 0, row_bytes = 0;
    std::string rows;

    std::string_view row(int y) const {
        return std::string_view(rows).substr(static_cast<std::size_t>(y * row_bytes),
                                             static_cast<std::size_t>(row_bytes));
    }
};

Cut cut(const Page& page, const BarcodeBox& box) {
    Cut out{box.width, (box.width + 7) / 8, {}};
    out.rows.resize(static_cast<std::size_t>(out.row_bytes * box.height));
    const int shift = box.x % 8, spare = out.row_bytes * 8 - box.width;
    char* to = out.rows.data();
    for (int y = box.y; y < box.y + box.height; ++y, to += out.row_bytes) {
        const auto* from = &page.bits[static_cast<std::size_t>(y * page.row_bytes() + box.x / 8)];
        const int last = page.row_bytes() - 1 - box.x / 8;
        for (int i = 0; i < out.row_bytes; ++i) {
            const unsigned next = i < last ? from[i + 1] : 0U;
            to[i] = static_cast<char>((from[i] << 8 | next) >> (8 - shift) & 0xFF);
        }
        to[out.row_bytes - 1] = static_cast<char>(to[out.row_bytes - 1] & (0xFF << spare));
    }
    return out;
}

// Rows of a linear symbol from its first to its last, without an ITF-14's bearer bars; none when
// they are not all alike.
std::optional<std::string_view> only_row(const Cut& symbol, int height, bool bearers) {
    const auto middle = symbol.row(height / 2);
    int first = 0, last = height - 1;
    if (bearers) {
        const auto edge = symbol.row(0);
        while (first < height / 4 && symbol.row(first) == edge) ++first;
        while (last > 3 * height / 4 && symbol.row(last) == edge) --last;
    }
    for (int y = first; y <= last; ++y)
        if (symbol.row(y) != middle) return std::nullopt;
    return middle;
}

std::string pbm(int width, int height, std::string_view rows) {
    return "P4\n" + std::to_string(width) + " " + std::to_string(height) + "\n" + std::string(rows);
}

}  // namespace

struct DrawnCheck::Talk {
    std::string program;
    boost::asio::io_context idle;  // never run: the socket is used directly
    sandbox::Child child{idle.get_executor()};
    std::uint32_t number = 0;

    bool wait(short events, Clock::time_point last) {
        pollfd at{child.socket().native_handle(), events, 0};
        for (;;) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(last - Clock::now());
            if (left.count() <= 0) return false;
            const int ready = poll(&at, 1, static_cast<int>(left.count()));
            if (ready > 0) return true;
            if (ready == 0 || errno != EINTR) return false;
        }
    }
    bool send(std::string_view bytes, Clock::time_point last) {
        while (!bytes.empty()) {
            if (!wait(POLLOUT, last)) return false;
            const auto n = ::send(child.socket().native_handle(), bytes.data(), bytes.size(),
                                  MSG_NOSIGNAL | MSG_DONTWAIT);
            if (n > 0)
                bytes.remove_prefix(static_cast<std::size_t>(n));
            else if (errno != EAGAIN && errno != EINTR)
                return false;
        }
        return true;
    }
    bool take(char* into, std::size_t size, Clock::time_point last) {
        while (size > 0) {
            if (!wait(POLLIN, last)) return false;
            const auto n = recv(child.socket().native_handle(), into, size, MSG_DONTWAIT);
            if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return false;
            if (n < 0) continue;
            into += n;
            size -= static_cast<std::size_t>(n);
        }
        return true;
    }

    // What the child sees in the picture; none when it died or was silent, and is then ended.
    std::optional<std::vector<Barcode>> ask(FormatSet format, const std::string& picture) {
        const auto last = Clock::now() + std::chrono::milliseconds(limit_ms);
        const auto head =
            pack({++number, format | kDrawn, static_cast<std::uint32_t>(picture.size())});
        HeadBytes bytes;
        std::string text;
        std::optional<std::vector<Barcode>> seen;
        if (send(std::string_view(head.data(), head.size()), last) && send(picture, last) &&
            take(bytes.data(), bytes.size(), last)) {
            const auto answer = unpack(bytes);
            if (answer && answer->number == number && answer->size <= kMostAnswerBytes) {
                text.resize(answer->size);
                if (take(text.data(), text.size(), last)) seen = barcodes_of(text);
            }
        }
        if (!seen) child.end();
        return seen;
    }

    // Why the barcode is no good, or empty.
    std::string fault(const Page& page, const BarcodeBox& box) {
        const auto* kind = std::find_if(known.begin(), known.end(), [&](const Known& each) {
            return each.symbology == box.symbology;
        });
        if (kind == known.end()) return "is of the kind " + box.symbology + ", which is not read";
        if (box.x < 0 || box.y < 0 || box.width <= 0 || box.height <= 0 ||
            box.x + box.width > page.width || box.y + box.height > page.height)
            return "does not lie on the page";
        const auto symbol = cut(page, box);
        std::string picture;
        if (kind->linear) {
            const auto row = only_row(symbol, box.height, box.symbology == "itf14");
            if (!row) return "has bars that are not straight from top to bottom";
            std::string rows;
            for (int i = 0; i < strip_rows; ++i) rows += *row;
            picture = pbm(symbol.width, strip_rows, rows);
        } else {
            picture = pbm(symbol.width, box.height, symbol.rows);
        }
        std::optional<std::vector<Barcode>> seen;
        for (int attempt = 0; attempt < 2 && !seen; ++attempt) {
            if (!child.running())
                if (const auto why = child.start(program); !why.empty())
                    return "cannot be read back: " + program + " does not start (" + why + ")";
            seen = ask(*format_bit(kind->format), picture);
        }
        if (!seen) return "cannot be read back: the reader ended or was silent";
        if (seen->empty()) return "cannot be read back from the drawn page";
        const Barcode& code = seen->front();
        if (code.text != box.text)
            return "reads back as \"" + escaped(code.text) + "\" instead of \"" +
                   escaped(box.text) + "\"";
        if (!code.aim.starts_with(kind->aim))
            return "reads back as another kind of code (" + code.aim + ")";
        if (code.sets_up_reader != kind->sets_up_reader)
            return kind->sets_up_reader ? "reads back without its FNC3: no scanner would be set up"
                                        : "reads back as one that sets the reader up";
        return {};
    }
};

DrawnCheck::DrawnCheck(std::string program) : talk_(std::make_unique<Talk>()) {
    talk_->program = std::move(program);
}
DrawnCheck::~DrawnCheck() = default;

std::optional<Misread> DrawnCheck::misread(const DrawnLabel& label) {
    for (const BarcodeBox& box : label.barcodes)
        if (const auto why = talk_->fault(label.page, box); !why.empty())
            return Misread{box.field, "The barcode of the " + box.field + " " + why +
                                          ": nothing is printed; change its box in the layout."};
    return std::nullopt;
}

}  // namespace kemas::camera
