// kemas-decode: finds barcodes in a picture, in a sandbox of its own, because the picture may be
// hostile and ZXing 1.4 may abort. Without arguments it reads one picture (PNG, JPEG, PGM, PBM) on
// standard input and prints each barcode as "format<TAB>text" (control characters, backslash and
// DEL as \xHH); exit 0 even when nothing was found, 2 when the picture cannot be read. --serve: as
// the daemon's child, many pictures (decode_wire.hpp). --prove-sandbox: exit 0 when it is tight.
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <set>

#include "drivers/camera/decode_wire.hpp"
#include "drivers/camera/find_barcodes.hpp"
#include "drivers/sandbox/child_main.hpp"
#include "drivers/sandbox/sandbox.hpp"

using namespace kemas::camera;
using kemas::sandbox::read_exactly, kemas::sandbox::write_all;

namespace {

#if defined(__SANITIZE_THREAD__)
constexpr int kSlowed = 10;  // about what ThreadSanitizer costs
#else
constexpr int kSlowed = 1;
#endif
constexpr int kWorkMs = 5'000 * kSlowed;  // of processor time, reading and finding
constexpr int kBudgetMs = 1'500 * kSlowed;
constexpr int kBadPicture = 2;

bool answer(std::uint32_t number, Status status, const std::string& text) {
    const auto head =
        pack({number, static_cast<std::uint32_t>(status), static_cast<std::uint32_t>(text.size())});
    return write_all({head.data(), head.size()}) && write_all(text);
}

int serve() {
    std::string picture;
    HeadBytes bytes;
    while (read_exactly(bytes.data(), bytes.size())) {
        const auto head = unpack(bytes);
        if (!head || head->size > kMostPictureBytes) return kBadPicture;
        picture.resize(head->size);
        if (!read_exactly(picture.data(), picture.size())) break;
        kemas::sandbox::limit_work_ms(kWorkMs);
        const auto read = read_picture(picture);
        std::string text = read ? std::string{} : read.error();
        if (read)
            text = to_text(find_barcodes(
                *read, {head->word & ~kFlags, (head->word & kThorough) != 0,
                        (head->word & kCareful) != 0, (head->word & kDrawn) != 0, kBudgetMs}));
        kemas::sandbox::limit_work_ms(0);
        if (!answer(head->number, read ? Status::seen : Status::unreadable, text)) break;
    }
    return 0;
}

int once() {
    std::string data;
    char block[65'536];
    for (ssize_t n; (n = read(STDIN_FILENO, block, sizeof block)) > 0;) {
        data.append(block, static_cast<std::size_t>(n));
        if (data.size() > 4 * kMostPictureBytes) break;
    }
    kemas::sandbox::limit_work_ms(2 * kWorkMs);
    const auto picture = read_picture(data);
    if (!picture) {
        std::fprintf(stderr, "kemas-decode: %s\n", picture.error().c_str());
        return kBadPicture;
    }
    std::set<std::string> said;
    std::string out;
    for (const auto& code :
         find_barcodes(*picture, {kUsualFormats, true, false, false, 2 * kBudgetMs}))
        if (const auto line = code.format + "\t" + escaped(code.text) + "\n";
            said.insert(line).second)
            out += line;
    return write_all(out) ? 0 : 1;
}

int work(int argc, char** argv) {
    return argc > 1 && std::strcmp(argv[1], "--serve") == 0 ? serve() : once();
}

}  // namespace

int main(int argc, char** argv) {
    return kemas::sandbox::run_shut_in("kemas-decode", argc, argv, work);
}
