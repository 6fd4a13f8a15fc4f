// One HTTP call to kemasd, and how its addresses are spelled. Knows no command and no answer.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fault.hpp"

namespace kemas::ctl {

struct Server {
    std::string url;    // "http://127.0.0.1:8420", no slash at the end
    std::string token;  // empty = none wanted
};

struct Call {
    std::string path;    // percent-encoded, with its query
    bool posts = false;  // else GET
    std::string body;    // of a POST
    std::string content_type = "application/json";
    long timeout_ms = 30'000;
};

struct Reply {
    long status = 0;
    std::string body;
};

Call get(std::string path);
Call post(std::string path, std::string body);

// Everything but RFC 3986's unreserved characters becomes %XX: a slash in an order's number stays
// inside its segment.
std::string encode(std::string_view text);

// "?channel=shopee&shop=main"; pairs without a value are left out.
std::string query(const std::vector<std::pair<std::string, std::string>>& pairs);

// Any status is a reply. Faults: nobody answers, or the URL is none; the sentence names the URL.
Result<Reply> send(const Server& server, const Call& call);

}  // namespace kemas::ctl
