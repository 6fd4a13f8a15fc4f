// What a route gets and what it answers. Knows nothing of sockets, Beast or orders.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kemas::web {

enum class Method { get, head, post, put, patch, del, options };

std::string_view name_of(Method method);

/// The method of that exact name (methods are case-sensitive), or nothing when this server has no
/// such method.
std::optional<Method> method_named(std::string_view name);

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::get;
    std::string path;    // as sent, without the query: "/api/v1/orders/SP%2D1"
    Pairs params;        // {"id", "SP-1"}: percent-decoded, valid UTF-8, no control characters
    Pairs query;         // decoded likewise, each name once (a repeated name is a 400)
    std::string head;    // request line and fields as sent; read it through header()
    std::string body;    // decoded of chunks; at most the route's limit
    std::string remote;  // address of the peer, without port

    /// The value of the pattern's {name}; empty when the pattern has no such name.
    std::string_view param(std::string_view name) const;

    /// The value of ?name=, or nothing when it was not sent.
    std::optional<std::string_view> query_value(std::string_view name) const;

    /// The first field of that name (case-insensitive, trimmed), or nothing.
    std::optional<std::string_view> header(std::string_view name) const;
};

// An RFC 9457 problem document. Extension values are JSON text: {"line", "3"}, {"sku", "\"A-1\""}.
struct Problem {
    std::string type = "about:blank";
    std::string title;
    unsigned status = 500;
    std::string detail;
    Pairs extensions;
};

struct Response {
    unsigned status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::shared_ptr<const std::string> shared_body;  // wins over body; sent without a copy
    std::string etag;                        // without quotes; the server answers 304 by itself
    std::string cache_control;               // empty: no-cache with an ETag, else no-store
    Pairs headers;                           // extra fields; never framing ones
    std::shared_ptr<const Problem> problem;  // wins over both bodies; the server adds `instance`
};

/// An error answer. `detail` names the thing and the next step.
Response problem(unsigned status, std::string_view title, std::string_view detail,
                 Pairs extensions = {});

/// The JSON text of a problem; `instance` is the path it happened on.
std::string to_json(const Problem& problem, std::string_view instance);

/// `text` as a JSON string, quotes included. Bytes that are no UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

/// Gives the one answer of a request: at once or later, on the loop's thread. Copies share the
/// answer and the first one given counts; when the last copy dies unanswered the client gets a 500.
class Responder {
 public:
    explicit Responder(std::function<void(Response)> deliver);
    void operator()(Response response) const;
    bool answered() const;

 private:
    struct Once;
    std::shared_ptr<Once> once_;
};

using Handler = std::function<void(Request, Responder)>;

}  // namespace kemas::web
