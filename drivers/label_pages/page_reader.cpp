#include "drivers/label_pages/page_reader.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

#include "drivers/label_pages/page_wire.hpp"
#include "drivers/sandbox/child_pool.hpp"

namespace kemas::label_pages {
namespace {

namespace asio = boost::asio;
using sandbox::Worker;
using std::chrono::milliseconds;
using Clock = Worker::Clock;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

struct Job {
    PageRequest request;
    PageReader::OnPage on_page;
    PageReader::OnEnd on_end;
};

}  // namespace

struct PageReader::State {
    ReaderOptions options;
    ReaderCounts counts;
    std::shared_ptr<sandbox::ChildPool<Job>> pool;

    static asio::awaitable<void> serve(std::shared_ptr<State> state, std::shared_ptr<Worker> worker,
                                       Job& job) {
        Result<FileEnd> end = co_await read(state, worker, job);
        worker->unlimit();
        worker->child.end();
        if (!state->pool->stopped()) job.on_end(std::move(end));
    }

    static asio::awaitable<Result<FileEnd>> read(std::shared_ptr<State> state,
                                                 std::shared_ptr<Worker> worker, Job& job) {
        if (auto started = worker->start(state->options.program); !started)
            co_return fail(started.error().remedy, std::move(started.error().what));
        // Each page has its time, all of them have the file's.
        const auto page_time = milliseconds(state->options.page_limit_ms);
        const auto last = Clock::now() + milliseconds(state->options.file_limit_ms);
        worker->limit(std::min(Clock::now() + page_time, last));
        int pages = 0;
        const auto body = to_bytes(job.request);
        const auto head = pack({FrameKind::request, static_cast<std::uint32_t>(body.size())});
        const std::array<asio::const_buffer, 2> request{asio::buffer(head), asio::buffer(body)};
        auto [error, written] =
            co_await asio::async_write(worker->child.socket(), request, kAsTuple);
        while (!error && !state->pool->stopped()) {
            std::string heard;
            const auto frame = co_await hear(worker, heard);
            if (!frame) break;
            if (frame->kind == FrameKind::end) {
                auto end = end_of(heard);
                if (!end || end->pages != pages) break;  // no honest child says so
                ++state->counts.files;
                co_return std::move(*end);
            }
            auto page = page_of(heard);
            if (!page || ++pages > kMostPages) break;
            worker->limit(std::min(Clock::now() + page_time, last));
            job.on_page(std::move(*page));
        }
        co_return state->lost(*worker, pages);
    }

    static asio::awaitable<std::optional<FrameHead>> hear(std::shared_ptr<Worker> worker,
                                                          std::string& body) {
        FrameHeadBytes bytes{};
        const auto head_room = asio::buffer(bytes);
        auto [error, size] = co_await asio::async_read(worker->child.socket(), head_room, kAsTuple);
        const auto head = unpack(bytes);
        if (error || !head || head->kind == FrameKind::request) co_return std::nullopt;
        body.resize(head->size);
        const auto room = asio::buffer(body);
        auto [body_error, got] = co_await asio::async_read(worker->child.socket(), room, kAsTuple);
        if (body_error) co_return std::nullopt;
        co_return head;
    }

    Result<FileEnd> lost(const Worker& worker, int pages) {
        ++counts.deaths;
        const auto after = "after " + std::to_string(pages) + " pages";
        if (worker.overdue())
            return fail(Remedy::stop, "the file took too long to read, " + after +
                                          ": split it or download it again");
        return fail(Remedy::stop, "the file stopped its reader " + after +
                                      ": download it again, or print that page where it came from");
    }
};

PageReader::PageReader(asio::any_io_executor executor, ReaderOptions options)
    : state_(std::make_shared<State>()) {
    const sandbox::ChildPoolOptions children{options.program, options.children, true};
    state_->options = std::move(options);
    const auto serve = [state = state_](std::shared_ptr<Worker> worker, Job& job) {
        return State::serve(state, std::move(worker), job);
    };
    state_->pool = std::make_shared<sandbox::ChildPool<Job>>(executor, children, serve);
}

PageReader::~PageReader() {
    stop();
}

void PageReader::read(PageRequest request, OnPage on_page, OnEnd on_end) {
    auto& pool = *state_->pool;
    if (pool.stopped()) return;
    const char* no = nullptr;
    if (request.file.size() > kMostFileBytes) no = "the file is too large: at most 32 MiB";
    if (pool.waiting() >= state_->options.max_waiting)
        no = "too many files of labels wait to be read: send it again";
    if (!no) return pool.submit({std::move(request), std::move(on_page), std::move(on_end)});
    ++state_->counts.refused;
    asio::post(pool.executor(), [on_end = std::move(on_end), why = std::string(no)] {
        on_end(fail(Remedy::retry, why));
    });
}

void PageReader::stop() {
    state_->pool->stop();
}

ReaderCounts PageReader::counts() const {
    return state_->counts;
}

}  // namespace kemas::label_pages
