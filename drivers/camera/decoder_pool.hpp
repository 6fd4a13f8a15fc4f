// Hands pictures to sandboxed children (kemas-decode) and their barcodes back. A child that dies or
// hangs costs one picture its answer and is replaced. Knows no camera and no station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "drivers/camera/barcode.hpp"

namespace kemas::camera {

struct PoolOptions {
    std::string program;                     // path of kemas-decode
    std::size_t children = 1;                // started when first needed
    std::size_t max_waiting = 16;            // pictures; a further one is refused
    int time_limit_ms = 8'000;               // of one picture, from handing it over to its answer
    std::uint64_t pictures_a_child = 2'000;  // then it is replaced, whatever it may have kept
};

struct ReadOptions {
    FormatSet formats = kUsualFormats;
    bool thorough = false;  // all codes of a page; else the search ends once it finds one
};

struct PoolCounts {
    std::uint64_t pictures = 0;    // answered, seen or not
    std::uint64_t unreadable = 0;  // of these, no picture
    std::uint64_t deaths = 0;      // children that a picture ended
    std::uint64_t started = 0, refused = 0;
};

class DecoderPool {
 public:
    // Codes from top to bottom. Faults: no picture, too many waiting, its child ended.
    using OnRead = std::function<void(Result<std::vector<Barcode>>)>;

    DecoderPool(boost::asio::any_io_executor executor, PoolOptions options);
    ~DecoderPool();  // as stop()
    DecoderPool(const DecoderPool&) = delete;
    DecoderPool& operator=(const DecoderPool&) = delete;

    // `on_read` is called once, on the loop, never from inside; after stop() not at all.
    void read(std::string picture, ReadOptions options, OnRead on_read);
    void stop();  // ends the children
    PoolCounts counts() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::camera
