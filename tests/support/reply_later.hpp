// A simulated service's answer as the HTTP client would hand it over, and when.
#pragma once

#include <functional>
#include <utility>

#include "drivers/sim/service_reply.hpp"
#include "http/http_client.hpp"
#include "tests/support/agenda.hpp"

namespace kemas::testing {

inline void reply_later(const sim::ServiceReply& reply, Agenda& agenda, Instant now,
                        std::function<void(const http::Response&)> on_response) {
    constexpr std::int64_t answers_after_ms = 40, deadline_ms = 10'000;
    http::Response response;
    response.status = reply.status;
    response.body = reply.body;
    response.content_type = reply.content_type;
    response.retry_after.value = reply.retry_after_s * 1000;
    if (reply.status == 0) response.fault = "no whole answer within 10000 ms";
    response.never_sent = !reply.arrived;
    if (reply.body.size() > http::Request{}.most_bytes)
        response = {0, "", "", {}, "its answer is longer than 1048576 bytes"};
    const auto after = reply.status == 0 ? deadline_ms : answers_after_ms;
    agenda.at({now.value + after},
              [on_response = std::move(on_response), response] { on_response(response); });
}

}  // namespace kemas::testing
