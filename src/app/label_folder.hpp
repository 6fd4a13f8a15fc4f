// A folder that files of labels are put into: each is taken once it is whole, and moved to done/ or
// refused/ with a reason beside it. Knows no label.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"

namespace kemas::app {

// One look at a folder: files whose size and time stood still since the look before. Hidden names
// and those a download in progress has (.part, .tmp, .crdownload) are passed over.
class FolderLook {
 public:
    explicit FolderLook(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::vector<std::filesystem::path> whole_files();

 private:
    struct Seen {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type time;
        friend bool operator==(const Seen&, const Seen&) = default;
    };
    std::filesystem::path folder_;
    std::map<std::filesystem::path, Seen> seen_;
};

// Moves it into `folder`/done or /refused, under a name that is free; `why` goes beside it.
void put_away(const std::filesystem::path& folder, const std::filesystem::path& file,
              const std::string& why);

class LabelFolder {
 public:
    // `take` gets name and bytes and says later whether they were kept: empty, or why not.
    using Settle = std::function<void(std::string why_not)>;
    using Take = std::function<void(std::string name, std::string bytes, Settle settle)>;

    LabelFolder(boost::asio::any_io_executor loop, std::string folder, int poll_ms, Take take);
    ~LabelFolder() { stop(); }

    void start();
    void stop();

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::app
