// Decides, before any body is read, which route a sound head goes to or why it goes to none.
#pragma once

#include <cstdint>
#include <optional>

#include "web/framing_guard.hpp"
#include "web/server.hpp"

namespace kemas::web {

struct BodyFrame {  // what the head announces
    bool present = false;
    std::optional<std::uint64_t> length;  // not known of a chunked body
};

struct Plan {
    const Route* route = nullptr;  // null: answer with `refusal`
    Response refusal;
};

/// Fills the request's params and query on the way.
Plan plan_request(const Core& core, const Head& head, const BodyFrame& body, Request& request);

Response body_too_long(const Request& request, std::size_t limit_bytes);

}  // namespace kemas::web
