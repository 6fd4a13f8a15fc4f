#include "channel/http_channel.hpp"

#include "channel/package_json.hpp"

namespace kemas::channel {
namespace {

// Never sent: it could become another address.
bool refuse_strange(const std::string& package_number, const Channel::OnAnswer& on_answer) {
    if (is_package_number(package_number)) return false;
    ChannelAnswer answer;
    answer.kind = ChannelAnswer::Kind::refused;
    answer.field = "package_number";
    answer.why = "is no package number of 1 to 64 letters, digits, '-', '_' and '.'";
    on_answer(std::move(answer));
    return true;
}

}  // namespace

std::string_view path_of(ChannelCall call) {
    switch (call) {
        case ChannelCall::parameters:
            return "/parameters";
        case ChannelCall::arrange:
            return "/arrange";
        case ChannelCall::number:
            return "/number";
        case ChannelCall::label:
            return "/label";
        case ChannelCall::packed:
            return "/packed";
        case ChannelCall::ready_to_ship:
            return "/ready-to-ship";
        case ChannelCall::handed_over:
            return "/handed-over";
        case ChannelCall::change_slot:
            return "/slot";
        case ChannelCall::answer_cancel:
            break;
    }
    return "/cancellation";
}

HttpChannel::HttpChannel(boost::asio::any_io_executor loop, HttpChannelOptions options)
    : options_(std::move(options)), client_(std::move(loop)) {}

http::Request HttpChannel::request(const std::string& path) const {
    http::Request request;
    request.url = options_.url + path;
    request.bearer_token = options_.key;
    request.deadline_ms = options_.deadline_ms;
    return request;
}

void HttpChannel::call(ChannelCall call, const PackageAsk& ask, OnAnswer on_answer) {
    const auto& number = ask.package_number;
    if (refuse_strange(number, on_answer)) return;
    auto asked = request("/packages/" + number + std::string(path_of(call)));
    asked.body = body_of(call, ask);
    if (!asked.body.empty()) {
        asked.method = "POST";
        asked.idempotency_key = number + "-" + std::string(to_text(call));
        if (call == ChannelCall::answer_cancel) asked.idempotency_key += "-" + ask.cancel_id;
        if (call == ChannelCall::change_slot) asked.idempotency_key += "-" + ask.slot;
    }
    client_.call(std::move(asked),
                 [call, number, on_answer = std::move(on_answer)](const http::Response& response) {
                     on_answer(answer_from(call, number, response));
                 });
}

void HttpChannel::read(const std::string& package_number, OnAnswer on_answer) {
    if (refuse_strange(package_number, on_answer)) return;
    client_.call(
        request("/packages/" + package_number),
        [package_number, on_answer = std::move(on_answer)](const http::Response& response) {
            on_answer(package_from(package_number, response));
        });
}

void HttpChannel::attention(OnAnswer on_answer) {
    client_.call(request("/attention"),
                 [on_answer = std::move(on_answer)](const http::Response& response) {
                     on_answer(attention_from(response));
                 });
}

}  // namespace kemas::channel
