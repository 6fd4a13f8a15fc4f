#include "app/growth_judge.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "app/label_files.hpp"

namespace kemas::app {
namespace {

constexpr std::size_t most_verdicts = 5000;  // then all are forgotten, and asked for again

}  // namespace

int GrowthVerdicts::dpi_of(const ledger::WeakLabel& weak) const {
    const auto own = dpi_of_station.find(weak.station);
    return own == dpi_of_station.end() ? least_dpi : own->second;
}

bool GrowthVerdicts::reads(const ledger::WeakLabel& weak) const {
    const auto known = at.find({weak.page.value, dpi_of(weak)});
    return known != at.end() && known->second;
}

GrowthJudge::GrowthJudge(boost::asio::any_io_executor loop, ReadThread& reader, PagePress& press,
                         const settings::Settings& settings, std::function<void()> told)
    : loop_(loop), reader_(reader), press_(press), told_(std::move(told)) {
    use_printers(settings);
}

void GrowthJudge::use_printers(const settings::Settings& settings) {
    files_ = settings.label_files;
    papers_.clear();
    verdicts_.dpi_of_station.clear();
    verdicts_.least_dpi = 0;
    const auto printers = papers_of(settings);
    for (const auto& [name, station] : settings.site.stations) {
        const auto printer = printers.find(station.printer);
        if (printer == printers.end()) continue;
        const auto paper = paper_of_files(files_, printer->second);
        papers_.emplace(paper.dpi, paper);
        verdicts_.dpi_of_station[name] = paper.dpi;
        auto& least = verdicts_.least_dpi;
        least = least == 0 ? paper.dpi : std::min(least, paper.dpi);
    }
}

void GrowthJudge::look(const std::vector<ledger::WeakLabel>& weak) {
    if (asked_.size() > most_verdicts) {
        asked_.clear();
        verdicts_.at.clear();
    }
    for (const auto& each : weak) {
        const int dpi = verdicts_.dpi_of(each);
        // At the files' own density the ledger has the verdict.
        if (dpi == files_.dpi || !papers_.contains(dpi)) continue;
        if (asked_.emplace(each.page.value, dpi).second) questions_.push_back({each, dpi});
    }
    next();
}

void GrowthJudge::next() {
    if (looking_ || questions_.empty()) return;
    const auto question = questions_.front();
    looking_ = reader_.ask([this, question](const ReadView& view) {
        const auto file = view.books.label_file(question.weak.file);
        auto bytes = file ? view.books.blob(file->hash) : std::nullopt;
        boost::asio::post(loop_, [this, question, bytes = std::move(bytes)]() mutable {
            if (bytes) return draw(question, std::move(*bytes));
            answer(question, false);
        });
    });
    if (looking_) questions_.pop_front();  // else the next look tries again
}

void GrowthJudge::draw(const Question& question, std::string file) {
    const auto paper = papers_.find(question.dpi);
    if (paper == papers_.end()) return answer(question, false);
    press_.codes(std::move(file), {question.weak.member, question.weak.page_no}, paper->second,
                 [this, question](const std::vector<label_pages::PageCode>& codes) {
                     answer(question, std::ranges::any_of(codes, [&](const auto& code) {
                                return code.text == question.weak.number && code.survives &&
                                       !code.lost;
                            }));
                 });
}

void GrowthJudge::answer(const Question& question, bool reads) {
    verdicts_.at[{question.weak.page.value, question.dpi}] = reads;
    looking_ = false;
    if (reads) told_();
    next();
}

}  // namespace kemas::app
