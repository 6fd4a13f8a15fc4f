#include "drivers/label_pages/page_wire.hpp"

#include <cstring>

namespace kemas::label_pages {
namespace {

constexpr std::uint32_t kMagic = 0x4B504731;  // "KPG1"
constexpr int kMostSide = 10'000;

class Writer {
 public:
    void number(std::int64_t value) {
        char raw[8];
        std::memcpy(raw, &value, sizeof raw);
        out_.append(raw, sizeof raw);
    }
    void text(std::string_view value) {
        number(static_cast<std::int64_t>(value.size()));
        out_ += value;
    }
    std::string done() { return std::move(out_); }

 private:
    std::string out_;
};

class Reader {
 public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    std::int64_t number(std::int64_t least, std::int64_t most) {
        std::int64_t value = 0;
        if (bytes_.size() < sizeof value) return bad_ = true, least;
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
        if (value < least || value > most) return bad_ = true, least;
        return value;
    }
    int integer(int least, int most) { return static_cast<int>(number(least, most)); }
    bool flag() { return integer(0, 1) == 1; }
    std::string text(std::size_t most) {
        const auto size = static_cast<std::size_t>(number(0, static_cast<std::int64_t>(most)));
        if (bad_ || size > bytes_.size()) return bad_ = true, std::string();
        std::string value(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
        return value;
    }
    bool whole() const { return !bad_ && bytes_.empty(); }
    bool bad() const { return bad_; }

 private:
    std::string_view bytes_;
    bool bad_ = false;
};

PageCode read_code(Reader& in) {
    PageCode code;
    code.format = in.text(40);
    code.text = in.text(8'000);
    code.survives = in.flag();
    code.lost = in.flag();
    code.module_tenths = in.integer(0, 100'000);
    return code;
}

void read_bits(Reader& in, Page& page) {
    page.width = in.integer(0, kMostSide);
    page.height = in.integer(0, kMostSide);
    page.dpi = in.integer(1, 2'400);
    const auto bits = in.text(kMostFrameBytes);
    page.bits.assign(bits.begin(), bits.end());
}

bool bits_fill(const Page& page) {
    return page.bits.empty() || page.bits.size() == static_cast<std::size_t>(page.row_bytes()) *
                                                        static_cast<std::size_t>(page.height);
}

}  // namespace

FrameHeadBytes pack(const FrameHead& head) {
    const std::uint32_t words[] = {kMagic, static_cast<std::uint32_t>(head.kind), head.size};
    FrameHeadBytes bytes;
    std::memcpy(bytes.data(), words, sizeof words);
    return bytes;
}

std::optional<FrameHead> unpack(const FrameHeadBytes& bytes) {
    std::uint32_t words[3];
    std::memcpy(words, bytes.data(), sizeof words);
    if (words[0] != kMagic || words[1] > 2 || words[2] > kMostFrameBytes) return std::nullopt;
    return FrameHead{static_cast<FrameKind>(words[1]), words[2]};
}

std::string to_bytes(const PageRequest& request) {
    Writer out;
    out.number(request.all);
    out.number(request.place.member);
    out.number(request.place.page);
    out.number(request.dpi);
    out.number(request.width);
    out.number(request.height);
    out.number(request.may_scale);
    out.number(request.decode);
    out.number(request.bits);
    out.text(request.file);
    return out.done();
}

std::optional<PageRequest> request_of(std::string_view bytes) {
    Reader in(bytes);
    PageRequest request;
    request.all = in.flag();
    request.place.member = in.integer(0, kMostMembers);
    request.place.page = in.integer(0, kMostPages);
    request.dpi = in.integer(72, 1'200);
    request.width = in.integer(0, kMostSide);
    request.height = in.integer(0, kMostSide);
    request.may_scale = in.flag();
    request.decode = in.flag();
    request.bits = in.flag();
    request.file = in.text(kMostFileBytes);
    return in.whole() ? std::optional(std::move(request)) : std::nullopt;
}

std::string to_bytes(const ReadPage& page) {
    Writer out;
    out.number(page.place.member);
    out.number(page.place.page);
    out.text(page.member);
    out.number(static_cast<int>(page.kind));
    out.text(page.fault);
    out.number(static_cast<int>(page.fit));
    out.number(page.scale_percent);
    out.number(page.page.width);
    out.number(page.page.height);
    out.number(page.page.dpi);
    out.text({reinterpret_cast<const char*>(page.page.bits.data()), page.page.bits.size()});
    out.text(page.zpl);
    out.number(static_cast<std::int64_t>(page.codes.size()));
    for (const auto& code : page.codes) {
        out.text(code.format);
        out.text(code.text);
        out.number(code.survives);
        out.number(code.lost);
        out.number(code.module_tenths);
    }
    return out.done();
}

std::optional<ReadPage> page_of(std::string_view bytes) {
    Reader in(bytes);
    ReadPage page;
    page.place.member = in.integer(0, kMostMembers);
    page.place.page = in.integer(0, kMostPages);
    page.member = in.text(1'000);
    page.kind = static_cast<PageKind>(in.integer(0, 3));
    page.fault = in.text(2'000);
    page.fit = static_cast<Fit>(in.integer(0, 3));
    page.scale_percent = in.integer(0, 10'000);
    read_bits(in, page.page);
    page.zpl = in.text(kMostFileBytes);
    const int codes = in.integer(0, static_cast<int>(kMostCodes));
    for (int i = 0; i < codes && !in.bad(); ++i) page.codes.push_back(read_code(in));
    if (!in.whole() || !bits_fill(page.page)) return std::nullopt;
    return page;
}

std::string to_bytes(const FileEnd& end) {
    Writer out;
    out.number(end.pages);
    out.text(end.fault);
    return out.done();
}

std::optional<FileEnd> end_of(std::string_view bytes) {
    Reader in(bytes);
    FileEnd end;
    end.pages = in.integer(0, kMostPages);
    end.fault = in.text(2'000);
    return in.whole() ? std::optional(std::move(end)) : std::nullopt;
}

}  // namespace kemas::label_pages
