#include "drivers/camera/snapshot.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <filesystem>
#include <fstream>

#include "drivers/camera/decode_wire.hpp"

namespace kemas::camera {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kMostFiles = 10'000;  // of a folder, looked at in one go

}  // namespace

struct SnapshotCall::Parts {
    explicit Parts(const asio::any_io_executor& executor)
        : resolver(executor), socket(executor), deadline(executor) {}
    tcp::resolver resolver;
    tcp::socket socket;
    asio::steady_timer deadline;
    bool over = false;  // the deadline passed, or it was cancelled
    void end() {
        over = true;
        resolver.cancel();
        error_code ignored;
        socket.close(ignored);
    }
};

SnapshotCall::SnapshotCall(const asio::any_io_executor& executor)
    : parts(std::make_shared<Parts>(executor)) {}
SnapshotCall::~SnapshotCall() = default;

void SnapshotCall::cancel() {
    parts->deadline.cancel();
    parts->end();
}

namespace {

asio::awaitable<Result<std::string>> ask_for(std::shared_ptr<SnapshotCall::Parts> parts,
                                             const SnapshotOptions& options) {
    const std::string port = std::to_string(options.port);
    auto [resolve_error, found] =
        co_await parts->resolver.async_resolve(options.host, port, kAsTuple);
    if (resolve_error) co_return fail(Remedy::retry, resolve_error.message());
    auto [connect_error, at] = co_await asio::async_connect(parts->socket, found, kAsTuple);
    if (connect_error) co_return fail(Remedy::retry, connect_error.message());
    http::request<http::empty_body> request(http::verb::get, options.path, 11);
    request.set(http::field::host, options.host + ":" + port);
    request.set(http::field::accept, "image/jpeg, image/png");
    request.set(http::field::connection, "close");
    if (!options.authorization.empty())
        request.set(http::field::authorization, options.authorization);
    auto [write_error, written] = co_await http::async_write(parts->socket, request, kAsTuple);
    if (write_error) co_return fail(Remedy::retry, write_error.message());
    boost::beast::flat_buffer buffer(65'536);
    http::response_parser<http::string_body> parser;
    parser.body_limit(kMostPictureBytes);
    auto [read_error, size] = co_await http::async_read(parts->socket, buffer, parser, kAsTuple);
    if (read_error) co_return fail(Remedy::retry, read_error.message());
    if (parser.get().result() != http::status::ok)
        co_return fail(Remedy::call_person,
                       "it answered " + std::to_string(parser.get().result_int()));
    co_return std::move(parser.get().body());
}

}  // namespace

asio::awaitable<Result<std::string>> fetch_snapshot(std::shared_ptr<SnapshotCall> call,
                                                    SnapshotOptions options) {
    const auto parts = call->parts;
    if (parts->over) co_return fail(Remedy::retry, "stopped");
    parts->deadline.expires_after(std::chrono::milliseconds(options.timeout_ms));
    parts->deadline.async_wait([parts](error_code ec) {
        if (!ec) parts->end();
    });
    auto picture = co_await ask_for(parts, options);
    const bool late = parts->over;
    parts->deadline.cancel();
    error_code ignored;
    parts->socket.close(ignored);
    if (late) co_return fail(Remedy::retry, "no picture in time");
    co_return picture;
}

Result<std::string> PictureFolder::take() {
    std::error_code ec;
    fs::directory_iterator each(folder_, ec);
    if (ec) return fail(Remedy::call_person, "cannot read " + folder_ + " (" + ec.message() + ")");
    std::map<std::string, std::uintmax_t> sizes;
    fs::path oldest;
    fs::file_time_type since{};
    for (; each != fs::directory_iterator() && sizes.size() < kMostFiles; each.increment(ec)) {
        if (ec) break;
        std::error_code gone;
        const auto& path = each->path();
        if (path.filename().string().starts_with('.') || !each->is_regular_file(gone) ||
            each->is_symlink(gone))
            continue;
        const auto size = each->file_size(gone);
        const auto time = each->last_write_time(gone);
        if (gone) continue;
        sizes[path.filename().string()] = size;
        const auto known = sizes_.find(path.filename().string());
        if (known == sizes_.end() || known->second != size) continue;  // it may still grow
        if (oldest.empty() || time < since) oldest = path, since = time;
    }
    sizes_ = std::move(sizes);
    if (oldest.empty()) return std::string{};
    std::string picture;
    if (fs::file_size(oldest, ec) <= kMostPictureBytes && !ec) {
        std::ifstream file(oldest, std::ios::binary);
        picture.assign(std::istreambuf_iterator<char>(file), {});
    }
    if (picture.empty()) picture = "too large, or empty";  // its decoder says that it is no picture
    if (!fs::remove(oldest, ec) || ec)
        return fail(Remedy::call_person, "cannot remove " + oldest.string() + " (" + ec.message() +
                                             "): let kemas write to the folder");
    return picture;
}

}  // namespace kemas::camera
