// Refuses heads that two HTTP readers could understand differently. It stands before Beast's
// parser, which by itself takes "Transfer-Encoding: xchunked" for a request without a body and so
// answers one request twice. Knows the bytes of a head and nothing else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "web/message.hpp"

namespace kemas::web {

struct HeadLimits {
    std::size_t bytes = 8192;
    std::size_t fields = 100;
};

// Where the head ends in what has come so far.
struct HeadEnd {
    enum State { incomplete, complete, bare_line_feed, too_long } state = incomplete;
    std::size_t size = 0;  // of the head with its empty line, when complete
};

/// Looks for the empty line from `from` on. A line feed without carriage return is refused at once.
HeadEnd find_head_end(std::string_view bytes, std::size_t from, const HeadLimits& limits);

// The verdict. Views point into the head.
struct Head {
    unsigned refused = 0;  // HTTP status of the refusal, 0 when the head is sound
    std::string detail;    // why, and what to do
    Method method = Method::get;
    std::string_view path, query;  // of the target, as sent
    bool http_1_1 = true;
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Judges a whole head (RFC 9112 and the stricter house rules).
Head judge_head(std::string_view head, const HeadLimits& limits);

}  // namespace kemas::web
