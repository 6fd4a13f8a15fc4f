// kemas-pages: reads files of labels (PDF, PNG, JPEG, ZPL, ZIP of these) in a sandbox of its own,
// because a file may be hostile. As the daemon's child it serves requests on its standard input
// (page_wire.hpp). --prove-sandbox: exit 0 when it is tight.
#include "drivers/label_pages/page_wire.hpp"
#include "drivers/label_pages/pdf_file.hpp"
#include "drivers/label_pages/read_file.hpp"
#include "drivers/sandbox/child_main.hpp"
#include "drivers/sandbox/sandbox.hpp"

using namespace kemas::label_pages;
using kemas::sandbox::read_exactly, kemas::sandbox::write_all;

namespace {

constexpr int kPageMs = 20'000;  // of processor time, from one page's answer to the next
constexpr int kNotOurs = 2;

bool say(FrameKind kind, const std::string& body) {
    const auto head = pack({kind, static_cast<std::uint32_t>(body.size())});
    return write_all({head.data(), head.size()}) && write_all(body);
}

int serve(int /*argc*/, char** /*argv*/) {
    FrameHeadBytes bytes;
    while (read_exactly(bytes.data(), bytes.size())) {
        const auto head = unpack(bytes);
        if (!head || head->kind != FrameKind::request) return kNotOurs;
        std::string body(head->size, '\0');
        if (!read_exactly(body.data(), body.size())) break;
        const auto request = request_of(body);
        if (!request) return kNotOurs;
        body = {};
        kemas::sandbox::limit_work_ms(kPageMs);
        bool heard = true;
        const auto on_page = [&](const ReadPage& page) {
            heard = say(FrameKind::page, to_bytes(page));
            kemas::sandbox::limit_work_ms(kPageMs);
            return heard;
        };
        const auto end = read_file(*request, on_page);
        kemas::sandbox::limit_work_ms(0);
        if (!heard || !say(FrameKind::end, to_bytes(end))) break;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    gather_fonts();
    return kemas::sandbox::run_shut_in("kemas-pages", argc, argv, serve);
}
