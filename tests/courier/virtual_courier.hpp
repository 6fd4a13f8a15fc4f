// The simulated courier behind the real port and the real parser, on a clock of the test's own.
#pragma once

#include <functional>

#include "courier/answer_json.hpp"
#include "drivers/sim/courier_world.hpp"
#include "tests/support/agenda.hpp"

namespace kemas::testing {

class VirtualCourier : public Courier {
 public:
    VirtualCourier(sim::CourierWorld& world, Agenda& agenda, std::function<Instant()> now)
        : world_(world), agenda_(agenda), now_(std::move(now)) {}

    void create(const ShipmentAsk& ask, OnAnswer on_answer) override {
        ++creations_;
        call({"POST", "/shipments", "", courier::shipment_json(ask)}, courier::created_from,
             std::move(on_answer));
    }
    void find(const std::string& reference, OnAnswer on_answer) override {
        call({"GET", "/shipments", reference, ""}, courier::found_from, std::move(on_answer));
    }
    void cancel(const std::string& reference, OnAnswer on_answer) override {
        call({"POST", "/shipments/" + reference + "/void", "", ""}, courier::voided_from,
             std::move(on_answer));
    }
    void label(const std::string&, OnLabel) override { ++labels_; }
    void track(const std::string&, OnTrack) override {}
    void stop() override {}

    int creations_ = 0, labels_ = 0;

 private:
    static constexpr std::int64_t answers_after_ms = 40, deadline_ms = 10'000;

    void call(const sim::CourierCall& call, CourierAnswer (*read)(const http::Response&),
              OnAnswer on_answer) {
        const auto reply = world_.answer(call, now_());
        http::Response response;
        response.status = reply.status;
        response.body = reply.body;
        response.content_type = reply.content_type;
        response.retry_after.value = reply.retry_after_s * 1000;
        if (reply.status == 0) response.fault = "no whole answer within 10000 ms";
        response.never_sent = !reply.arrived;
        if (reply.body.size() > http::Request{}.most_bytes)
            response = {0, "", "", {}, "its answer is longer than 1048576 bytes"};
        const auto after = reply.status == 0 ? deadline_ms : answers_after_ms;
        agenda_.at({now_().value + after}, [on_answer = std::move(on_answer), response, read] {
            on_answer(read(response));
        });
    }

    sim::CourierWorld& world_;
    Agenda& agenda_;
    std::function<Instant()> now_;
};

}  // namespace kemas::testing
