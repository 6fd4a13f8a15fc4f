#include "drivers/sim/zpl_printer.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string_view>

#include "drivers/sim/listener.hpp"

namespace kemas::sim {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Three lines of a printer that is ready: no pause, paper in, head closed.
constexpr std::string_view kHostStatus =
    "\x02"
    "030,0,0,1218,000,0,0,0,000,0,0,0\x03\r\n"
    "\x02"
    "000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
    "\x02"
    "1234,0\x03\r\n";

std::string value_of(std::string_view text, std::string_view key) {
    const auto at = text.find(key);
    if (at == std::string_view::npos) return {};
    const auto rest = text.substr(at + key.size());
    return std::string(rest.substr(0, rest.find(' ')));
}

// Takes status requests off the front of what came; true when there was one.
bool take_status_request(std::string& bytes) {
    const auto start = bytes.find_first_not_of(" \r\n");
    if (start == std::string::npos || bytes.compare(start, 3, "~HS") != 0) return false;
    bytes.erase(0, start + 3);
    return true;
}

}  // namespace

JobMark read_mark(const std::string& bytes) {
    constexpr std::string_view kOpen = "^FX kemas ";
    const auto at = bytes.find(kOpen);
    if (at == std::string::npos) return {};
    const auto end = bytes.find('^', at + kOpen.size());
    const std::string text = bytes.substr(at + 4, end == std::string::npos ? end : end - at - 4);
    return {text, value_of(text, "parcel="), value_of(text, "rev="), value_of(text, "tracking=")};
}

struct ZplPrinter::State {
    State(asio::any_io_executor executor_, Options options_, OnJob on_job_)
        : executor(executor_),
          options(std::move(options_)),
          on_job(std::move(on_job_)),
          listener(executor_, options.address) {}

    asio::any_io_executor executor;
    Options options;
    OnJob on_job;
    Listener listener;
    PrinterTrouble trouble = PrinterTrouble::none;
    std::vector<PrintedJob> jobs;
    std::uint64_t count = 0;
    std::map<std::string, int> marks;

    void end_job(std::string bytes, bool whole);
    static asio::awaitable<void> pause(std::shared_ptr<State> state, std::int64_t ms);
    static asio::awaitable<void> serve(std::shared_ptr<State> state, Socket socket);
};

void ZplPrinter::State::end_job(std::string bytes, bool whole) {
    if (bytes.find_first_not_of(" \r\n") == std::string::npos) return;  // status questions only
    PrintedJob job{++count, std::move(bytes), whole, {}};
    job.mark = read_mark(job.bytes);
    if (whole && !job.mark.text.empty()) ++marks[job.mark.text];
    if (!options.folder.empty()) {
        char no[16];
        std::snprintf(no, sizeof no, "%06llu", static_cast<unsigned long long>(job.no));
        std::string name = std::string(no) + "-";
        for (char c :
             (job.mark.tracking.empty() ? std::string("job") : job.mark.tracking).substr(0, 60)) {
            const bool plain =
                (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            name += plain ? c : '_';
        }
        std::error_code ignored;
        std::filesystem::create_directories(options.folder, ignored);
        std::ofstream file(
            std::filesystem::path(options.folder) / (name + (whole ? ".zpl" : ".cut")),
            std::ios::binary);
        file.write(job.bytes.data(), static_cast<std::streamsize>(job.bytes.size()));
    }
    if (on_job) on_job(job);
    if (options.keep_jobs) jobs.push_back(std::move(job));
}

asio::awaitable<void> ZplPrinter::State::pause(std::shared_ptr<State> state, std::int64_t ms) {
    asio::steady_timer timer(state->executor);
    timer.expires_after(std::chrono::milliseconds(ms));
    const auto token = asio::as_tuple(asio::use_awaitable);
    co_await timer.async_wait(token);
}

asio::awaitable<void> ZplPrinter::State::serve(std::shared_ptr<State> state, Socket socket) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    std::string job;
    bool asked = false;
    std::vector<char> chunk(64 * 1024);
    while (true) {
        while (state->trouble == PrinterTrouble::hang && socket->is_open())
            co_await pause(state, 20);
        const bool slow = state->trouble == PrinterTrouble::slow;
        const std::size_t most =
            slow ? std::max<std::size_t>(1, state->options.slow_bytes_per_s / 20) : chunk.size();
        const auto room = asio::buffer(chunk.data(), most);
        const auto [error, n] = co_await socket->async_read_some(room, token);
        if (error) {
            state->end_job(std::move(job), error == asio::error::eof);
            break;
        }
        job.append(chunk.data(), n);
        while (take_status_request(job)) {
            asked = true;
            const auto status = asio::buffer(kHostStatus);
            co_await asio::async_write(*socket, status, token);
        }
        // The line end after a question is the question's, even when it comes later.
        if (asked) job.erase(0, std::min(job.size(), job.find_first_not_of("\r\n")));
        const bool dies =
            state->trouble == PrinterTrouble::die && job.size() >= state->options.die_after;
        if (dies || job.size() > state->options.max_job_bytes) {
            boost::system::error_code ignored;
            socket->set_option(asio::socket_base::linger(true, 0), ignored);  // as a power cut: RST
            socket->close(ignored);
            state->end_job(std::move(job), false);
            co_return;
        }
        if (slow) co_await pause(state, 50);
    }
    boost::system::error_code ignored;
    socket->shutdown(tcp::socket::shutdown_both, ignored);
    socket->close(ignored);
}

ZplPrinter::ZplPrinter(asio::any_io_executor executor, Options options, OnJob on_job)
    : state_(std::make_shared<State>(std::move(executor), std::move(options), std::move(on_job))) {}

ZplPrinter::~ZplPrinter() {
    stop();
}

Result<void> ZplPrinter::start() {
    std::weak_ptr<State> weak = state_;
    return state_->listener.open(state_->options.port, [weak](Socket socket) {
        return State::serve(weak.lock(), std::move(socket));
    });
}

void ZplPrinter::stop() {
    state_->on_job = {};
    state_->listener.close();
}

std::uint16_t ZplPrinter::port() const {
    return state_->listener.port();
}

Result<void> ZplPrinter::set_trouble(PrinterTrouble trouble) {
    state_->trouble = trouble;
    if (trouble != PrinterTrouble::refuse) return state_->listener.reopen();
    state_->listener.refuse();
    return {};
}

const std::vector<PrintedJob>& ZplPrinter::jobs() const {
    return state_->jobs;
}

std::vector<std::string> ZplPrinter::duplicates() const {
    std::vector<std::string> twice;
    for (const auto& [mark, times] : state_->marks)
        if (times > 1) twice.push_back(mark);
    return twice;
}

}  // namespace kemas::sim
