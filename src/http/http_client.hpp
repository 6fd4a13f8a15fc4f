// Calls services of others over HTTP: a deadline for each whole call, a limit of its answer's size,
// no redirects, TLS names verified. One thread of its own; answers come back on the loop. Knows no
// service.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::http {

struct Request {
    std::string method = "GET";  // GET, POST, DELETE
    std::string url;
    std::string body;          // JSON; empty = none
    std::string bearer_token;  // empty = none
    std::string idempotency_key;
    int deadline_ms = 10'000;                       // connecting and the last byte included
    std::size_t most_bytes = std::size_t{1} << 20;  // of the answer (reliability.md, section 5)
};

struct Response {
    int status = 0;  // 0 = no answer: see `fault`
    std::string body, content_type;
    Milliseconds retry_after;  // as its header says; 0 = none
    std::string fault;         // for a person: "no answer within 10000 ms"
    bool never_sent = false;   // no byte of the request left us: it cannot have been done
};

class HttpClient {
 public:
    using OnResponse = std::function<void(Response)>;

    explicit HttpClient(boost::asio::any_io_executor loop);
    ~HttpClient();  // as stop()
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // From the loop thread; `on_response` is called there, never from within.
    void call(Request request, OnResponse on_response);
    // Ends every call; none of them is answered any more.
    void stop();

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::http
