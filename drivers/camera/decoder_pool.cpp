#include "drivers/camera/decoder_pool.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

#include "drivers/camera/decode_wire.hpp"
#include "drivers/sandbox/child_pool.hpp"

namespace kemas::camera {
namespace {

namespace asio = boost::asio;
using sandbox::Worker;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

struct Job {
    std::string picture;
    ReadOptions options;
    DecoderPool::OnRead on_read;
    bool careful = false;
};

}  // namespace

struct DecoderPool::State {
    PoolOptions options;
    PoolCounts counts;
    std::shared_ptr<sandbox::ChildPool<Job>> pool;

    static asio::awaitable<void> serve(std::shared_ptr<State> state, std::shared_ptr<Worker> worker,
                                       Job& job) {
        auto result = co_await decode(state, worker, job);
        // ZXing aborts on some honest pictures: looked at once more, one code at a time.
        if (!result && !state->pool->stopped() && result.error().remedy == Remedy::reconnect) {
            job.careful = true;
            result = co_await decode(state, worker, job);
        }
        if (!state->pool->stopped()) job.on_read(std::move(result));
    }

    static asio::awaitable<Result<std::vector<Barcode>>> decode(std::shared_ptr<State> state,
                                                                std::shared_ptr<Worker> worker,
                                                                Job& job) {
        auto& child = worker->child;
        if (worker->served >= state->options.pictures_a_child) child.end();
        const bool anew = !child.running();
        if (auto started = worker->start(state->options.program); !started)
            co_return fail(started.error().remedy, std::move(started.error().what));
        state->counts.started += anew;
        const auto number = static_cast<std::uint32_t>(++worker->served);
        worker->limit(Worker::Clock::now() +
                      std::chrono::milliseconds(state->options.time_limit_ms));
        const auto flags = (job.options.thorough ? kThorough : 0U) | (job.careful ? kCareful : 0U);
        const auto head = pack(
            {number, job.options.formats | flags, static_cast<std::uint32_t>(job.picture.size())});
        const std::array<asio::const_buffer, 2> request{asio::buffer(head),
                                                        asio::buffer(job.picture)};
        auto [write_error, written] = co_await asio::async_write(child.socket(), request, kAsTuple);
        std::string text;
        std::optional<Head> answer;
        if (!write_error) answer = co_await hear(worker, text);
        worker->unlimit();
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
        if (worker.overdue())
            return fail(Remedy::stop, "the picture took too long to decode: send a smaller one");
        return fail(Remedy::reconnect, "the picture stopped its decoder: take another one");
    }
};

DecoderPool::DecoderPool(asio::any_io_executor executor, PoolOptions options)
    : state_(std::make_shared<State>()) {
    const sandbox::ChildPoolOptions children{options.program, options.children};
    state_->options = std::move(options);
    const auto serve = [state = state_](std::shared_ptr<Worker> worker, Job& job) {
        return State::serve(state, std::move(worker), job);
    };
    state_->pool = std::make_shared<sandbox::ChildPool<Job>>(executor, children, serve);
}

DecoderPool::~DecoderPool() {
    stop();
}

void DecoderPool::read(std::string picture, ReadOptions options, OnRead on_read) {
    auto& pool = *state_->pool;
    const char* no = nullptr;
    if (picture.size() > kMostPictureBytes) no = "the picture is too large: at most 16 MiB";
    if (pool.waiting() >= state_->options.max_waiting)
        no = "too many pictures wait to be decoded: send it again";
    if (pool.stopped()) return;
    if (!no) return pool.submit({std::move(picture), options, std::move(on_read)});
    ++state_->counts.refused;
    asio::post(pool.executor(), [on_read = std::move(on_read), why = std::string(no)] {
        on_read(fail(Remedy::retry, why));
    });
}

void DecoderPool::stop() {
    state_->pool->stop();
}

PoolCounts DecoderPool::counts() const {
    return state_->counts;
}

}  // namespace kemas::camera
