// JSON of the channel contract: what we send, and what may come back. Knows no connection.
#pragma once

#include <string>
#include <string_view>

#include "http/http_client.hpp"
#include "ports/channel.hpp"

namespace kemas::channel {

inline constexpr std::size_t kMostAttention = 100;

// A package number as an address can carry it: 1 to 64 letters, digits, '-', '_' and '.'.
bool is_package_number(std::string_view text);

// The body of a call; empty = a GET.
std::string body_of(ChannelCall call, const PackageAsk& ask);

// What an answer to this call about this package says. Whatever is not of the contract's shape, or
// names another package, is `unknown` with the field at fault.
ChannelAnswer answer_from(ChannelCall call, const std::string& package_number,
                          const http::Response& response);
ChannelAnswer package_from(const std::string& package_number, const http::Response& response);
ChannelAnswer attention_from(const http::Response& response);

}  // namespace kemas::channel
