// Serves the dashboard over the sample status: for screenshots, and as the bare cost of /status
// under wrk. serve_sample PORT SAMPLE.json [AGE_S]: with AGE_S every answer is that old; 0 keeps it
// fresh.
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include "pages/assets.hpp"
#include "web/server.hpp"

using namespace kemas;

namespace {

std::int64_t now_ms() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

struct Sample {
    std::string text;
    std::int64_t age_ms = 0;
    int number = 0;
    std::shared_ptr<const std::string> body;
    std::string etag;

    void renew() {
        std::string made = text;
        const auto at = made.find("\"now_ms\":") + 9;
        made.replace(at, made.find(',', at) - at, std::to_string(now_ms() - age_ms));
        body = std::make_shared<const std::string>(std::move(made));
        etag = std::to_string(++number);
    }
};

void renew_each_second(Sample& sample, boost::asio::steady_timer& timer) {
    sample.renew();
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([&](boost::system::error_code ec) {
        if (!ec) renew_each_second(sample, timer);
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return std::cerr << "serve_sample PORT SAMPLE.json [AGE_S]\n", 2;
    std::ostringstream text;
    text << std::ifstream(argv[2]).rdbuf();
    Sample sample;
    sample.text = text.str();
    sample.age_ms = argc > 3 ? std::stoll(argv[3]) * 1000 : 0;
    boost::asio::io_context io(1);
    boost::asio::steady_timer timer(io);
    renew_each_second(sample, timer);
    web::Options options;
    options.port = static_cast<std::uint16_t>(std::stoi(argv[1]));
    web::Server server(io, options);
    server.get("/status", [&](const web::Request&, const web::Responder& respond) {
        web::Response answer;
        answer.shared_body = sample.body;
        answer.etag = sample.etag;
        respond(std::move(answer));
    });
    for (const auto& a : pages::all_assets()) {
        server.file(a.path, std::string(a.content_type), std::string(a.bytes), std::string(a.etag),
                    std::string(a.cache_control));
    }
    if (const auto started = server.start(); !started)
        return std::cerr << started.error().what << "\n", 1;
    std::cout << "http://127.0.0.1:" << server.port() << "/" << std::endl;
    io.run();
}
