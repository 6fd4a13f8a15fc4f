#include "runtime/desk.hpp"

#include "core/overload.hpp"

namespace kemas::runtime {
namespace {

// What an operator must hear of without having scanned.
bool is_news(const Answer& answer) {
    return answer.kind == Answer::Kind::attention || answer.code == "label_coming" ||
           answer.code == "scan_label_now" || answer.code == "label_printed" ||
           answer.code == "label_sent" || answer.code == "packing_suggested";
}

}  // namespace

void Desk::on_line(const std::string& station, ScannedLine line) {
    last_reply_[station] = line.push;
    Envelope envelope{std::move(line.key), station, CodeScanned{std::move(line.text)}};
    options_.submit(std::move(envelope),
                    [this, station, reply = std::move(line.reply)](const Done& done) {
                        options_.on_answer(done.answer);
                        reply(options_.line_for(done.answer));
                        if (options_.after_scan) options_.after_scan(station, done.answer);
                    });
}

void Desk::on_scale(const std::string& station, const std::string& scale, const ScaleEvent& event) {
    const auto input = Overload{
        [&](const ScaleSettled& e) -> Input {
            return LoadSettled{scale, e.settling, e.gross, e.division, e.raw};
        },
        [&](const ScaleDisturbed& e) -> Input {
            return LoadDisturbed{scale, e.settling};
        },
        [&](const ScaleFaulted& e) -> Input {
            return ScaleFailed{scale, e.why};
        },
    };
    tell_scale(station, scale, std::visit(input, event));
}

void Desk::on_scale_up(const std::string& station, const std::string& scale) {
    tell_scale(station, scale, LoadDisturbed{scale, 0});
}

void Desk::tell_scale(const std::string& station, const std::string& scale, Input input) {
    Envelope envelope{
        "scale:" + scale + ":" + options_.epoch + ":" + std::to_string(++scale_events_), station,
        std::move(input)};
    options_.submit(std::move(envelope),
                    [this, station](const Done& done) { show(station, done.answer); });
}

void Desk::show(const std::string& station, const Answer& answer) {
    if (!is_news(answer)) return;
    const auto reply = last_reply_.find(station);
    if (reply != last_reply_.end() && reply->second) reply->second("!" + options_.line_for(answer));
}

}  // namespace kemas::runtime
