// The daemon's couriers over HTTP: their clients, the runner between them and the books, and the
// clock that drives it. Loop thread only.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/read_thread.hpp"
#include "runtime/courier_runner.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class CourierDesk {
 public:
    struct Ways {
        std::function<void(Envelope, runtime::OnDone)> submit;
        std::function<void(const std::string& station, const Answer&)> show;
    };
    // `reader` and `settings` outlive the desk.
    CourierDesk(boost::asio::any_io_executor loop, ReadThread& reader,
                const settings::Settings& settings, Ways ways, const std::string& epoch);

    void take(std::vector<EffectRow> effects) { runner_.take(std::move(effects)); }
    void start();  // the clock
    void stop();
    // What the courier made under a reference: its own label, what became of the parcel. One call
    // each. Faults: no such courier, it is left alone for a while, too many ask already, its
    // answer.
    void label(const std::string& courier, const std::string& reference, Courier::OnLabel on_label);
    void track(const std::string& courier, const std::string& reference, Courier::OnTrack on_track);
    std::vector<runtime::CourierLive> live() const { return runner_.live(); }
    std::vector<DeviceHealth> health() const { return runner_.health(); }

 private:
    runtime::CourierRunnerOptions runner_options(Ways ways, const std::string& epoch);
    void read(const EffectRow& effect, runtime::CourierRunnerOptions::OnAsk on_ask);
    void tick();
    Result<Courier*> for_people(const std::string& name) const;

    boost::asio::any_io_executor loop_;
    ReadThread& reader_;
    const settings::Settings& settings_;
    std::vector<std::unique_ptr<Courier>> couriers_;
    int tracking_ = 0;  // questions of people under way
    runtime::CourierRunner runner_;
    boost::asio::steady_timer clock_;
};

// Acts of couriers whose outcome a look-up can tell; one that a person must settle is not among
// them.
std::vector<EffectRow> acts_to_look_up(const Books& books);

}  // namespace kemas::app
