// Fetches one picture over HTTP/1.1, or takes one from a folder. Knows no barcode.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/fault.hpp"

namespace kemas::camera {

struct SnapshotOptions {
    std::string host, path;
    std::uint16_t port = 80;
    std::string authorization;
    int timeout_ms = 5'000;  // of the whole exchange
};

// Connects, asks, reads, closes. `stop` cancels it: the owner closes it to end early.
struct SnapshotCall {
    explicit SnapshotCall(const boost::asio::any_io_executor& executor);
    ~SnapshotCall();
    struct Parts;
    std::shared_ptr<Parts> parts;
    void cancel();
};
boost::asio::awaitable<Result<std::string>> fetch_snapshot(std::shared_ptr<SnapshotCall> call,
                                                           SnapshotOptions options);

// The folder's oldest picture that has not grown since the last look, removed from it; empty =
// none. Faults: the folder cannot be read, or the picture not removed.
class PictureFolder {
 public:
    explicit PictureFolder(std::string folder) : folder_(std::move(folder)) {}
    Result<std::string> take();

 private:
    std::string folder_;
    std::map<std::string, std::uintmax_t> sizes_;  // at the last look
};

}  // namespace kemas::camera
