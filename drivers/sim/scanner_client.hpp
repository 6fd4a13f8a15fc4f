// A handheld scanner as kemasd sees it: sends `#id;code` lines over TCP and hears answers and
// pushes. After a lost connection it sends the same id again. Knows no dialog.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "core/quantities.hpp"

namespace kemas::sim {

struct ScanAnswer {
    bool accepted = false;
    bool pushed = false;  // `!` before it: said unasked, answers no scan
    std::string code;     // of a refusal or attention; empty for `+`
    std::string text;
};

// `+|text`, `-|code|text`, each with `!` before it when unasked; nothing for any other line.
std::optional<ScanAnswer> parse_answer(std::string_view line);

class ScannerClient {
 public:
    using OnPush = std::function<void(const ScanAnswer&)>;  // on the loop thread
    struct Options {
        boost::asio::ip::tcp::endpoint remote;
        std::string sender = "sim";   // ids are "<sender>-<n>": unique for ever in a ledger
        Milliseconds within{10'000};  // for one scan, reconnecting included
        Milliseconds reconnect_after{50};
        std::string terminator = "\r\n";
    };
    ScannerClient(boost::asio::any_io_executor executor, Options options, OnPush on_push = {});
    ~ScannerClient();

    // Sends one code and awaits its answer. One at a time. The fault: nobody answered in time.
    boost::asio::awaitable<Result<ScanAnswer>> scan(std::string code);
    void close();
    std::uint64_t resent() const;  // scans sent again after a lost connection

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
