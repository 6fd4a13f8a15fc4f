#include "app/channel_desk.hpp"

#include <boost/asio/post.hpp>
#include <chrono>

#include "app/package_ask.hpp"
#include "app/wall_clock.hpp"
#include "channel/http_channel.hpp"
#include "core/rules/packages.hpp"
#include "intake/seal.hpp"

namespace kemas::app {
namespace {

constexpr auto kTick = std::chrono::milliseconds(100);

}  // namespace

ChannelDesk::ChannelDesk(boost::asio::any_io_executor loop, ReadThread& reader,
                         const settings::Settings& settings, Submit submit,
                         const std::string& epoch)
    : loop_(std::move(loop)),
      reader_(reader),
      settings_(settings),
      runner_(runner_options(std::move(submit), epoch)),
      clock_(loop_) {}

runtime::ChannelRunnerOptions ChannelDesk::runner_options(Submit submit, const std::string& epoch) {
    runtime::ChannelRunnerOptions options;
    options.submit = std::move(submit);
    options.read = [this](const EffectRow& effect, auto on_ask) {
        read(effect, std::move(on_ask));
    };
    options.hash = [](const std::string& bytes) { return intake::sha256_hex(bytes); };
    options.on_label = [this] { on_label(); };
    options.now = wall_clock;
    options.epoch = epoch;
    for (const auto& each : settings_.channels) {
        channels_.push_back(std::make_unique<channel::HttpChannel>(
            loop_, channel::HttpChannelOptions{each.url, each.key, each.limits.deadline_ms}));
        options.channels[each.name] = {
            channels_.back().get(),
            {each.limits.breaker_failures, {each.limits.breaker_open_ms}, {300'000}},
            each.limits.at_once,
            each.rate_per_s,
            {each.poll_ms}};
    }
    return options;
}

void ChannelDesk::read(const EffectRow& effect, runtime::ChannelRunnerOptions::OnAsk on_ask) {
    const bool asked = reader_.ask([this, effect, on_ask](const ReadView& view) {
        boost::asio::post(loop_, [on_ask, ask = package_ask(view.books, effect)] { on_ask(ask); });
    });
    if (!asked) boost::asio::post(loop_, [on_ask] { on_ask(std::nullopt); });
}

void ChannelDesk::start() {
    if (!channels_.empty()) tick();
}

void ChannelDesk::tick() {
    runner_.tick();
    clock_.expires_after(kTick);
    clock_.async_wait([this](const boost::system::error_code& error) {
        if (!error) tick();
    });
}

void ChannelDesk::stop() {
    clock_.cancel();
    runner_.stop();
    for (auto& channel : channels_) channel->stop();
}

std::vector<EffectRow> calls_to_look_at(const Books& books) {
    std::vector<EffectRow> acts;
    for (auto& effect : books.effects_in(EffectState::unknown))
        if (is_channel_act(effect.kind)) acts.push_back(std::move(effect));
    return acts;
}

}  // namespace kemas::app
