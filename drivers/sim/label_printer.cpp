#include "drivers/sim/label_printer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <set>

#include "drivers/sim/listener.hpp"

namespace kemas::sim {

namespace asio = boost::asio;
using asio::ip::tcp;

struct LabelPrinter::State {
    State(asio::any_io_executor executor_, Options options_, OnLabel on_label_)
        : executor(executor_),
          options(std::move(options_)),
          on_label(std::move(on_label_)),
          listener(executor_, options.address),
          counted(options.counted) {}

    asio::any_io_executor executor;
    Options options;
    OnLabel on_label;
    Listener listener;
    LabelTrouble trouble = LabelTrouble::none;
    std::uint64_t counted;
    std::deque<std::string> buffer;  // the first one is under the head
    std::vector<PhysicalLabel> labels;
    std::set<Socket> sockets;
    bool printing = false, stopped = false;
    int halves = 0;  // connections in the middle of a label

    void take(std::string label);
    void out(std::string bytes);
    void lose_power();
    std::string answer_to(const PrinterQuestion& question) const;
    std::string host_status() const;

    static asio::awaitable<void> pause(std::shared_ptr<State> state, std::int64_t ms);
    static asio::awaitable<void> print(std::shared_ptr<State> state);
    static asio::awaitable<void> hear(std::shared_ptr<State> state, Socket socket,
                                      std::shared_ptr<PrinterStream> stream);
    static asio::awaitable<void> serve(std::shared_ptr<State> state, Socket socket);
};

void LabelPrinter::State::take(std::string label) {
    if (trouble == LabelTrouble::swallow) return;
    buffer.push_back(std::move(label));
}

void LabelPrinter::State::out(std::string bytes) {
    PhysicalLabel label{++counted, std::move(bytes)};
    if (!options.folder.empty()) {
        char no[24];
        std::snprintf(no, sizeof no, "%08llu.", static_cast<unsigned long long>(label.no));
        std::error_code ignored;
        std::filesystem::create_directories(options.folder, ignored);
        std::ofstream file(
            std::filesystem::path(options.folder) / (no + std::string(name_of(options.tongue))),
            std::ios::binary);
        file.write(label.bytes.data(), static_cast<std::streamsize>(label.bytes.size()));
    }
    if (on_label) on_label(label);
    if (options.keep_labels) labels.push_back(std::move(label));
}

void LabelPrinter::State::lose_power() {
    buffer.clear();
    for (const auto& socket : sockets) {
        boost::system::error_code ignored;
        socket->set_option(asio::socket_base::linger(true, 0), ignored);
        socket->close(ignored);
    }
    trouble = LabelTrouble::none;  // and it comes back
}

// ~HS: paper out, formats in the buffer, half a format.
std::string LabelPrinter::State::host_status() const {
    char first[64];
    std::snprintf(first, sizeof first, "030,%d,0,1218,%03zu,0,0,%d,000,0,0,0",
                  trouble == LabelTrouble::paper_out ? 1 : 0,
                  std::min<std::size_t>(buffer.size(), 999), halves > 0 ? 1 : 0);
    const std::string stx = "\x02", end = "\x03\r\n";
    return stx + first + end + stx + "000,0,0,0,0,2,4,0,00000000,1,000" + end + stx + "1234,0" +
           end;
}

std::string LabelPrinter::State::answer_to(const PrinterQuestion& question) const {
    if (trouble == LabelTrouble::silent) return {};
    if (question.about == PrinterQuestion::About::counter)
        return options.counts ? "\"" + std::to_string(counted) + "\"" : std::string();
    const bool no_paper = trouble == LabelTrouble::paper_out;
    switch (options.tongue) {
        case PrinterTongue::zpl:
            return host_status();
        case PrinterTongue::tspl:
            return std::string(
                1, static_cast<char>((no_paper ? 0x04 : 0) | (buffer.empty() ? 0 : 0x20)));
        case PrinterTongue::epl2:
            return no_paper ? "07\r\n" : "00\r\n";
        case PrinterTongue::escpos:
            if (question.queued) return std::string(1, '\0');
            if (question.number == 2) return std::string(1, no_paper ? '\x32' : '\x12');
            if (question.number == 4) return std::string(1, no_paper ? '\x72' : '\x12');
            return "\x12";
        case PrinterTongue::cpcl:
            return std::string(1, no_paper ? '\x02' : '\0');
    }
    return {};
}

asio::awaitable<void> LabelPrinter::State::pause(std::shared_ptr<State> state, std::int64_t ms) {
    asio::steady_timer timer(state->executor);
    timer.expires_after(std::chrono::milliseconds(ms));
    const auto token = asio::as_tuple(asio::use_awaitable);
    co_await timer.async_wait(token);
}

asio::awaitable<void> LabelPrinter::State::print(std::shared_ptr<State> state) {
    state->printing = true;
    while (!state->stopped && !state->buffer.empty()) {
        if (state->trouble == LabelTrouble::paper_out) {
            co_await pause(state, 10);
            continue;
        }
        const bool dies = state->trouble == LabelTrouble::power_cut;
        co_await pause(state, dies ? state->options.print_ms / 2 : state->options.print_ms);
        if (state->stopped) break;
        if (dies) {
            state->lose_power();
            break;
        }
        if (state->buffer.empty()) break;
        std::string label = std::move(state->buffer.front());
        state->buffer.pop_front();
        state->out(std::move(label));
    }
    state->printing = false;
}

// All that has come in full on one line.
asio::awaitable<void> LabelPrinter::State::hear(std::shared_ptr<State> state, Socket socket,
                                                std::shared_ptr<PrinterStream> stream) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    for (auto heard = stream->next(); heard; heard = stream->next()) {
        if (auto* label = std::get_if<WholeLabel>(&*heard)) {
            state->take(std::move(label->bytes));
            if (!state->printing) asio::co_spawn(state->executor, print(state), asio::detached);
            continue;
        }
        const auto question = std::get<PrinterQuestion>(*heard);
        while (question.queued && !state->buffer.empty() && !state->stopped)
            co_await pause(state, 5);
        const std::string answer = state->answer_to(question);
        const auto out = asio::buffer(answer);
        co_await asio::async_write(*socket, out, token);
    }
}

asio::awaitable<void> LabelPrinter::State::serve(std::shared_ptr<State> state, Socket socket) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    auto stream = std::make_shared<PrinterStream>(state->options.tongue);
    std::vector<char> chunk(64 * 1024);
    state->sockets.insert(socket);
    bool half = false;
    const auto mark_half = [&](bool now) {
        if (now != half) state->halves += now ? 1 : -1;
        half = now;
    };
    for (;;) {
        const auto room = asio::buffer(chunk.data(), chunk.size());
        const auto [error, n] = co_await socket->async_read_some(room, token);
        if (error) {
            auto last = error == asio::error::eof ? stream->at_end() : std::nullopt;
            if (last) state->take(std::move(last->bytes));
            if (last && !state->printing)
                asio::co_spawn(state->executor, print(state), asio::detached);
            break;
        }
        stream->hear({chunk.data(), n});
        co_await hear(state, socket, stream);
        mark_half(stream->in_a_label());
    }
    mark_half(false);  // what was cut off never becomes a label
    while (!state->stopped && !state->buffer.empty()) co_await pause(state, 5);
    state->sockets.erase(socket);
    boost::system::error_code ignored;
    socket->shutdown(tcp::socket::shutdown_both, ignored);
    socket->close(ignored);
}

LabelPrinter::LabelPrinter(asio::any_io_executor executor, Options options, OnLabel on_label)
    : state_(
          std::make_shared<State>(std::move(executor), std::move(options), std::move(on_label))) {}

LabelPrinter::~LabelPrinter() {
    stop();
}

Result<void> LabelPrinter::start() {
    std::weak_ptr<State> weak = state_;
    return state_->listener.open(state_->options.port, [weak](Socket socket) {
        return State::serve(weak.lock(), std::move(socket));
    });
}

void LabelPrinter::stop() {
    state_->stopped = true;
    state_->on_label = {};
    state_->listener.close();
}

std::uint16_t LabelPrinter::port() const {
    return state_->listener.port();
}

Result<void> LabelPrinter::set_trouble(LabelTrouble trouble) {
    state_->trouble = trouble;
    if (trouble != LabelTrouble::refuse) return state_->listener.reopen();
    state_->listener.refuse();
    return {};
}

const std::vector<PhysicalLabel>& LabelPrinter::labels() const {
    return state_->labels;
}

std::uint64_t LabelPrinter::counter() const {
    return state_->counted;
}

std::size_t LabelPrinter::waiting() const {
    return state_->buffer.size();
}

}  // namespace kemas::sim
