#include "app/device_desk.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "app/printers.hpp"
#include "app/wall_clock.hpp"
#include "drivers/printer/plain_page.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "label/test_page.hpp"
#include "log/log.hpp"

namespace kemas::app {
namespace {

// One test page under way. Whoever comes first, printer or clock, answers.
struct PageJob {
    PageJob(const boost::asio::any_io_executor& loop, DeviceDesk::OnTestPrint done_)
        : limit(loop), done(std::move(done_)) {}

    void end(const PrintOutcome& outcome) {
        limit.cancel();
        log::event(
            log::Level::info, "test_page.ended",
            {{"device", printer}, {"outcome", word_for(outcome.kind)}, {"detail", outcome.detail}});
        if (auto call = std::exchange(done, nullptr)) call(TestPrint{outcome, code});
    }
    void time_is_over() {
        using Kind = PrintOutcome::Kind;
        if (sent)
            end({Kind::unknown,
                 "sent, and the printer has not ended the job in time: look whether "
                 "the page came out"});
        else
            end({Kind::not_started,
                 "the printer was busy or did not answer in time: nothing was "
                 "sent; see its state and try again"});
    }

    boost::asio::steady_timer limit;
    DeviceDesk::OnTestPrint done;  // empty: answered
    std::string printer, code;
    bool sent = false;
};

std::string shown(std::string text) {
    for (std::size_t at; (at = text.find('\x1d')) != text.npos;) text.replace(at, 1, "<GS>");
    return text;
}

}  // namespace

DeviceDesk::DeviceDesk(boost::asio::any_io_executor loop, const settings::Settings& settings,
                       Devices& devices, const label::Layout& layout)
    : loop_(std::move(loop)), settings_(settings), devices_(devices), layout_(layout) {}

bool DeviceDesk::took(const std::string& scanner, const ScannedLine& line) {
    SeenCode& seen = seen_[scanner];
    seen.text = line.text;
    seen.at = wall_clock();
    ++seen.count;
    if (line.text.find(check_mark) == line.text.npos) return false;
    if (line.reply) line.reply("+|check code read: " + shown(line.text));
    return true;
}

const SeenCode* DeviceDesk::last_code(const std::string& scanner) const {
    const auto it = seen_.find(scanner);
    return it == seen_.end() ? nullptr : &it->second;
}

Scanner* DeviceDesk::scanner(const std::string& name) const {
    for (const auto& each : devices_.scanners)
        if (each.name == name) return each.scanner.get();
    return nullptr;
}

Scale* DeviceDesk::scale(const std::string& name) const {
    for (const auto& each : devices_.scales)
        if (each.name == name) return each.scale.get();
    return nullptr;
}

Printer* DeviceDesk::printer(const std::string& name) const {
    const auto it = devices_.printers.find(name);
    return it == devices_.printers.end() ? nullptr : it->second.get();
}

void DeviceDesk::print_test_page(const std::string& name, OnTestPrint done) {
    std::string language;
    for (const auto& each : settings_.printers)
        if (each.name == name) language = printer_language(each);
    label::TestPage plan;
    plan.width = layout_.width;
    plan.height = layout_.height;
    plan.dots_per_mm = layout_.dots_per_mm;
    plan.dpi = layout_.dpi;
    plan.printer = name;
    plan.printed_at = local_text(wall_clock(), settings_.utc_offset_minutes);
    pages_ = pages_ % 999 + 1;
    const auto number = std::to_string(1000 + (wall_clock().value / 1000 * 7 + pages_) % 9000);
    plan.code = std::string(check_mark) + number;
    std::string bytes = printer::plain_test_page(
        language, {plan.printer, plan.printed_at, plan.code + "2", plan.dots_per_mm});
    if (bytes.empty()) {
        const auto drawn = label::draw_test_page(plan);
        if (!drawn)
            return done(fail(Remedy::stop, "The test page cannot be drawn: " + drawn.error()));
        bytes = printer::encode_zpl(drawn->page, "kemas test page " + plan.code);
    }

    auto job = std::make_shared<PageJob>(loop_, std::move(done));
    job->printer = name;
    job->code = plan.code;
    job->limit.expires_after(std::chrono::milliseconds(test_page_limit.value));
    job->limit.async_wait([job](const boost::system::error_code& error) {
        if (!error && job->done) job->time_is_over();
    });
    log::event(log::Level::info, "test_page.asked", {{"device", name}, {"code", plan.code}});
    printer(name)->print(
        std::move(bytes),
        [job](const Printer::Go& go) {
            job->sent = job->done != nullptr;  // too late: nobody waits for the page any more
            go(job->sent);
        },
        [job](const PrintOutcome& outcome) {
            if (job->done) job->end(outcome);
        });
}

}  // namespace kemas::app
