#include "drivers/camera/decoder_pool.hpp"

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
#include "drivers/camera/decode_wire.hpp"

namespace kemas::camera {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

struct Job {
    std::string picture;
    ReadOptions options;
    DecoderPool::OnRead on_read;
    bool careful = false;
};

void rethrow_end(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
}

}  // namespace

struct DecoderPool::State {
    struct Worker {
        explicit Worker(const asio::any_io_executor& executor)
            : child(executor), deadline(executor), bell(executor) {}
        Child child;
        asio::steady_timer deadline, bell;
        std::uint64_t done = 0;  // by this child
        std::uint32_t number = 0;
        bool idle = false, overdue = false;
    };

    State(const asio::any_io_executor& executor_, PoolOptions given)
        : executor(executor_), options(std::move(given)) {}

    asio::any_io_executor executor;
    PoolOptions options;
    std::deque<Job> jobs;
    std::vector<std::shared_ptr<Worker>> workers;
    PoolCounts counts;
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

    void limit(const std::shared_ptr<Worker>& worker) {
        worker->overdue = false;
        worker->deadline.expires_after(std::chrono::milliseconds(options.time_limit_ms));
        worker->deadline.async_wait([worker](error_code ec) {
            if (ec) return;
            worker->overdue = true;
            worker->child.end();  // what waits on its socket wakes up
        });
    }

    static asio::awaitable<void> work(std::shared_ptr<State> state,
                                      std::shared_ptr<Worker> worker) {
        while (!state->stopped) {
            if (state->jobs.empty()) {
                worker->idle = true;
                worker->bell.expires_at(asio::steady_timer::time_point::max());
                co_await worker->bell.async_wait(kAsTuple);
                worker->idle = false;
                continue;
            }
            Job job = std::move(state->jobs.front());
            state->jobs.pop_front();
            auto result = co_await decode(state, worker, job);
            // ZXing aborts on some honest pictures: looked at once more, one code at a time.
            if (!result && !state->stopped && result.error().remedy == Remedy::reconnect) {
                job.careful = true;
                result = co_await decode(state, worker, job);
            }
            if (state->stopped) break;
            job.on_read(std::move(result));
        }
        worker->child.end();
    }

    // `job` lives in the frame of work().
    static asio::awaitable<Result<std::vector<Barcode>>> decode(std::shared_ptr<State> state,
                                                                std::shared_ptr<Worker> worker,
                                                                Job& job) {
        auto& child = worker->child;
        if (worker->done >= state->options.pictures_a_child) child.end();
        if (!child.running()) {
            worker->done = 0;
            if (const auto why = child.start(state->options.program); !why.empty())
                co_return fail(Remedy::call_person, "cannot start " + state->options.program +
                                                        " (" + why + "): install it beside kemasd");
            ++state->counts.started;
        }
        const std::uint32_t number = ++worker->number;
        state->limit(worker);
        const auto flags = (job.options.thorough ? kThorough : 0U) | (job.careful ? kCareful : 0U);
        const auto head = pack(
            {number, job.options.formats | flags, static_cast<std::uint32_t>(job.picture.size())});
        const std::array<asio::const_buffer, 2> request{asio::buffer(head),
                                                        asio::buffer(job.picture)};
        auto [write_error, written] = co_await asio::async_write(child.socket(), request, kAsTuple);
        std::string text;
        std::optional<Head> answer;
        if (!write_error) answer = co_await hear(worker, text);
        worker->deadline.cancel();
        ++worker->done;
        if (!answer || answer->number != number) co_return state->lost(*worker);
        ++state->counts.pictures;
        if (answer->word != static_cast<std::uint32_t>(Status::seen)) {
            ++state->counts.unreadable;
            co_return fail(Remedy::stop, "not a picture that can be read: " +
                                             escaped(std::string_view(text).substr(0, 200)));
        }
        auto codes = barcodes_of(text);
        if (!codes) co_return state->lost(*worker);  // no honest child says so
        co_return std::move(*codes);
    }

    static asio::awaitable<std::optional<Head>> hear(std::shared_ptr<Worker> worker,
                                                     std::string& text) {
        HeadBytes bytes{};
        const auto head_room = asio::buffer(bytes);
        auto [error, size] = co_await asio::async_read(worker->child.socket(), head_room, kAsTuple);
        const auto head = unpack(bytes);
        if (error || !head || head->size > kMostAnswerBytes) co_return std::nullopt;
        text.resize(head->size);
        const auto room = asio::buffer(text);
        auto [text_error, text_size] =
            co_await asio::async_read(worker->child.socket(), room, kAsTuple);
        if (text_error) co_return std::nullopt;
        co_return head;
    }

    Result<std::vector<Barcode>> lost(Worker& worker) {
        ++counts.deaths;
        worker.child.end();
        if (worker.overdue)
            return fail(Remedy::stop, "the picture took too long to decode: send a smaller one");
        return fail(Remedy::reconnect, "the picture stopped its decoder: take another one");
    }
};

DecoderPool::DecoderPool(asio::any_io_executor executor, PoolOptions options)
    : state_(std::make_shared<State>(executor, std::move(options))) {}

DecoderPool::~DecoderPool() {
    stop();
}

void DecoderPool::read(std::string picture, ReadOptions options, OnRead on_read) {
    const char* no = nullptr;
    if (picture.size() > kMostPictureBytes) no = "the picture is too large: at most 16 MiB";
    if (state_->jobs.size() >= state_->options.max_waiting)
        no = "too many pictures wait to be decoded: send it again";
    if (state_->stopped) return;
    if (!no) return state_->submit({std::move(picture), options, std::move(on_read)}, state_);
    ++state_->counts.refused;
    asio::post(state_->executor, [on_read = std::move(on_read), why = std::string(no)] {
        on_read(fail(Remedy::retry, why));
    });
}

void DecoderPool::stop() {
    state_->stopped = true;
    state_->jobs.clear();
    for (const auto& worker : state_->workers) {
        worker->deadline.cancel();
        worker->bell.cancel();
        worker->child.end();
    }
    state_->workers.clear();
}

PoolCounts DecoderPool::counts() const {
    return state_->counts;
}

}  // namespace kemas::camera
