// A channel that speaks the contract of docs/channels.md over HTTP. Trusts no answer: what is too
// long, too deep or of the wrong shape counts as none.
#pragma once

#include <string>

#include "http/http_client.hpp"
#include "ports/channel.hpp"

namespace kemas::channel {

struct HttpChannelOptions {
    std::string url;  // without a slash at its end
    std::string key;  // sent as a bearer token; empty = none
    int deadline_ms = 10'000;
};

class HttpChannel : public Channel {
 public:
    HttpChannel(boost::asio::any_io_executor loop, HttpChannelOptions options);

    void call(ChannelCall call, const PackageAsk& ask, OnAnswer on_answer) override;
    void read(const std::string& package_number, OnAnswer on_answer) override;
    void attention(OnAnswer on_answer) override;
    void stop() override { client_.stop(); }

 private:
    http::Request request(const std::string& path) const;

    HttpChannelOptions options_;
    http::HttpClient client_;
};

// The end of a call's address behind the package's.
std::string_view path_of(ChannelCall call);

}  // namespace kemas::channel
