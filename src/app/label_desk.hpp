// Turns a parcel's books into the bytes of its label, on a thread that may take its time.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <optional>

#include "app/read_thread.hpp"
#include "label/layout.hpp"
#include "ports/label_press.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class LabelDesk : public LabelPress {
 public:
    // `reader` runs the drawing too; give it one of its own. All outlive the desk.
    LabelDesk(boost::asio::any_io_executor loop, ReadThread& reader, label::Layout layout,
              const settings::Settings& settings)
        : loop_(std::move(loop)),
          reader_(reader),
          layout_(std::move(layout)),
          settings_(settings) {}

    void prepare(const EffectRow& effect, OnPrepared on_prepared) override;
    void fetch(const EffectRow& effect, OnBytes on_bytes) override;

 private:
    tl::expected<PreparedLabel, RefusedLabel> make(const ReadView& view,
                                                   const EffectRow& effect) const;

    boost::asio::any_io_executor loop_;
    ReadThread& reader_;
    label::Layout layout_;
    const settings::Settings& settings_;
};

}  // namespace kemas::app
