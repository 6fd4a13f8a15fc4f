// The simulated marketplace behind the real port and the real parser, on a clock of the test's own.
#pragma once

#include <functional>
#include <string>

#include "channel/http_channel.hpp"
#include "channel/package_json.hpp"
#include "drivers/sim/market_world.hpp"
#include "tests/support/agenda.hpp"

namespace kemas::testing {

class VirtualChannel : public Channel {
 public:
    VirtualChannel(sim::MarketWorld& world, Agenda& agenda, std::function<Instant()> now)
        : world_(world), agenda_(agenda), now_(std::move(now)) {}

    void call(ChannelCall call, const PackageAsk& ask, OnAnswer on_answer) override {
        const auto body = channel::body_of(call, ask);
        const auto path = "/packages/" + ask.package_number + std::string(channel::path_of(call));
        const auto number = ask.package_number;
        answer_later({body.empty() ? "GET" : "POST", path, body},
                     [call, number, on_answer = std::move(on_answer)](const http::Response& got) {
                         on_answer(channel::answer_from(call, number, got));
                     });
    }
    void read(const std::string& number, OnAnswer on_answer) override {
        answer_later({"GET", "/packages/" + number, ""},
                     [number, on_answer = std::move(on_answer)](const http::Response& got) {
                         on_answer(channel::package_from(number, got));
                     });
    }
    void attention(OnAnswer on_answer) override {
        answer_later({"GET", "/attention", ""},
                     [on_answer = std::move(on_answer)](const http::Response& got) {
                         on_answer(channel::attention_from(got));
                     });
    }
    void stop() override {}

 private:
    static constexpr std::int64_t answers_after_ms = 40, deadline_ms = 10'000;

    void answer_later(const sim::MarketCall& call,
                      std::function<void(const http::Response&)> on_response) {
        const auto reply = world_.answer(call, now_());
        http::Response response;
        response.status = reply.status;
        response.body = reply.body;
        response.content_type = reply.content_type;
        response.retry_after.value = reply.retry_after_s * 1000;
        if (reply.status == 0) response.fault = "no whole answer within 10000 ms";
        if (reply.body.size() > http::Request{}.most_bytes)
            response = {0, "", "", {}, "its answer is longer than 1048576 bytes"};
        const auto after = reply.status == 0 ? deadline_ms : answers_after_ms;
        agenda_.at({now_().value + after},
                   [on_response = std::move(on_response), response] { on_response(response); });
    }

    sim::MarketWorld& world_;
    Agenda& agenda_;
    std::function<Instant()> now_;
};

}  // namespace kemas::testing
