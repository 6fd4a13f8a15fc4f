// The simulated courier behind the real port and the real parser, on a clock of the test's own.
#pragma once

#include <functional>

#include "courier/answer_json.hpp"
#include "drivers/sim/courier_world.hpp"
#include "tests/support/reply_later.hpp"

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
    void cancel_one(const std::string& reference, const std::string& number,
                    OnAnswer on_answer) override {
        call({"POST", "/shipments/" + reference + "/void", "", courier::void_one_json(number)},
             courier::voided_from, std::move(on_answer));
    }
    void label(const std::string&, OnLabel) override { ++labels_; }
    void track(const std::string& reference, OnTrack on_track) override {
        ++tracked_;
        reply_later(world_.answer({"GET", "/shipments/" + reference + "/events", "", ""}, now_()),
                    agenda_, now_(),
                    [on_track = std::move(on_track)](const http::Response& response) {
                        on_track(courier::track_from(response));
                    });
    }
    void stop() override {}

    int creations_ = 0, labels_ = 0, tracked_ = 0;

 private:
    void call(const sim::CourierCall& call, CourierAnswer (*read)(const http::Response&),
              OnAnswer on_answer) {
        reply_later(world_.answer(call, now_()), agenda_, now_(),
                    [on_answer = std::move(on_answer), read](const http::Response& response) {
                        on_answer(read(response));
                    });
    }

    sim::CourierWorld& world_;
    Agenda& agenda_;
    std::function<Instant()> now_;
};

}  // namespace kemas::testing
