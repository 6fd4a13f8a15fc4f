// The modules that bring cartons to a line: their health, counts and jams. A feed in trouble does
// not stop the line. Loop thread only; knows no books.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/line_live.hpp"
#include "app/modbus_lines.hpp"
#include "drivers/conveyor/zpa_feed.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class LineFeeds {
 public:
    // Says of each what its bus must keep to, before anybody takes a master of `bus`.
    // Faults: a profile that cannot be read, or is no feed's.
    static Result<LineFeeds> plan(const std::vector<settings::LineFeedSettings>& from,
                                  ModbusLines& bus);
    // Once all are planned.
    Result<void> make(boost::asio::any_io_executor loop, ModbusLines& bus);
    void start();
    void stop();

    bool has(std::string_view feed) const { return find(feed) != nullptr; }
    bool jammed(std::string_view feed, conveyor::Zone zone) const;
    // As conveyor::ZpaFeed::clear_jam(), of a feed that there is.
    void clear_jam(std::string_view feed, conveyor::Zone zone, const std::string& by,
                   OnJamCleared done);

    void health(std::vector<DeviceHealth>& into) const;
    std::vector<LineLive::Feed> live() const;

 private:
    struct One {
        settings::LineFeedSettings settings;
        profile::DeviceProfile profile;
        std::shared_ptr<conveyor::FeedLook> look = std::make_shared<conveyor::FeedLook>();
        std::unique_ptr<conveyor::ZpaFeed> feed;
    };
    const One* find(std::string_view feed) const;

    std::vector<One> all_;
};

std::string_view to_text(conveyor::Zone zone);  // "upstream", "downstream"

}  // namespace kemas::app
