// A courier that speaks the contract of docs/couriers.md over HTTP. Trusts no answer: what is too
// long, too deep or of the wrong shape counts as none.
#pragma once

#include <string>

#include "http/http_client.hpp"
#include "ports/courier.hpp"

namespace kemas::courier {

struct HttpCourierOptions {
    std::string name;   // as the tariff calls it
    std::string url;    // without a slash at its end
    std::string token;  // empty = none
    int deadline_ms = 10'000;
};

class HttpCourier : public Courier {
 public:
    HttpCourier(boost::asio::any_io_executor loop, HttpCourierOptions options);

    void create(const ShipmentAsk& ask, OnAnswer on_answer) override;
    void find(const std::string& reference, OnAnswer on_answer) override;
    void cancel(const std::string& reference, OnAnswer on_answer) override;
    void label(const std::string& reference, OnLabel on_label) override;
    void track(const std::string& reference, OnTrack on_track) override;
    void stop() override { client_.stop(); }

 private:
    http::Request request(std::string method, const std::string& path) const;

    HttpCourierOptions options_;
    http::HttpClient client_;
};

}  // namespace kemas::courier
