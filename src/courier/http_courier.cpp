#include "courier/http_courier.hpp"

#include "courier/answer_json.hpp"

namespace kemas::courier {

HttpCourier::HttpCourier(boost::asio::any_io_executor loop, HttpCourierOptions options)
    : options_(std::move(options)), client_(std::move(loop)) {}

// References hold capital letters, digits and '-': nothing of them needs an escape.
http::Request HttpCourier::request(std::string method, const std::string& path) const {
    http::Request request;
    request.method = std::move(method);
    request.url = options_.url + path;
    request.bearer_token = options_.token;
    request.deadline_ms = options_.deadline_ms;
    return request;
}

void HttpCourier::create(const ShipmentAsk& ask, OnAnswer on_answer) {
    auto post = request("POST", "/shipments");
    post.body = shipment_json(ask);
    post.idempotency_key = ask.reference;
    client_.call(std::move(post), [on_answer = std::move(on_answer)](const http::Response& answer) {
        on_answer(created_from(answer));
    });
}

void HttpCourier::find(const std::string& reference, OnAnswer on_answer) {
    client_.call(request("GET", "/shipments?reference=" + reference),
                 [on_answer = std::move(on_answer)](const http::Response& answer) {
                     on_answer(found_from(answer));
                 });
}

void HttpCourier::cancel(const std::string& reference, OnAnswer on_answer) {
    auto post = request("POST", "/shipments/" + reference + "/void");
    post.idempotency_key = "void-" + reference;
    client_.call(std::move(post), [on_answer = std::move(on_answer)](const http::Response& answer) {
        on_answer(voided_from(answer));
    });
}

void HttpCourier::label(const std::string& reference, OnLabel on_label) {
    client_.call(request("GET", "/shipments/" + reference + "/label"),
                 [on_label = std::move(on_label)](const http::Response& answer) {
                     on_label(label_from(answer));
                 });
}

void HttpCourier::track(const std::string& reference, OnTrack on_track) {
    client_.call(request("GET", "/shipments/" + reference + "/events"),
                 [on_track = std::move(on_track)](const http::Response& answer) {
                     on_track(track_from(answer));
                 });
}

}  // namespace kemas::courier
