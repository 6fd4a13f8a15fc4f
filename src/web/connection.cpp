#include "web/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "web/dispatch.hpp"
#include "web/response_head.hpp"
#include "web/text.hpp"

namespace kemas::web {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::awaitable;
using boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

namespace {

constexpr asio::as_tuple_t<asio::use_awaitable_t<>> tuple_awaitable{asio::use_awaitable};
constexpr std::size_t read_bytes = 4096;
constexpr std::size_t unparsed_limit_bytes = 16384;  // a chunk's size line is never that long

awaitable<bool> read_more(Connection& c) {
    const auto space = c.buffer.prepare(read_bytes);
    const auto [ec, n] = co_await c.socket.async_read_some(space, tuple_awaitable);
    if (ec) co_return false;
    c.buffer.commit(n);
    co_return true;
}

// Nothing when the client left or its time ran out.
awaitable<std::optional<HeadEnd>> read_head(Connection& c) {
    std::size_t looked = 0;
    bool skipped_line = false;
    while (true) {
        auto bytes = c.unread();
        if (c.idle && !bytes.empty()) {
            c.idle = false;
            c.deadline_in(c.core->options.header_deadline);
        }
        if (!skipped_line && bytes.starts_with("\r\n")) {  // RFC 9112, 2.2 allows for one
            skipped_line = true;
            c.buffer.consume(2);
            bytes = c.unread();
            looked = 0;
        }
        const HeadEnd end = find_head_end(bytes, looked, c.core->options.head);
        if (end.state != HeadEnd::incomplete) co_return end;
        looked = bytes.size();
        const bool more = co_await read_more(c);
        if (!more) co_return std::nullopt;
    }
}

// The fault of the body's framing, if any; `closed` when the client left.
struct BodyEnd {
    error_code fault;
    bool closed = false;
};

awaitable<BodyEnd> read_body(Connection& c, Parser& parser) {
    c.deadline_in(c.core->options.body_deadline);
    BodyEnd end;
    bool wants_more = c.buffer.size() == 0;
    while (!parser.is_done()) {
        if (wants_more) {
            const bool more = co_await read_more(c);
            end.closed = !more;
            if (end.closed) co_return end;
        }
        const auto used = parser.put(c.buffer.data(), end.fault);
        c.buffer.consume(used);
        wants_more = end.fault == http::error::need_more || c.buffer.size() == 0 || used == 0;
        if (end.fault == http::error::need_more && c.buffer.size() < unparsed_limit_bytes) {
            end.fault.clear();
        }
        if (end.fault) co_return end;
    }
    co_return end;
}

void start_handler(const std::shared_ptr<Connection>& c, const Route& route, Request request) {
    const auto number = ++c->request_no;
    c->answer.reset();
    // Weak: an answer kept somewhere must not keep a socket beyond its loop.
    Responder responder([weak = std::weak_ptr(c), number](Response response) {
        const auto asker = weak.lock();
        if (!asker || asker->request_no != number || asker->answer) return;
        asker->answer = std::move(response);
        asker->answer_timer.cancel();
    });
    try {
        route.handler(std::move(request), std::move(responder));
    } catch (const std::exception& e) {
        c->answer = problem(500, "Handler failed",
                            "The server could not answer (" + std::string(e.what()) +
                                "). Look at its log before sending it again.");
    }
}

awaitable<Response> ask_handler(std::shared_ptr<Connection> c) {
    if (!c->answer) {
        c->deadline = Clock::time_point::max();
        c->answer_timer.expires_after(c->core->options.answer_deadline);
        co_await c->answer_timer.async_wait(tuple_awaitable);
    }
    ++c->request_no;  // whatever comes now is too late
    if (!c->answer) {
        co_return problem(503, "No answer in time",
                          "The server did not finish this request in time; it may still be done. "
                          "Look at its effect before sending it again.");
    }
    Response response = std::move(*c->answer);
    c->answer.reset();
    co_return response;
}

struct Asked {  // what of the request shapes the sending of its answer
    std::string_view path;
    std::string_view if_none_match;
    bool head_only = false;
    bool cacheable = false;
};

awaitable<bool> send_response(Connection& c, Response response, Asked asked, bool keep_alive) {
    if (response.problem) {
        c.out_body = to_json(*response.problem, asked.path);
    } else if (!response.shared_body) {
        c.out_body = std::move(response.body);
    }
    const bool shared = !response.problem && response.shared_body;
    const std::string& body = shared ? *response.shared_body : c.out_body;
    if (asked.cacheable && response.status == 200 && !response.etag.empty() &&
        covers(asked.if_none_match, response.etag)) {
        response.status = 304;
    }
    write_head(c.out_head, response, body.size(), c.core->date_now(), keep_alive);
    const bool bare = asked.head_only || response.status == 304 || response.status == 204;
    std::array<asio::const_buffer, 2> buffers{asio::buffer(c.out_head), asio::buffer(body)};
    if (bare) buffers[1] = asio::const_buffer();
    c.deadline_in(c.core->options.write_deadline);
    ++c.core->counters.requests;
    // Mostly the socket takes it all at once, which saves a turn of the loop.
    error_code ec;
    const std::size_t sent = c.socket.write_some(buffers, ec);
    if (ec && ec != asio::error::would_block) co_return false;
    const std::size_t of_head = std::min(sent, buffers[0].size());
    buffers[0] += of_head;
    buffers[1] += sent - of_head;
    if (buffers[0].size() + buffers[1].size() > 0) {
        const auto [failure, n] = co_await asio::async_write(c.socket, buffers, tuple_awaitable);
        if (failure) co_return false;
    }
    co_return keep_alive;
}

// Closing with bytes unread would reset the connection and could destroy the answer on its way.
awaitable<void> close_gently(Connection& c) {
    error_code ec;
    c.socket.shutdown(asio::socket_base::shutdown_send, ec);
    c.deadline_in(std::chrono::seconds(1));
    for (int i = 0; i < 16; ++i) {
        c.buffer.consume(c.buffer.size());
        const bool more = co_await read_more(c);
        if (!more) break;
    }
    c.socket.close(ec);
}

awaitable<bool> refuse(Connection& c, unsigned status, std::string detail) {
    ++c.core->counters.refused_framing;
    Response response = problem(status, reason_of(status), detail);
    Asked asked;
    asked.path = "/";
    const bool open = co_await send_response(c, std::move(response), asked, false);
    co_return open;
}

std::ptrdiff_t field_count(Parser& parser) {
    return std::distance(parser.get().begin(), parser.get().end());
}

// One request with its answer. False: the connection ends here.
awaitable<bool> serve_one(std::shared_ptr<Connection> c) {
    const std::optional<HeadEnd> end = co_await read_head(*c);
    if (!end) co_return false;
    if (end->state != HeadEnd::complete) {
        const bool long_head = end->state == HeadEnd::too_long;
        std::string why = long_head
                              ? "The request's head is longer than " +
                                    std::to_string(c->core->options.head.bytes) +
                                    " bytes; send fewer or shorter header fields."
                              : "A header line ends without carriage return; end lines with CR LF.";
        co_return co_await refuse(*c, long_head ? 431 : 400, std::move(why));
    }
    Request request;
    request.head.assign(c->unread().substr(0, end->size));
    c->buffer.consume(end->size);
    Head head = judge_head(request.head, c->core->options.head);
    if (head.refused) co_return co_await refuse(*c, head.refused, std::move(head.detail));

    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(c->core->options.head.bytes));
    parser.body_limit(boost::none);
    error_code ec;
    const auto raw = asio::buffer(request.head);
    parser.put(raw, ec);
    if (ec || !parser.is_header_done()) {
        std::string why = "The head cannot be read (" + ec.message() + ").";
        co_return co_await refuse(*c, 400, std::move(why));
    }
    request.method = head.method;
    request.path = head.path;
    BodyFrame frame;
    frame.present = !parser.is_done();
    if (const auto length = parser.content_length()) frame.length = *length;

    // The handler takes the request away, so what its answer needs is kept apart.
    const std::string path = request.path;
    const std::string if_none_match(request.header("if-none-match").value_or(""));
    Asked asked;
    asked.path = path;
    asked.if_none_match = if_none_match;
    asked.head_only = head.method == Method::head;
    asked.cacheable = asked.head_only || head.method == Method::get;

    Plan plan = plan_request(*c->core, head, frame, request);
    if (!plan.route) {
        // An unread body cannot be told from the next request, so the connection ends with it.
        const bool keep = head.keep_alive && !frame.present && !c->core->stopping;
        co_return co_await send_response(*c, std::move(plan.refusal), asked, keep);
    }
    if (frame.present) {
        if (head.expects_continue && c->buffer.size() == 0) {
            const auto text = asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25);
            const auto [failure, n] = co_await asio::async_write(c->socket, text, tuple_awaitable);
            if (failure) co_return false;
        }
        parser.eager(true);
        parser.body_limit(plan.route->max_body_bytes);
        const auto fields_before = field_count(parser);
        const BodyEnd body = co_await read_body(*c, parser);
        if (body.closed) co_return false;
        if (body.fault == http::error::body_limit) {
            Response too_long = body_too_long(request, plan.route->max_body_bytes);
            co_return co_await send_response(*c, std::move(too_long), asked, false);
        }
        if (body.fault) {
            std::string why = "The body's framing cannot be read (" + body.fault.message() + ").";
            co_return co_await refuse(*c, 400, std::move(why));
        }
        if (field_count(parser) != fields_before) {
            std::string why = "The body ends with trailer fields; send them in the head.";
            co_return co_await refuse(*c, 400, std::move(why));
        }
        request.body = std::move(parser.get().body());
    }
    request.remote = c->remote;
    start_handler(c, *plan.route, std::move(request));
    Response response = co_await ask_handler(c);
    const bool keep = head.keep_alive && !c->core->stopping;
    co_return co_await send_response(*c, std::move(response), asked, keep);
}

}  // namespace

awaitable<void> serve(std::shared_ptr<Connection> c) {
    c->deadline_in(c->core->options.header_deadline);
    while (!c->core->stopping) {
        const bool open = co_await serve_one(c);
        if (!open) break;
        c->idle = true;
        c->deadline_in(c->core->options.idle_deadline);
    }
    if (c->socket.is_open()) co_await close_gently(*c);
}

}  // namespace kemas::web
