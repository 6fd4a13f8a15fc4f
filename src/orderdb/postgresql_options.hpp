// Completes a libpq connect string with the limits of reference/reliability.md, section 4. Knows no
// session.
#pragma once

#include <string>

namespace kemas::orderdb {

struct PostgresqlConnect {
    std::string text;         // "name='value' ..."
    int user_timeout_ms = 0;  // tcp_user_timeout of its sockets; also how they are recognised
};

// What the site gave wins over our defaults, tcp_user_timeout excepted. Throws soci::soci_error
// when the string cannot be read.
PostgresqlConnect postgresql_connect(const std::string& connect, int deadline_ms);

}  // namespace kemas::orderdb
