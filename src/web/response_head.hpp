// Writes the head of an answer. Knows what every answer of this server carries, and no sockets.
#pragma once

#include <cstddef>
#include <ctime>
#include <string>
#include <string_view>

#include "web/message.hpp"

namespace kemas::web {

std::string_view reason_of(unsigned status);

/// The Date field's text for that second (RFC 9110, 5.6.7).
std::string http_date(std::time_t now);

/// Whether an If-None-Match field covers the entity tag given without quotes (weak comparison).
bool covers(std::string_view if_none_match, std::string_view etag);

/// Overwrites `out` with the status line and all fields, the empty line included.
void write_head(std::string& out, const Response& response, std::size_t body_bytes,
                std::string_view date, bool keep_alive);

}  // namespace kemas::web
