#include "drivers/scanner/line_session.hpp"

#include <netinet/tcp.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

namespace kemas::scanner {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

}  // namespace

struct LineSession::Slot {
    std::optional<std::string> answer;  // the bytes; empty = nothing to send
    std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
    bool timed = false;  // the scanner waits for it, but not for ever
};

class LineSession::Ticket {
 public:
    Ticket(std::weak_ptr<LineSession> session, std::shared_ptr<Slot> slot)
        : session_(std::move(session)), slot_(std::move(slot)) {}
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket() {
        if (!slot_->answer) put({});
    }
    void answer(const std::string& line) {
        if (slot_->answer) return;  // the first answer stands
        const auto session = session_.lock();
        if (session) put(session->talk_->answer(line));
    }

 private:
    void put(std::string bytes) {
        slot_->answer = std::move(bytes);
        if (const auto session = session_.lock()) session->write_ready();
    }
    std::weak_ptr<LineSession> session_;
    std::shared_ptr<Slot> slot_;
};

LineSession::LineSession(std::unique_ptr<Wire> wire, ScannerOptions options,
                         std::uint64_t connection, std::shared_ptr<ScannerCounts> counts,
                         OnScannedLine on_line, std::function<void()> on_heard)
    : wire_(std::move(wire)),
      write_deadline_(wire_->executor()),
      room_(wire_->executor()),
      options_(std::move(options)),
      talk_(make_talk(talk_options(options_))),
      connection_(connection),
      counts_(std::move(counts)),
      on_line_(std::move(on_line)),
      on_heard_(std::move(on_heard)) {}

asio::awaitable<std::string> LineSession::run(std::shared_ptr<LineSession> self) {
    if (!self->options_.on_connect.empty()) self->say(self->options_.on_connect);
    while (!self->closed_) {
        const auto room = asio::buffer(self->input_);
        const WireRead read = co_await self->wire_->read_some(room);
        const error_code ec = read.error;
        if (ec == asio::error::eof) {
            if (self->wire_->takes_answers_after_its_end()) co_await finish_answers(self);
            self->close("closed by the scanner");
            break;
        }
        if (ec) {
            self->close(ec.message());
            break;
        }
        if (self->closed_) break;
        self->on_heard_();
        std::string_view bytes(self->input_.data(), read.size);
        while (!self->closed_) {
            const std::optional<Frame> frame = self->talk_->next(bytes);
            if (!frame) break;
            self->deliver(*frame);
            while (!self->closed_ && self->slots_.size() >= self->options_.max_waiting) {
                self->room_.expires_at(std::chrono::steady_clock::time_point::max());
                co_await self->room_.async_wait(kAsTuple);
            }
        }
    }
    if (self->talk_->reset()) ++self->counts_->cut_lines;
    co_return self->why_;
}

// A sender may close its half and still wait for its answers.
asio::awaitable<void> LineSession::finish_answers(std::shared_ptr<LineSession> self) {
    const auto last = std::chrono::steady_clock::now() +
                      std::chrono::milliseconds(self->options_.write_timeout_ms);
    while (!self->closed_ && (!self->slots_.empty() || self->writing_) &&
           std::chrono::steady_clock::now() < last) {
        self->room_.expires_at(last);
        co_await self->room_.async_wait(kAsTuple);
    }
}

void LineSession::close(std::string why) {
    if (std::exchange(closed_, true)) return;
    why_ = std::move(why);
    wire_->close();
    write_deadline_.cancel();
    room_.cancel();
    slots_.clear();
    on_line_ = nullptr;
    on_heard_ = nullptr;
}

std::shared_ptr<LineSession::Slot> LineSession::new_slot() {
    return slots_.emplace_back(std::make_shared<Slot>());
}

void LineSession::send(std::string bytes) {
    if (!closed_) say(std::move(bytes));
}

void LineSession::say(std::string bytes) {
    new_slot()->answer = std::move(bytes);
    write_ready();
}

bool LineSession::too_late(const Slot& slot) const {
    const int limit = talk_->answer_within_ms();
    return limit && slot.timed &&
           std::chrono::steady_clock::now() - slot.since > std::chrono::milliseconds(limit);
}

// A code sent again keeps its key, so that the ledger gives its first answer again.
std::string LineSession::key_of(const barcode::SentCode& sent, bool repeat) {
    if (sent.id) return options_.name + "#" + std::string(*sent.id);
    if (repeat && last_text_ == sent.code) {
        ++counts_->repeats;
        return last_key_;
    }
    last_text_ = std::string(sent.code);
    return last_key_ = options_.name + ":" + options_.epoch + ":" + std::to_string(connection_) +
                       ":" + std::to_string(lines_);
}

void LineSession::deliver(const Frame& frame) {
    const auto refuse = [this](const std::string& line) { say(talk_->answer(line)); };
    switch (frame.kind) {
        case Frame::Kind::heartbeat:
            ++counts_->heartbeats;
            return;
        case Frame::Kind::no_read:
            ++counts_->no_reads;
            return refuse("-|no_read|Nothing was read: hold the code in front of the reader again");
        case Frame::Kind::oversized:
            ++counts_->bad_frames;
            return refuse("-|bad_frame|Code longer than " +
                          std::to_string(options_.framing.max_bytes) +
                          " characters: check that the scanner ends each code with a terminator, "
                          "then scan again");
        case Frame::Kind::control:
            ++counts_->bad_frames;
            return refuse(
                "-|bad_frame|Code with a control or non-ASCII character: scan again; if it "
                "repeats, "
                "check the code and the scanner's settings");
        case Frame::Kind::port_fault:
            return close("the port server says \"" + frame.text.substr(0, 100) + "\"");
        case Frame::Kind::headless:
            ++counts_->bad_frames;
            return refuse(
                "-|bad_frame|The beginning of the code was lost: scan again; if it repeats, check "
                "the prefix in the scanner's settings and its profile");
        case Frame::Kind::part:
            return say(frame.at_once);
        case Frame::Kind::corrupt:
            ++counts_->bad_frames;
            return say(frame.at_once);
        case Frame::Kind::code:
            break;
    }
    const barcode::SentCode sent = barcode::split_sender_id(frame.text);
    ++lines_;
    if (sent.code.empty()) {
        ++counts_->bad_frames;
        return refuse("-|bad_frame|An id without a code: send #id;code");
    }
    if (frame.repeat && last_ && !last_->answer && last_text_ == sent.code) {
        ++counts_->repeats;  // its answer is on the way
        return;
    }
    ++counts_->lines;
    ScannedLine line;
    line.text = std::string(sent.code);
    line.key = key_of(sent, frame.repeat);
    last_ = new_slot();
    last_->timed = true;
    const auto ticket = std::make_shared<Ticket>(weak_from_this(), last_);
    line.reply = [ticket](std::string answer) { ticket->answer(answer); };
    line.push = [self = weak_from_this()](std::string news) {
        if (const auto session = self.lock(); session && !session->closed_)
            session->say(session->talk_->news(news));
    };
    const OnScannedLine on_line = on_line_;  // a stop() from inside clears the member
    on_line(std::move(line));
}

void LineSession::write_ready() {
    if (writing_ || closed_) return;
    output_.clear();
    bool freed = false;
    while (!slots_.empty() && (slots_.front()->answer || too_late(*slots_.front()))) {
        if (too_late(*slots_.front()))
            ++counts_->late_answers;
        else
            output_ += *slots_.front()->answer;
        slots_.pop_front();
        freed = true;
    }
    if (freed) room_.cancel();
    if (output_.empty()) return;
    writing_ = true;
    write_deadline_.expires_after(std::chrono::milliseconds(options_.write_timeout_ms));
    write_deadline_.async_wait([self = weak_from_this()](error_code ec) {
        if (ec) return;
        if (const auto session = self.lock(); session && session->writing_)
            session->close("it does not take its answers: check the scanner's receive setting");
    });
    wire_->write(asio::buffer(output_), [self = shared_from_this()](error_code ec) {
        self->writing_ = false;
        self->write_deadline_.cancel();
        if (ec) return self->close(ec.message());
        self->write_ready();
        self->room_.cancel();
    });
}

std::unique_ptr<Wire> socket_wire(asio::ip::tcp::socket socket) {
    enable_keepalive(socket);
    return std::make_unique<StreamWire<asio::ip::tcp::socket>>(std::move(socket));
}

void enable_keepalive(asio::ip::tcp::socket& socket) {
    using Seconds = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPIDLE>;
    using Interval = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPINTVL>;
    using Probes = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPCNT>;
    error_code ignored;
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    socket.set_option(Seconds(10), ignored);
    socket.set_option(Interval(5), ignored);
    socket.set_option(Probes(3), ignored);
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
}

}  // namespace kemas::scanner
