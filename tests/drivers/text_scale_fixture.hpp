// A text scale's driver under test: A&D frames, steps of 5 g, quick to find silence.
#pragma once

#include <optional>

#include "drivers/scale/serial_scale.hpp"
#include "tests/drivers/peers/text_pan.hpp"
#include "tests/drivers/scale_fixture.hpp"

namespace kemas::test {

class TextScaleTest : public ScaleTest {
 protected:
    TextScaleTest() {
        profile.protocol = profile::ScaleProtocol::and_standard;
        profile.period_ms = 20;
        profile.max_age_ms = 150;
        options.settle = {"bench 1 scale", 2, {0}};
        options.site.division = profile::Decimal{5, 0};
        options.site.unit = profile::Unit::g;
        options.log = log_sink();
    }
    void start(const std::string& device) {
        options.device = device;
        start();
    }
    // A pan that sends by itself.
    void plug_in() {
        wire.emplace(pan.continuous());
        start(wire->path());
    }
    void hear_first() {
        plug_in();
        run_until(1);
    }
    void start() {
        if (profile.protocol == profile::ScaleProtocol::and_standard)
            options.site.division = profile::Decimal{5, 3};
        listen_to(std::make_unique<scale::SerialScale>(loop.get_executor(), profile, options));
    }
    void TearDown() override {
        scale.reset();
        run_for(std::chrono::seconds(1));
    }

    Pan pan;
    std::optional<PtyPeer> wire;
    profile::TextScaleProfile profile;
    scale::SerialScaleOptions options;
};

}  // namespace kemas::test
