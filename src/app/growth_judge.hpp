// Looks once more at label pages whose number does not read after one dot of print growth at the
// density of [label_files]: the printer of the parcel's station may be finer. What it finds is kept
// in memory only, and looked at anew after a restart. Knows no rule.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "app/page_press.hpp"
#include "app/paper.hpp"
#include "app/read_thread.hpp"
#include "ledger/label_rows.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

// What is known now; a value, for the status.
struct GrowthVerdicts {
    std::map<std::string, int> dpi_of_station;        // of the stations that have a printer
    int least_dpi = 0;                                // of those; 0 = no station has one
    std::map<std::pair<std::int64_t, int>, bool> at;  // page and dpi -> its number reads

    /// Of the printer that will print it; of a parcel at no station, the coarsest of the site.
    int dpi_of(const ledger::WeakLabel& weak) const;
    /// Whether the number reads after growth there. False until it was looked at.
    bool reads(const ledger::WeakLabel& weak) const;
};

class GrowthJudge {
 public:
    // All outlive it. `told` when a verdict is new.
    GrowthJudge(boost::asio::any_io_executor loop, ReadThread& reader, PagePress& press,
                const settings::Settings& settings, std::function<void()> told);

    // On the loop. Pages that were looked at already cost nothing.
    void look(const std::vector<ledger::WeakLabel>& weak);
    void use_printers(const settings::Settings& settings);
    const GrowthVerdicts& verdicts() const { return verdicts_; }

 private:
    struct Question {
        ledger::WeakLabel weak;
        int dpi = 0;
    };
    void next();
    void draw(const Question& question, std::string file);
    void answer(const Question& question, bool reads);

    boost::asio::any_io_executor loop_;
    ReadThread& reader_;
    PagePress& press_;
    std::function<void()> told_;
    settings::LabelFileSettings files_;
    std::map<int, PagePaper> papers_;  // by dpi
    GrowthVerdicts verdicts_;
    std::set<std::pair<std::int64_t, int>> asked_;
    std::deque<Question> questions_;
    bool looking_ = false;
};

}  // namespace kemas::app
