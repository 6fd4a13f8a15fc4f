// A camera as a scanner: fetches its snapshots over HTTP, or takes the pictures put into a folder,
// and delivers the codes they show. Decodes nothing itself; knows no station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "drivers/camera/decoder_pool.hpp"
#include "drivers/camera/sight_filter.hpp"
#include "drivers/scanner/scanner_options.hpp"
#include "ports/scanner.hpp"

namespace kemas::camera {

struct CameraOptions {
    std::string name, epoch;
    std::string host, path;  // HTTP: http://host:port/path; empty = the folder
    std::uint16_t port = 80;
    std::string authorization;  // value of that header; empty = none
    std::string folder;         // pictures are removed once they are read
    int poll_ms = 500;
    int timeout_ms = 5'000;  // of one snapshot
    SightRules sight;        // of snapshots; each picture of a folder stands alone
    ReadOptions read;
    scanner::LogSink log;
};

struct CameraCounts {
    std::uint64_t pictures = 0, codes = 0, failed = 0;
    std::uint64_t unusable = 0;  // codes with characters no code may have
};

class CameraScanner : public Scanner {
 public:
    // The pool must outlive it.
    CameraScanner(boost::asio::any_io_executor executor, DecoderPool& pool, CameraOptions options);
    ~CameraScanner() override;  // as stop()

    void start(OnScannedLine on_line) override;
    void stop() override;
    DeviceHealth health() const override;
    LiveFacts live() const override;
    CameraCounts counts() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::camera
