// The daemon's channels over HTTP: their clients, the runner between them and the books, and the
// clock that drives it. Loop thread only.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/read_thread.hpp"
#include "runtime/channel_runner.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class ChannelDesk {
 public:
    using Submit = std::function<void(Envelope, runtime::OnDone)>;
    // `reader` and `settings` outlive the desk.
    ChannelDesk(boost::asio::any_io_executor loop, ReadThread& reader,
                const settings::Settings& settings, Submit submit, const std::string& epoch);

    void take(std::vector<EffectRow> effects) { runner_.take(std::move(effects)); }
    void start();  // the clock
    void stop();
    std::vector<runtime::ChannelLive> live() const { return runner_.live(); }
    std::vector<DeviceHealth> health() const { return runner_.health(); }

    std::function<void()> on_label = [] {};  // a label's bytes were stored

 private:
    runtime::ChannelRunnerOptions runner_options(Submit submit, const std::string& epoch);
    void read(const EffectRow& effect, runtime::ChannelRunnerOptions::OnAsk on_ask);
    void tick();

    boost::asio::any_io_executor loop_;
    ReadThread& reader_;
    const settings::Settings& settings_;
    std::vector<std::unique_ptr<Channel>> channels_;
    runtime::ChannelRunner runner_;
    boost::asio::steady_timer clock_;
};

// Calls whose outcome the package itself can tell.
std::vector<EffectRow> calls_to_look_at(const Books& books);

}  // namespace kemas::app
