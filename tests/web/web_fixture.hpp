// A server on its own thread and a client that sends raw bytes and reads whole answers.
#pragma once

#include <gtest/gtest.h>
#include <sys/time.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>

#include "web/server.hpp"
#include "web/text.hpp"

namespace kemas::web {

struct Answer {
    unsigned status = 0;  // 0: the peer closed instead
    std::string head, body;
    std::string field(std::string_view name) const {
        return std::string(field_of(head, name).value_or(""));
    }
};

class RawClient {
 public:
    explicit RawClient(std::uint16_t port) : socket_(io_) {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
        timeval limit{5, 0};  // a test that waits for ever tells nothing
        setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    void send(std::string_view bytes) {
        boost::system::error_code ec;
        while (!bytes.empty() && !ec) {
            bytes.remove_prefix(socket_.write_some(boost::asio::buffer(bytes), ec));
        }
    }

    Answer read(bool head_only = false) {
        Answer answer;
        std::size_t end;
        while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
            if (!fill()) return answer;
        }
        answer.head = pending_.substr(0, end + 4);
        pending_.erase(0, end + 4);
        answer.status = static_cast<unsigned>(std::stoul(answer.head.substr(9, 3)));
        const auto length = answer.field("content-length");
        if (length.empty() || head_only) return answer;
        while (pending_.size() < std::stoul(length)) {
            if (!fill()) return {};
        }
        answer.body = pending_.substr(0, std::stoul(length));
        pending_.erase(0, answer.body.size());
        return answer;
    }

    Answer ask(std::string_view bytes) {
        send(bytes);
        return read();
    }

    // True when the peer has closed and nothing more came.
    bool closed() { return pending_.empty() && !fill() && ended_; }

 private:
    bool fill() {
        std::array<char, 4096> bytes;
        // recv itself, as Asio would wait on when the receive time limit ends.
        const auto n = ::recv(socket_.native_handle(), bytes.data(), bytes.size(), 0);
        ended_ = n == 0 || (n < 0 && errno == ECONNRESET);
        if (n <= 0) return false;
        pending_.append(bytes.data(), static_cast<std::size_t>(n));
        return true;
    }
    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_;
    std::string pending_;
    bool ended_ = false;
};

class WebTest : public testing::Test {
 protected:
    ~WebTest() override { halt(); }

    void start(Options options = {}) {
        server_.emplace(io_, std::move(options));
        server_->get("/status", [](const Request&, const Responder& respond) {
            Response answer;
            static const auto text = std::make_shared<const std::string>("{\"snapshot_no\":1}");
            answer.shared_body = text;
            answer.etag = "s1";
            respond(answer);
        });
        server_->get("/api/v1/orders/{id}", [](const Request& request, const Responder& respond) {
            Response answer;
            answer.body = std::string(request.param("id")) + "|" +
                          std::string(request.query_value("shop").value_or("-"));
            respond(answer);
        });
        server_->post("/api/v1/orders", 100, "application/json",
                      [this](const Request& request, const Responder& respond) {
                          ++posts_;
                          Response answer;
                          answer.status = 201;
                          answer.body = request.body;
                          respond(answer);
                      });
        server_->get("/big", [](const Request&, const Responder& respond) {
            Response answer;
            answer.body.assign(8u << 20, 'x');
            respond(answer);
        });
        server_->get("/later", [this](const Request&, Responder respond) {
            kept_.push_back(std::move(respond));
        });
        server_->get("/dropped", [](const Request&, const Responder&) {});
        server_->get("/throws", [](const Request&, const Responder&) {
            throw std::runtime_error("the cupboard is bare");
        });
        server_->get(
            "/healthz",
            [](const Request&, const Responder& respond) {
                Response answer;
                answer.body = "{}";
                respond(answer);
            },
            Access::open);
        server_->file("/", "text/html; charset=utf-8", "<!doctype html>", "p1");
        const auto started = server_->start();
        ASSERT_TRUE(started) << started.error().what;
        port_ = server_->port();
        thread_ = std::thread([this] { io_.run(); });
    }

    // Runs on the loop's thread and waits for it.
    template <class F>
    auto on_loop(F work) {
        std::packaged_task<std::invoke_result_t<F>()> task(std::move(work));
        auto result = task.get_future();
        boost::asio::post(io_, [&task] { task(); });
        return result.get();
    }

    void halt() {
        if (!thread_.joinable()) return;
        on_loop([this] {
            kept_.clear();
            server_.reset();
        });
        guard_.reset();
        thread_.join();
    }

    RawClient client() { return RawClient(port_); }
    Answer ask(std::string_view bytes) { return RawClient(port_).ask(bytes); }

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{
        io_.get_executor()};
    std::optional<Server> server_;
    std::vector<Responder> kept_;
    std::thread thread_;
    std::uint16_t port_ = 0;
    int posts_ = 0;  // only the loop's thread touches it
};

}  // namespace kemas::web
