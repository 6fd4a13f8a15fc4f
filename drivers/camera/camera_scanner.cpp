#include "drivers/camera/camera_scanner.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "drivers/camera/snapshot.hpp"
#include "drivers/scanner/scanner_health.hpp"

namespace kemas::camera {
namespace {

namespace asio = boost::asio;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kLongestCode = 512;

bool usable(const std::string& text) {
    for (const char c : text)
        if ((c < ' ' || c > '~') && c != '\x1D') return false;
    return text.size() <= kLongestCode;
}

}  // namespace

struct CameraScanner::State {
    State(const asio::any_io_executor& executor_, DecoderPool& pool_, CameraOptions given)
        : options(std::move(given)),
          executor(executor_),
          pool(pool_),
          pause(executor_),
          answered(executor_),
          health(options.name, options.log),
          sight(options.sight),
          folder(options.folder) {}

    CameraOptions options;
    asio::any_io_executor executor;
    DecoderPool& pool;
    asio::steady_timer pause, answered;
    scanner::HealthRecord health;
    SightFilter sight;
    PictureFolder folder;
    OnScannedLine on_line;
    CameraCounts counts;
    std::shared_ptr<SnapshotCall> call;
    bool stopped = false;

    bool by_http() const { return !options.host.empty(); }
    std::string where() const {
        return by_http()
                   ? "http://" + options.host + ":" + std::to_string(options.port) + options.path
                   : options.folder;
    }

    static asio::awaitable<Result<std::string>> picture(std::shared_ptr<State> state) {
        if (!state->by_http()) co_return state->folder.take();
        state->call = std::make_shared<SnapshotCall>(state->executor);
        SnapshotOptions options;
        options.host = state->options.host;
        options.path = state->options.path;
        options.port = state->options.port;
        options.authorization = state->options.authorization;
        options.timeout_ms = state->options.timeout_ms;
        auto got = co_await fetch_snapshot(state->call, options);
        state->call.reset();
        if (!got)
            co_return fail(got.error().remedy, "no picture from " + state->where() + " (" +
                                                   got.error().what +
                                                   "); check the camera's power and cable");
        co_return got;
    }

    static asio::awaitable<void> watch(std::shared_ptr<State> state) {
        while (!state->stopped) {
            auto got = co_await picture(state);
            if (state->stopped) break;
            if (got) {
                state->health.up("connected", state->where());
                if (!got->empty()) co_await read(state, std::move(*got));
            } else {
                state->health.down("connecting", got.error().what);
            }
            if (state->stopped) break;
            state->pause.expires_after(std::chrono::milliseconds(state->options.poll_ms));
            co_await state->pause.async_wait(kAsTuple);
        }
    }

    static asio::awaitable<void> read(std::shared_ptr<State> state, std::string bytes) {
        state->health.heard();
        state->answered.expires_at(asio::steady_timer::time_point::max());
        state->pool.read(std::move(bytes), state->options.read,
                         [weak = std::weak_ptr(state)](Result<std::vector<Barcode>> codes) {
                             const auto self = weak.lock();
                             if (!self || self->stopped) return;
                             self->saw(codes);
                             self->answered.cancel();
                         });
        co_await state->answered.async_wait(kAsTuple);
    }

    void saw(const Result<std::vector<Barcode>>& codes) {
        ++counts.pictures;
        if (!codes) {
            // One bad picture is no broken camera: it is told, and the next one is looked at.
            if (++counts.failed; options.log)
                options.log("scanner.picture", options.name + ": " + codes.error().what);
            return;
        }
        const auto fresh = by_http() ? sight.next(*codes, scanner::utc_now()) : *codes;
        for (const auto& code : fresh) {
            if (stopped) return;
            if (code.sets_up_reader) continue;  // a sheet that lies on the table
            const std::string text = code.aim + code.text;
            if (!usable(text)) {
                ++counts.unusable;
                continue;
            }
            ScannedLine line;
            line.text = text;
            line.key = options.name + ":" + options.epoch + ":" + std::to_string(++counts.codes);
            line.reply = [](const std::string&) {};  // it has no ear
            line.push = [](const std::string&) {};
            const OnScannedLine tell = on_line;
            tell(std::move(line));
        }
    }
};

CameraScanner::CameraScanner(asio::any_io_executor executor, DecoderPool& pool,
                             CameraOptions options)
    : state_(std::make_shared<State>(executor, pool, std::move(options))) {}

CameraScanner::~CameraScanner() {
    stop();
}

void CameraScanner::start(OnScannedLine on_line) {
    state_->on_line = std::move(on_line);
    state_->health.set_state("connecting");
    asio::co_spawn(state_->executor, State::watch(state_), scanner::rethrow_end);
}

void CameraScanner::stop() {
    state_->stopped = true;
    state_->pause.cancel();
    state_->answered.cancel();
    if (state_->call) state_->call->cancel();
    state_->on_line = nullptr;
    state_->health.stop();
}

DeviceHealth CameraScanner::health() const {
    return state_->health.now();
}
LiveFacts CameraScanner::live() const {
    const CameraCounts& counts = state_->counts;
    return {{"pictures", std::to_string(counts.pictures)},
            {"codes", std::to_string(counts.codes)},
            {"unreadable pictures", std::to_string(counts.failed)},
            {"unusable codes", std::to_string(counts.unusable)}};
}
CameraCounts CameraScanner::counts() const {
    return state_->counts;
}

}  // namespace kemas::camera
