// Turns a parcel's books into the bytes of its label, on a thread that may take its time.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <functional>
#include <optional>

#include "app/page_press.hpp"
#include "app/paper.hpp"
#include "app/read_thread.hpp"
#include "drivers/camera/drawn_check.hpp"
#include "label/layout.hpp"
#include "ports/courier.hpp"
#include "ports/label_press.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class LabelDesk : public LabelPress {
 public:
    // `reader` runs the drawing too; give it one of its own. All outlive the desk. `decoder` is the
    // path of kemas-decode, which reads every drawn barcode back.
    LabelDesk(boost::asio::any_io_executor loop, ReadThread& reader, label::Layout layout,
              const settings::Settings& settings, const std::string& decoder);

    // How couriers are asked for the labels they made; answers on the loop.
    using AskCourier = std::function<void(const std::string& courier, const std::string& reference,
                                          Courier::OnLabel on_label)>;
    void use_couriers(AskCourier ask_courier) { ask_courier_ = std::move(ask_courier); }
    // After a reload: for the labels after this one.
    void use_printers(const settings::Settings& settings) { papers_ = papers_of(settings); }
    // Pages of label files are drawn by it; also for eyes.
    PagePress& pages() { return pages_; }

    void prepare(const EffectRow& effect, OnPrepared on_prepared) override;
    void fetch(const EffectRow& effect, OnBytes on_bytes) override;

 private:
    // A label that its courier has drawn and that we have not got yet.
    struct Theirs {
        std::string courier, reference, number, comment;
    };
    std::optional<Theirs> theirs_of(const ReadView& view, const EffectRow& effect) const;
    void get_theirs(const Theirs& theirs, const Paper& paper, const OnPrepared& on_prepared,
                    int tries_left);

    // Pages are drawn one at a time, in the order they were asked for; a run waits for the benches.
    struct Waiting {
        EffectRow effect;
        Paper paper;
        OnPrepared on_prepared;
    };
    void wait_for_page(bool of_run, Waiting waiting);
    void next_page();
    void draw_page(const Waiting& waiting);

    // On the reader's thread.
    // The page that is the parcel's label, with its file's bytes.
    std::optional<PageJob> page_job(const ReadView& view, const EffectRow& effect,
                                    const Paper& paper) const;
    tl::expected<PreparedLabel, RefusedLabel> make(const ReadView& view, const EffectRow& effect,
                                                   const Paper& paper);

    boost::asio::any_io_executor loop_;
    ReadThread& reader_;
    // The layout at that printer's density. Faults: the file went, or does not fit there.
    Result<const label::Layout*> layout_for(const Paper& paper);

    label::Layout layout_;
    std::map<int, label::Layout> other_layouts_;  // by dpi; of the reader's thread
    const settings::Settings& settings_;
    PagePress pages_;
    std::deque<Waiting> benches_, runs_;
    bool drawing_ = false;
    std::map<std::string, Paper> papers_;  // of the loop
    camera::DrawnCheck check_;             // of the reader's thread
    AskCourier ask_courier_;
};

}  // namespace kemas::app
