#include "drivers/sim/service_reply.hpp"

#include <boost/json/serialize.hpp>
#include <utility>

namespace kemas::sim {
namespace json = boost::json;

ServiceReply json_reply(int status, const json::object& body) {
    ServiceReply answer;
    answer.status = status;
    answer.body = json::serialize(body);
    return answer;
}

ServiceReply text_reply(int status, std::string body) {
    return {status, std::move(body), "text/html"};
}

ServiceReply no_reply() {
    return {0, {}};
}

ServiceReply server_error() {
    return text_reply(500, "<h1>Internal Server Error</h1>");
}

ServiceReply slow_down(int retry_after_s) {
    auto answer = text_reply(429, "slow down");
    answer.retry_after_s = retry_after_s;
    return answer;
}

ServiceReply refusal_reply(int status, std::string_view field, std::string_view reason) {
    return json_reply(status, {{"error", json::object{{"field", field}, {"reason", reason}}}});
}

std::string to_base64(std::string_view bytes) {
    constexpr std::string_view signs =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 |
                    (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += at + i <= bytes.size() ? signs[group >> (18 - 6 * i) & 63U] : '=';
    }
    return text;
}

}  // namespace kemas::sim
