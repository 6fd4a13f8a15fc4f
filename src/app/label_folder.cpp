#include "app/label_folder.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <deque>
#include <fstream>
#include <iterator>

#include "drivers/label_pages/read_page.hpp"
#include "log/log.hpp"

namespace kemas::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_at_once = 50;

bool in_progress(const fs::path& path) {
    const auto name = path.filename().string();
    const auto end = path.extension().string();
    return name.starts_with(".") || name.starts_with("~") || name.ends_with(".why.txt") ||
           end == ".part" || end == ".tmp" || end == ".crdownload" || end == ".filepart";
}

}  // namespace

std::vector<fs::path> FolderLook::whole_files() {
    std::vector<fs::path> whole;
    std::map<fs::path, Seen> now;
    std::error_code ec;
    for (fs::directory_iterator it(folder_, ec), end; !ec && it != end; it.increment(ec)) {
        std::error_code gone;
        if (it->is_symlink(gone) || !it->is_regular_file(gone) || in_progress(it->path())) continue;
        const Seen seen{it->file_size(gone), it->last_write_time(gone)};
        if (gone) continue;
        const auto before = seen_.find(it->path());
        if (before != seen_.end() && before->second == seen && whole.size() < most_at_once)
            whole.push_back(it->path());
        now.emplace(it->path(), seen);
    }
    std::sort(whole.begin(), whole.end());
    seen_ = std::move(now);
    return whole;
}

void put_away(const fs::path& folder, const fs::path& file, const std::string& why) {
    const auto into = folder / (why.empty() ? "done" : "refused");
    std::error_code ec;
    fs::create_directories(into, ec);
    auto to = into / file.filename();
    for (int n = 1; fs::exists(to, ec); ++n)
        to = into / (file.stem().string() + "-" + std::to_string(n) + file.extension().string());
    fs::rename(file, to, ec);
    if (ec) {
        log::event(log::Level::error, "labels.folder",
                   {{"file", file.string()}, {"why", "cannot be moved: " + ec.message()}});
        return;
    }
    if (!why.empty()) std::ofstream(to.string() + ".why.txt") << why << "\n";
}

struct LabelFolder::State : std::enable_shared_from_this<State> {
    State(boost::asio::any_io_executor loop_, std::string folder_, int poll_ms_, Take take_)
        : loop(loop_),
          folder(std::move(folder_)),
          poll(poll_ms_),
          take(std::move(take_)),
          timer(loop_),
          look(folder) {}

    boost::asio::any_io_executor loop;
    fs::path folder;
    std::chrono::milliseconds poll;
    Take take;
    boost::asio::steady_timer timer;
    boost::asio::thread_pool disk{1};  // a slow share must not hold the loop
    FolderLook look;                   // of the disk thread
    bool stopped = false;

    void wait() {
        if (stopped) return;
        timer.expires_after(poll);
        timer.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
            if (!error) self->look_again();
        });
    }

    void look_again() {
        boost::asio::post(disk, [self = shared_from_this()] {
            auto files = std::make_shared<std::deque<fs::path>>();
            for (auto& path : self->look.whole_files()) files->push_back(std::move(path));
            boost::asio::post(self->loop, [self, files] { self->next(files); });
        });
    }

    // One at a time: the next is read when the one before is kept and put away.
    void next(const std::shared_ptr<std::deque<fs::path>>& files) {
        if (stopped || files->empty()) return wait();
        const auto path = files->front();
        files->pop_front();
        boost::asio::post(disk, [self = shared_from_this(), files, path] {
            std::error_code ec;
            const bool large = fs::file_size(path, ec) > label_pages::kMostFileBytes;
            std::string bytes;
            if (!large && !ec) {
                std::ifstream in(path, std::ios::binary);
                bytes.assign(std::istreambuf_iterator<char>(in), {});
            }
            const std::string why = large           ? "The file is larger than 32 MiB: split it."
                                    : bytes.empty() ? "The file is empty or cannot be read."
                                                    : "";
            boost::asio::post(self->loop, [self, files, path, why,
                                           bytes = std::move(bytes)]() mutable {
                if (!why.empty()) return self->settle(files, path, why);
                self->take(path.filename().string(), std::move(bytes),
                           [self, files, path](std::string no) { self->settle(files, path, no); });
            });
        });
    }

    void settle(const std::shared_ptr<std::deque<fs::path>>& files, const fs::path& path,
                const std::string& why) {
        boost::asio::post(disk, [self = shared_from_this(), files, path, why] {
            if (why != "busy") put_away(self->folder, path, why);
            boost::asio::post(self->loop, [self, files] { self->next(files); });
        });
    }
};

LabelFolder::LabelFolder(boost::asio::any_io_executor loop, std::string folder, int poll_ms,
                         Take take)
    : state_(std::make_shared<State>(loop, std::move(folder), poll_ms, std::move(take))) {}

void LabelFolder::start() {
    state_->wait();
}

void LabelFolder::stop() {
    if (state_->stopped) return;
    state_->stopped = true;
    state_->timer.cancel();
    state_->disk.join();
}

}  // namespace kemas::app
