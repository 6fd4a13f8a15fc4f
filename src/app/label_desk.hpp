// Turns a parcel's books into the bytes of its label: says which of the three ways it goes (drawn
// by us, passed on, a page of a file) and hands over what is kept. Knows none of the ways itself.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <map>
#include <string>

#include "app/drawn_labels.hpp"
#include "app/paged_labels.hpp"
#include "app/paper.hpp"
#include "app/passed_on_labels.hpp"
#include "app/read_thread.hpp"
#include "label/layout.hpp"
#include "ports/label_press.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class LabelDesk : public LabelPress {
 public:
    // `reader` runs the drawing too; give it one of its own. All outlive the desk. `decoder` is the
    // path of kemas-decode.
    LabelDesk(boost::asio::any_io_executor loop, ReadThread& reader, label::Layout layout,
              const settings::Settings& settings, const std::string& decoder);

    void use_couriers(PassedOnLabels::AskCourier ask_courier) {
        passed_on_.use_couriers(std::move(ask_courier));
    }
    // A courier's own label that is a PDF or a picture goes the way of every file of labels.
    using KeepPaper = std::function<void(std::string name, std::string courier, std::string bytes,
                                         std::function<void(std::string why)> on_read)>;
    void use_files(KeepPaper keep_paper) { keep_paper_ = std::move(keep_paper); }
    // After a reload: for the labels after this one.
    void use_printers(const settings::Settings& settings) { papers_ = papers_of(settings); }
    // Pages of label files are drawn by it; also for eyes.
    PagePress& pages() { return paged_.press(); }

    void prepare(const EffectRow& effect, OnPrepared on_prepared) override;
    void fetch(const EffectRow& effect, OnBytes on_bytes) override;

 private:
    // On the reader's thread.
    void choose_way(const ReadView& view, const EffectRow& effect, const Paper& paper,
                    const OnPrepared& on_prepared);
    // On the loop: kept, read and bound by its barcodes; then drawn.
    void take_paper(const PassedOnLabels::Theirs& theirs, const CourierLabel& label,
                    const Paper& paper, const OnPrepared& on_prepared);

    boost::asio::any_io_executor loop_;
    ReadThread& reader_;
    std::map<std::string, Paper> papers_;  // of the loop
    DrawnLabels drawn_;                    // of the reader's thread
    PassedOnLabels passed_on_;
    PagedLabels paged_;
    KeepPaper keep_paper_;
};

}  // namespace kemas::app
