// Labels that came with the order, or that a courier has drawn: asked for once, then passed on from
// the books for ever after. Knows no layout; what is a PDF or a picture is another's.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <optional>

#include "app/label_words.hpp"
#include "app/paper.hpp"
#include "app/read_thread.hpp"
#include "ports/courier.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class PassedOnLabels {
 public:
    // How couriers are asked for the labels they made; answers on the loop.
    using AskCourier = std::function<void(const std::string& courier, const std::string& reference,
                                          Courier::OnLabel on_label)>;
    // A label that its courier has drawn and that we have not got yet.
    struct Theirs {
        std::string courier, reference, number, comment;
        EffectRow effect;
    };
    // What becomes of one that is no ZPL: a PDF or a picture.
    using OnPaper =
        std::function<void(const Theirs& theirs, const CourierLabel& label, const Paper& paper,
                           const LabelPress::OnPrepared& on_prepared)>;

    PassedOnLabels(boost::asio::any_io_executor loop, const settings::Settings& settings)
        : loop_(loop), settings_(settings) {}
    void use_couriers(AskCourier ask_courier) { ask_courier_ = std::move(ask_courier); }
    void use_paper(OnPaper on_paper) { on_paper_ = std::move(on_paper); }

    // On the reader's thread.
    std::optional<Theirs> theirs_of(const ReadView& view, const EffectRow& effect) const;
    // Whether the parcel's label is one that somebody else drew.
    bool is_theirs(const Parcel& parcel) const;
    tl::expected<PreparedLabel, RefusedLabel> make(const ReadView& view, const EffectRow& effect,
                                                   const Parcel& parcel, const Paper& paper) const;

    // On the loop: asks the courier, a few times.
    void get(const Theirs& theirs, const Paper& paper, const LabelPress::OnPrepared& on_prepared);

 private:
    void get(const Theirs& theirs, const Paper& paper, const LabelPress::OnPrepared& on_prepared,
             int tries_left);
    tl::expected<PreparedLabel, RefusedLabel> checked(const CourierLabel& label,
                                                      const Theirs& theirs,
                                                      const Paper& paper) const;

    boost::asio::any_io_executor loop_;
    const settings::Settings& settings_;
    AskCourier ask_courier_;
    OnPaper on_paper_;
};

}  // namespace kemas::app
