#include "web/framing_guard.hpp"

#include <algorithm>

#include "web/text.hpp"

namespace kemas::web {

namespace {

struct Fields {
    std::size_t count = 0, hosts = 0, encodings = 0, lengths = 0;
    std::string_view host, encoding, length, expect;
    bool close = false, keep_alive = false;
};

bool token_char(unsigned char c) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           marks.find(static_cast<char>(c)) != std::string_view::npos;
}

bool token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return token_char(static_cast<unsigned char>(c));
    });
}

Head refuse(unsigned status, std::string detail) {
    Head head;
    head.refused = status;
    head.detail = std::move(detail);
    return head;
}

bool has_word(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        const auto end = list.find(',');
        if (same_word(trim(list.substr(0, end)), word)) return true;
        if (end == std::string_view::npos) return false;
        list.remove_prefix(end + 1);
    }
    return false;
}

Head read_request_line(std::string_view line) {
    Head head;
    const auto first = line.find(' '), last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return refuse(400, "The request line wants a method, a target and a version.");
    }
    const auto method_word = line.substr(0, first);
    auto target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (!token(method_word)) return refuse(400, "The request line starts with no method.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return refuse(version.starts_with("HTTP/") ? 505 : 400,
                      "This server speaks HTTP/1.1 and HTTP/1.0 only.");
    }
    const auto method = method_named(method_word);
    if (!method) {
        return refuse(501, "The method " + std::string(method_word) +
                               " is not known here; use GET, HEAD, POST, PUT, PATCH or DELETE.");
    }
    const bool plain = std::all_of(target.begin(), target.end(),
                                   [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
    if (!plain) {
        return refuse(400, "The target holds characters that must be percent-encoded.");
    }
    if (target.starts_with(
            "http://")) {  // absolute form: a server must accept it (RFC 9112, 3.2.2)
        const auto slash = target.find('/', 7);
        target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
    }
    if (!target.starts_with('/')) return refuse(400, "The target must start with a slash.");
    head.method = *method;
    head.http_1_1 = version == "HTTP/1.1";
    const auto mark = target.find('?');
    head.path = target.substr(0, mark);
    if (mark != std::string_view::npos) head.query = target.substr(mark + 1);
    return head;
}

// An empty sentence means the line is sound.
std::string read_field(std::string_view line, Fields& fields) {
    if (line.front() == ' ' || line.front() == '\t') {
        return "A header field is folded over two lines; send it on one.";
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !token(line.substr(0, colon))) {
        return "A header line is not of the form name: value.";
    }
    const auto name = line.substr(0, colon);
    const auto value = trim(line.substr(colon + 1));
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F) {
            return "The header field " + std::string(name) + " holds a control character.";
        }
    }
    ++fields.count;
    switch (name.size()) {  // most fields are of no interest here and are told by length alone
        case 4:
            if (same_word(name, "host")) ++fields.hosts, fields.host = value;
            break;
        case 6:
            if (same_word(name, "expect")) fields.expect = value;
            break;
        case 10:
            if (same_word(name, "connection")) {
                fields.close = fields.close || has_word(value, "close");
                fields.keep_alive = fields.keep_alive || has_word(value, "keep-alive");
            }
            break;
        case 14:
            if (same_word(name, "content-length")) ++fields.lengths, fields.length = value;
            break;
        case 17:
            if (same_word(name, "transfer-encoding")) ++fields.encodings, fields.encoding = value;
            break;
        default:
            break;
    }
    return {};
}

std::string framing_fault(const Head& head, const Fields& fields) {
    if (fields.hosts > 1) return "The request names more than one Host; send exactly one.";
    if (head.http_1_1 && fields.hosts == 0) return "The request names no Host; send exactly one.";
    if (fields.host.find_first_of(" \t,/@?#\\") != std::string_view::npos) {
        return "The Host field is not a host name with an optional port.";
    }
    if (fields.encodings > 0) {
        if (fields.lengths > 0) {
            return "The request has both Content-Length and Transfer-Encoding; send one of them.";
        }
        if (!head.http_1_1) return "HTTP/1.0 has no Transfer-Encoding; send a Content-Length.";
        if (fields.encodings > 1 || !same_word(fields.encoding, "chunked")) {
            return "The only Transfer-Encoding taken here is the single word chunked.";
        }
    }
    if (fields.lengths > 1) return "The request has more than one Content-Length; send one.";
    if (fields.lengths == 1) {
        const bool digits = !fields.length.empty() && fields.length.size() <= 18 &&
                            fields.length.find_first_not_of("0123456789") == std::string_view::npos;
        if (!digits) return "The Content-Length is not a plain number of bytes.";
    }
    return {};
}

}  // namespace

HeadEnd find_head_end(std::string_view bytes, std::size_t from, const HeadLimits& limits) {
    for (auto at = bytes.find('\n', from); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
        if (at >= limits.bytes) return {HeadEnd::too_long, 0};
        if (at == 0 || bytes[at - 1] != '\r') return {HeadEnd::bare_line_feed, 0};
        if (at >= 3 && bytes[at - 2] == '\n') return {HeadEnd::complete, at + 1};
    }
    return {bytes.size() >= limits.bytes ? HeadEnd::too_long : HeadEnd::incomplete, 0};
}

Head judge_head(std::string_view bytes, const HeadLimits& limits) {
    auto end = bytes.find("\r\n");
    Head head = read_request_line(bytes.substr(0, end));
    if (head.refused) return head;
    Fields fields;
    for (auto at = end + 2; at < bytes.size(); at = end + 2) {
        end = bytes.find("\r\n", at);
        if (end == std::string_view::npos || end == at) break;
        if (auto fault = read_field(bytes.substr(at, end - at), fields); !fault.empty()) {
            return refuse(400, std::move(fault));
        }
        if (fields.count > limits.fields) {
            return refuse(431, "The request has more than " + std::to_string(limits.fields) +
                                   " header fields; send fewer.");
        }
    }
    if (auto fault = framing_fault(head, fields); !fault.empty())
        return refuse(400, std::move(fault));
    if (!fields.expect.empty()) {
        if (!same_word(fields.expect, "100-continue")) {
            return refuse(417, "The only Expect understood here is 100-continue.");
        }
        head.expects_continue = head.http_1_1;
    }
    head.keep_alive = !fields.close && (head.http_1_1 || fields.keep_alive);
    return head;
}

}  // namespace kemas::web
