// kemas-pages: reads files of labels (PDF, PNG, JPEG, ZPL, ZIP of these) in a sandbox of its own,
// because a file may be hostile. As the daemon's child it serves requests on its standard input
// (page_wire.hpp). --prove-sandbox: exit 0 when it is tight.
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "drivers/camera/sandbox.hpp"
#include "drivers/label_pages/page_wire.hpp"
#include "drivers/label_pages/pdf_file.hpp"
#include "drivers/label_pages/read_file.hpp"

using namespace kemas::label_pages;

// The sandbox has no room for the leak check at the end.
extern "C" const char* __asan_default_options();  // NOLINT: the name is ASan's
extern "C" const char* __asan_default_options() {
    return "detect_leaks=0";
}

namespace {

constexpr int kPageMs = 20'000;  // of processor time, from one page's answer to the next
constexpr int kNotOurs = 2, kNoSandbox = 4;

bool read_exactly(char* into, std::size_t size) {
    for (std::size_t got = 0; got < size;) {
        const ssize_t n = read(STDIN_FILENO, into + got, size - got);
        if (n <= 0) return false;
        got += static_cast<std::size_t>(n);
    }
    return true;
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

bool say(FrameKind kind, const std::string& body) {
    const auto head = pack({kind, static_cast<std::uint32_t>(body.size())});
    return write_all({head.data(), head.size()}) && write_all(body);
}

int serve() {
    FrameHeadBytes bytes;
    while (read_exactly(bytes.data(), bytes.size())) {
        const auto head = unpack(bytes);
        if (!head || head->kind != FrameKind::request) return kNotOurs;
        std::string body(head->size, '\0');
        if (!read_exactly(body.data(), body.size())) break;
        const auto request = request_of(body);
        if (!request) return kNotOurs;
        body = {};
        kemas::camera::limit_work_ms(kPageMs);
        bool heard = true;
        const auto on_page = [&](const ReadPage& page) {
            heard = say(FrameKind::page, to_bytes(page));
            kemas::camera::limit_work_ms(kPageMs);
            return heard;
        };
        const auto end = read_file(*request, on_page);
        kemas::camera::limit_work_ms(0);
        if (!heard || !say(FrameKind::end, to_bytes(end))) break;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    gather_fonts();
    if (const auto why = kemas::camera::enter_sandbox(); !why.empty()) {
        std::fprintf(stderr, "kemas-pages: no sandbox: %s\n", why.c_str());
        return kNoSandbox;
    }
    if (argc > 1 && std::strcmp(argv[1], "--prove-sandbox") == 0) {
        const auto leaks = kemas::camera::sandbox_leaks();
        std::fprintf(stderr, "kemas-pages: %s\n", leaks.empty() ? "tight" : leaks.c_str());
        return leaks.empty() ? 0 : 1;
    }
    return serve();
}
