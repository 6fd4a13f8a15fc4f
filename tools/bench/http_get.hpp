// One GET from 127.0.0.1; knows no more HTTP than that.
#pragma once

#include <cstdint>
#include <string>

namespace kemas::bench {

std::string http_get(std::uint16_t port, const std::string& path);  // the body; throws unless 200

}  // namespace kemas::bench
