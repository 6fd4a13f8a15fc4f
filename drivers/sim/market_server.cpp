#include "drivers/sim/market_server.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace kemas::sim {
namespace json = boost::json;
namespace {

Instant wall_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

std::string report(const MarketWorld& world) {
    json::array packages;
    for (const auto& [number, each] : world.packages())
        packages.push_back(json::object{{"package", number},
                                        {"arrangements", each.arrangements},
                                        {"arrangement_no", each.arrangement_no},
                                        {"tracking_number", each.tracking},
                                        {"slot", each.slot},
                                        {"packed", each.packed},
                                        {"ready_to_ship", each.ready_to_ship},
                                        {"handed_over", each.handed_over},
                                        {"cancel", each.cancel_state}});
    return json::serialize(json::object{
        {"calls", world.calls()}, {"mishaps", world.mishaps()}, {"packages", std::move(packages)}});
}

// "PKG-1/1250" or "PKG-1/1250/300x200x150"
void declare(MarketWorld& world, const std::string& words) {
    const auto slash = words.find('/');
    if (slash == std::string::npos) return;
    long long grams_told = 0, length = 0, width = 0, height = 0;
    const int told = std::sscanf(words.c_str() + slash + 1, "%lld/%lldx%lldx%lld", &grams_told,
                                 &length, &width, &height);
    if (told < 1) return;
    auto& load = world.package(words.substr(0, slash)).declared;
    load.weight = grams(grams_told);
    if (told == 4) load.size = {{length}, {width}, {height}};
}

}  // namespace

MarketServer::MarketServer(boost::asio::any_io_executor executor, Options options)
    : options_(std::move(options)),
      world_(options_.world),
      peer_(executor, options_.address, [this](const PeerAsk& ask) { return answer(ask); }) {}

ServiceReply MarketServer::steer(const std::string& path) {
    const auto after = [&](std::string_view begin) {
        return path.starts_with(begin) ? path.substr(begin.size()) : std::string{};
    };
    if (path == "/sim/down") world_.set_down(true);
    if (path == "/sim/up") world_.set_down(false);
    if (const auto number = after("/sim/cancel/"); !number.empty())
        world_.cancel(number, "the buyer changed his mind");
    if (const auto number = after("/sim/rearrange/"); !number.empty())
        world_.arrange_anew(number, wall_now());
    if (const auto load = after("/sim/declare/"); !load.empty()) declare(world_, load);
    if (const auto percent = after("/sim/mishaps/"); !percent.empty())
        world_.set_mishaps(std::atoi(percent.c_str()) / 100.0);
    if (const auto word = after("/sim/next/"); !word.empty())
        for (int i = 0; i < kMarketMishaps; ++i)
            if (word_for(static_cast<MarketMishap>(i)) == word)
                world_.next(static_cast<MarketMishap>(i));
    ServiceReply told;
    told.body = report(world_);
    return told;
}

ServiceReply MarketServer::answer(const PeerAsk& ask) {
    if (ask.target.starts_with("/sim")) return steer(ask.target);
    if (!options_.key.empty() && ask.authorization != "Bearer " + options_.key &&
        !world_.is_down()) {
        ServiceReply refused;
        refused.status = 401;
        refused.body = "{}";
        return refused;
    }
    return world_.answer({ask.method, ask.target, ask.body}, wall_now());
}

}  // namespace kemas::sim
