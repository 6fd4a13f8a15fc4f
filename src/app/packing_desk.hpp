// Tells a bench what to pack in when packing starts there, whatever scanned the order: worked out
// on the read thread after the answer to the scan has gone, so no confirmation waits for it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/packing_shelf.hpp"
#include "core/decision.hpp"

namespace kemas::app {

// What a bench is told of the order open there.
struct Suggestion {
    OrderKey order;
    Answer answer;  // packing_suggested, or the refusal that says why there is none
};

class PackingDesk {
 public:
    // `site` is the site as it is now, on the loop thread.
    PackingDesk(boost::asio::any_io_executor loop, ReadThread& reader,
                std::shared_ptr<RateShelf> rates, const std::shared_ptr<const Site>& site);

    // Whether that answer starts packing at a bench whose site wants suggestions.
    bool starts(const std::string& station, const Answer& answer) const;

    // Calls back once, on the loop thread: with nothing when its items are packed already, when
    // the site tells no packaging, or when the read thread has too much to do.
    void suggest(const std::string& station,
                 std::function<void(std::optional<Suggestion>)> on_suggestion);

    // On the read thread only.
    std::shared_ptr<const OrderPacking> packing(ReadView view,
                                                const std::shared_ptr<const Site>& site,
                                                const Order& order);

 private:
    boost::asio::any_io_executor loop_;
    ReadThread& reader_;
    std::shared_ptr<RateShelf> rates_;  // the read thread's, as the shelf
    const std::shared_ptr<const Site>& site_;
    PackingShelf shelf_;
};

}  // namespace kemas::app
