#include "drivers/label_pages/page_reader.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <deque>

#include "drivers/camera/child.hpp"
#include "drivers/label_pages/page_wire.hpp"

namespace kemas::label_pages {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

struct Job {
    PageRequest request;
    PageReader::OnPage on_page;
    PageReader::OnEnd on_end;
};

void rethrow_end(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
}

}  // namespace

struct PageReader::State {
    struct Worker {
        explicit Worker(const asio::any_io_executor& executor)
            : child(executor), deadline(executor), bell(executor) {}
        camera::Child child;
        asio::steady_timer deadline, bell;
        Clock::time_point last;
        bool idle = false, overdue = false;
        int pages = 0;
    };

    State(const asio::any_io_executor& executor_, ReaderOptions given)
        : executor(executor_), options(std::move(given)) {}

    asio::any_io_executor executor;
    ReaderOptions options;
    std::deque<Job> jobs;
    std::vector<std::shared_ptr<Worker>> workers;
    ReaderCounts counts;
    bool stopped = false;

    void submit(Job job, const std::shared_ptr<State>& self) {
        jobs.push_back(std::move(job));
        for (const auto& worker : workers)
            if (worker->idle) {
                worker->bell.cancel();
                return;
            }
        if (workers.size() >= options.children) return;
        workers.push_back(std::make_shared<Worker>(executor));
        asio::co_spawn(executor, work(self, workers.back()), rethrow_end);
    }

    // From now until the next page, but not beyond the file's own time.
    void limit(const std::shared_ptr<Worker>& worker) {
        const auto page = Clock::now() + std::chrono::milliseconds(options.page_limit_ms);
        worker->deadline.expires_at(std::min(page, worker->last));
        worker->deadline.async_wait([worker](error_code ec) {
            if (ec) return;
            worker->overdue = true;
            worker->child.end();  // what waits on its socket wakes up
        });
    }

    static asio::awaitable<void> work(std::shared_ptr<State> state,
                                      std::shared_ptr<Worker> worker) {
        while (!state->stopped) {
            std::string no_start;
            if (!worker->child.running()) no_start = worker->child.start(state->options.program);
            if (state->jobs.empty()) {
                worker->idle = true;
                worker->bell.expires_at(Clock::time_point::max());
                co_await worker->bell.async_wait(kAsTuple);
                worker->idle = false;
                continue;
            }
            Job job = std::move(state->jobs.front());
            state->jobs.pop_front();
            Result<FileEnd> end = state->not_started(no_start);
            if (no_start.empty()) end = co_await serve(state, worker, job);
            worker->deadline.cancel();
            worker->child.end();
            if (state->stopped) break;
            job.on_end(std::move(end));
        }
        worker->child.end();
    }

    Result<FileEnd> not_started(const std::string& why) const {
        return fail(Remedy::call_person,
                    "cannot start " + options.program + " (" + why + "): install it beside kemasd");
    }

    // `job` lives in the frame of work().
    static asio::awaitable<Result<FileEnd>> serve(std::shared_ptr<State> state,
                                                  std::shared_ptr<Worker> worker, Job& job) {
        worker->overdue = false;
        worker->pages = 0;
        worker->last = Clock::now() + std::chrono::milliseconds(state->options.file_limit_ms);
        state->limit(worker);
        const auto body = to_bytes(job.request);
        const auto head = pack({FrameKind::request, static_cast<std::uint32_t>(body.size())});
        const std::array<asio::const_buffer, 2> request{asio::buffer(head), asio::buffer(body)};
        auto [error, written] =
            co_await asio::async_write(worker->child.socket(), request, kAsTuple);
        while (!error && !state->stopped) {
            std::string heard;
            const auto frame = co_await hear(worker, heard);
            if (!frame) break;
            if (frame->kind == FrameKind::end) {
                auto end = end_of(heard);
                if (!end || end->pages != worker->pages) break;  // no honest child says so
                ++state->counts.files;
                co_return std::move(*end);
            }
            auto page = page_of(heard);
            if (!page || ++worker->pages > kMostPages) break;
            state->limit(worker);
            job.on_page(std::move(*page));
        }
        co_return state->lost(*worker);
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

    Result<FileEnd> lost(const Worker& worker) {
        ++counts.deaths;
        const auto after = "after " + std::to_string(worker.pages) + " pages";
        if (worker.overdue)
            return fail(Remedy::stop, "the file took too long to read, " + after +
                                          ": split it or download it again");
        return fail(Remedy::stop, "the file stopped its reader " + after +
                                      ": download it again, or print that page where it came from");
    }
};

PageReader::PageReader(asio::any_io_executor executor, ReaderOptions options)
    : state_(std::make_shared<State>(executor, std::move(options))) {}

PageReader::~PageReader() {
    stop();
}

void PageReader::read(PageRequest request, OnPage on_page, OnEnd on_end) {
    if (state_->stopped) return;
    const char* no = nullptr;
    if (request.file.size() > kMostFileBytes) no = "the file is too large: at most 32 MiB";
    if (state_->jobs.size() >= state_->options.max_waiting)
        no = "too many files of labels wait to be read: send it again";
    if (!no)
        return state_->submit({std::move(request), std::move(on_page), std::move(on_end)}, state_);
    ++state_->counts.refused;
    asio::post(state_->executor, [on_end = std::move(on_end), why = std::string(no)] {
        on_end(fail(Remedy::retry, why));
    });
}

void PageReader::stop() {
    state_->stopped = true;
    state_->jobs.clear();
    for (const auto& worker : state_->workers) {
        worker->deadline.cancel();
        worker->bell.cancel();
        worker->child.end();
    }
    state_->workers.clear();
}

ReaderCounts PageReader::counts() const {
    return state_->counts;
}

}  // namespace kemas::label_pages
