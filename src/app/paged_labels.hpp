// Labels that are a page of a file: drawn one at a time in the order they were asked for; a run of
// many waits for the benches. Knows no layout.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <optional>

#include "app/label_words.hpp"
#include "app/page_press.hpp"
#include "app/paper.hpp"
#include "app/read_thread.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class PagedLabels {
 public:
    // `reader` runs the drawing too. Both outlive it.
    PagedLabels(boost::asio::any_io_executor loop, ReadThread& reader,
                const settings::Settings& settings);

    // Also for eyes.
    PagePress& press() { return press_; }
    // On the loop.
    void prepare(bool of_run, const EffectRow& effect, const Paper& paper,
                 LabelPress::OnPrepared on_prepared);

 private:
    struct Waiting {
        EffectRow effect;
        Paper paper;
        LabelPress::OnPrepared on_prepared;
    };
    void next();
    void draw(const Waiting& waiting);
    // On the reader's thread: the page that is the parcel's label, with its file's bytes.
    std::optional<PageJob> job_of_page(const ReadView& view, const EffectRow& effect,
                                       const Paper& paper) const;

    boost::asio::any_io_executor loop_;
    ReadThread& reader_;
    const settings::Settings& settings_;
    PagePress press_;
    std::deque<Waiting> benches_, runs_;
    bool drawing_ = false;
};

}  // namespace kemas::app
