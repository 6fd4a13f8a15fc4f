// Heads of HTTP requests: found the same however they arrive, and none passes that two readers
// could understand differently.
#include <string>

#include "tests/fuzz/input.hpp"
#include "web/framing_guard.hpp"
#include "web/text.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;
using namespace kemas::web;

namespace {

HeadEnd in_pieces(std::string_view bytes, std::uint8_t seed, const HeadLimits& limits) {
    HeadEnd end;
    std::size_t come = 0;
    fuzz::in_pieces(bytes, seed, [&](std::string_view piece) {
        if (end.state != HeadEnd::incomplete) return;
        const std::size_t before = come;
        come += piece.size();
        end = find_head_end(bytes.substr(0, come), before, limits);
    });
    return end;
}

std::size_t fields_named(std::string_view head, std::string_view name) {
    std::size_t count = 0;
    for (auto at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
        const auto line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        count +=
            line.find(':') != line.npos && same_word(trim(line.substr(0, line.find(':'))), name);
    }
    return count;
}

void head(Feed& in) {
    const HeadLimits limits{in.byte() & 1 ? 8192u : 64u, in.byte() & 1 ? 100u : 3u};
    const auto seed = in.byte();
    const auto bytes = in.rest();
    const auto end = find_head_end(bytes, 0, limits);
    const auto pieces = in_pieces(bytes, seed, limits);
    must(end.state == pieces.state && end.size == pieces.size,
         "a head ends at the same place however it arrives");
    if (end.state != HeadEnd::complete) return;
    must(end.size <= bytes.size() && end.size <= limits.bytes, "a head keeps its limit");
    const auto text = bytes.substr(0, end.size);
    const auto verdict = judge_head(text, limits);
    for (const auto* name : {"host", "Content-Length", "x"}) field_of(text, name);
    if (verdict.refused)
        return must(verdict.refused >= 400 && verdict.refused < 600 && !verdict.detail.empty(),
                    "a refusal has a status and a sentence");
    must(verdict.path.starts_with('/'), "a path starts with a slash");
    const auto lengths = fields_named(text, "content-length");
    const auto encodings = fields_named(text, "transfer-encoding");
    must(lengths + encodings <= 1, "one framing at most");
    must(fields_named(text, "host") <= 1, "one Host at most");
    if (encodings)
        must(same_word(field_of(text, "transfer-encoding").value_or(""), "chunked"),
             "the only encoding is chunked");
    percent_decode(verdict.path, Plus::stays);
    read_query(verdict.query);
}

void check_text(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto length = utf8_length(text.substr(i));
        must(length > 0, "decoded text is UTF-8");
        must(static_cast<unsigned char>(text[i]) >= 0x20, "decoded text has no control character");
        i += length;
    }
}

void texts(Feed& in) {
    const auto text = in.rest();
    for (const auto plus : {Plus::stays, Plus::is_space})
        if (const auto plain = percent_decode(text, plus)) check_text(*plain);
    const auto query = read_query(text);
    for (const auto& [name, value] : query.values) check_text(name), check_text(value);
    std::string escaped;
    for (const char c : text) {
        constexpr auto digits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        escaped += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    if (const auto plain = percent_decode(escaped, Plus::stays))
        must(*plain == text, "an escaped text is decoded to itself");
    check_text(json_string(text));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed in(data, size);
    if (in.byte() % 3)
        head(in);
    else
        texts(in);
    return 0;
}
