#include "orderdb/postgresql_options.hpp"

#include <libpq-fe.h>
#include <soci/soci.h>

#include <algorithm>
#include <atomic>
#include <map>

namespace kemas::orderdb {
namespace {

std::string quoted(const std::string& value) {
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') text += '\\';
        text += c;
    }
    return text + '\'';
}

// Milliseconds nobody would choose, and another one for each connection of this process.
int next_mark(int deadline_ms) {
    static std::atomic<int> count{0};
    return deadline_ms - 500 + count++ % 500;
}

}  // namespace

PostgresqlConnect postgresql_connect(const std::string& connect, int deadline_ms) {
    PostgresqlConnect result;
    result.user_timeout_ms = next_mark(deadline_ms);
    std::map<std::string, std::string> values{
        {"connect_timeout", std::to_string(std::max(2, deadline_ms / 1000 - 1))},
        {"keepalives_idle", "5"},
        {"keepalives_interval", "2"},
        {"keepalives_count", "2"},
        {"application_name", "kemas"},
        {"client_encoding", "UTF8"}};
    char* error = nullptr;
    PQconninfoOption* given = PQconninfoParse(connect.c_str(), &error);
    if (given == nullptr) {
        std::string why = error == nullptr ? "out of memory" : error;
        PQfreemem(error);
        throw soci::soci_error("the connect string cannot be read: " + why);
    }
    for (const auto* option = given; option->keyword != nullptr; ++option) {
        if (option->val != nullptr) values[option->keyword] = option->val;
    }
    PQconninfoFree(given);
    values["tcp_user_timeout"] = std::to_string(result.user_timeout_ms);
    for (const auto& [name, value] : values) {
        result.text += (result.text.empty() ? "" : " ") + name + '=' + quoted(value);
    }
    return result;
}

}  // namespace kemas::orderdb
