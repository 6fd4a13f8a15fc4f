// Which handler answers which method and path. Knows no sockets.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "web/message.hpp"

namespace kemas::web {

enum class Access { token, open };  // open: answered without the bearer token

struct Route {
    std::size_t max_body_bytes = 0;  // a longer body is a 413
    std::string content_type;        // required media type of the request; empty: any, or none
    Access access = Access::token;
    Handler handler;
};

class RouteTable {
 public:
    /// Adds a route. A pattern is a path whose segments are text or a whole "{name}":
    /// "/api/v1/orders/{id}". Text wins over {name}. Adding the same method and pattern twice is
    /// our own mistake.
    void add(Method method, std::string_view pattern, Route route);

    struct Match {
        const Route* route = nullptr;  // null: no such path, or not with that method
        bool path_known = false;
        std::string allow;  // for a 405: "GET, HEAD"
        Pairs params;       // decoded
        bool bad_escape = false;
    };

    /// Finds the route of a path as sent. HEAD is answered by GET's route.
    Match find(Method method, std::string_view path) const;

 private:
    using Methods = std::array<std::unique_ptr<Route>, 7>;
    struct Pattern {
        std::vector<std::string> segments;  // "{name}" kept as such
        Methods methods;
    };
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    static Match match_methods(const Methods& methods, Method method);

    std::unordered_map<std::string, Methods, Hash, std::equal_to<>> exact_;
    std::vector<Pattern> patterns_;
};

}  // namespace kemas::web
