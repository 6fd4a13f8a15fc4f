#include "http/http_client.hpp"

#include <curl/curl.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <charconv>
#include <map>
#include <mutex>
#include <thread>

namespace kemas::http {
namespace {

constexpr long kMostAtOnce = 64;
constexpr int kPollMs = 1'000;

// libcurl wants its global start once, before any thread of it runs.
void start_curl() {
    static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)started;
}

struct Call {
    Request request;
    HttpClient::OnResponse on_response;
    Response response;
    bool too_large = false;
    curl_slist* headers = nullptr;
    CURL* easy = nullptr;
    ~Call() {
        curl_slist_free_all(headers);
        if (easy) curl_easy_cleanup(easy);
    }
};

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& call = *static_cast<Call*>(self);
    const auto length = size * count;
    if (call.response.body.size() + length > call.request.most_bytes) {
        call.too_large = true;
        return 0;
    }
    call.response.body.append(bytes, length);
    return length;
}

std::string fault_of(CURLcode code, const Call& call) {
    if (call.too_large)
        return "its answer is longer than " + std::to_string(call.request.most_bytes) + " bytes";
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return "no whole answer within " + std::to_string(call.request.deadline_ms) + " ms";
        case CURLE_COULDNT_CONNECT:
            return "nobody answers at its address";
        case CURLE_COULDNT_RESOLVE_HOST:
            return "its name is not known to the DNS";
        case CURLE_PEER_FAILED_VERIFICATION:
            return "its certificate is not trusted";
        default:
            return std::string("the connection broke: ") + curl_easy_strerror(code);
    }
}

void add_header(Call& call, const std::string& line) {
    call.headers = curl_slist_append(call.headers, line.c_str());
}

void prepare(Call& call) {
    call.easy = curl_easy_init();
    const auto set = [&](auto option, auto value) { curl_easy_setopt(call.easy, option, value); };
    const auto& request = call.request;
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");
    // On a connection that was used before, libcurl sends a request again by itself when the peer
    // closes it without an answer: it may have been done by then.
    if (request.method != "GET") set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.deadline_ms));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.deadline_ms));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_WRITEFUNCTION, on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&call));
    set(CURLOPT_PRIVATE, static_cast<void*>(&call));
    if (request.method != "GET") {
        set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
        // On a connection used before, libcurl sends again by itself what got no answer: an act
        // would be done twice. On its own it never does.
        set(CURLOPT_FRESH_CONNECT, 1L);
    }
    if (!request.body.empty()) {
        set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        set(CURLOPT_POSTFIELDS, request.body.c_str());
        add_header(call, "Content-Type: application/json");
    } else if (request.method == "POST") {
        set(CURLOPT_POSTFIELDSIZE, 0L);
        set(CURLOPT_POSTFIELDS, "");
    }
    add_header(call, "Accept: application/json");
    add_header(call, "Expect:");
    if (!request.bearer_token.empty())
        add_header(call, "Authorization: Bearer " + request.bearer_token);
    if (!request.idempotency_key.empty())
        add_header(call, "Idempotency-Key: " + request.idempotency_key);
    set(CURLOPT_HTTPHEADER, call.headers);
}

// The transfer begins when the connection is made and, of HTTPS, its certificate is verified.
bool never_sent(const Call& call) {
    curl_off_t began_us = 0;
    long sent_bytes = 0;
    curl_easy_getinfo(call.easy, CURLINFO_PRETRANSFER_TIME_T, &began_us);
    curl_easy_getinfo(call.easy, CURLINFO_REQUEST_SIZE, &sent_bytes);
    return began_us == 0 && sent_bytes == 0;
}

void finish(Call& call, CURLcode code) {
    auto& response = call.response;
    if (code != CURLE_OK) {
        response.fault = fault_of(code, call);
        response.never_sent = never_sent(call);
        response.body.clear();
        return;
    }
    long status = 0;
    curl_easy_getinfo(call.easy, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
    const char* type = nullptr;
    curl_easy_getinfo(call.easy, CURLINFO_CONTENT_TYPE, &type);
    if (type) response.content_type = type;
    curl_off_t wait_s = 0;
    curl_easy_getinfo(call.easy, CURLINFO_RETRY_AFTER, &wait_s);
    response.retry_after.value = std::min<curl_off_t>(wait_s, 86'400) * 1000;
}

}  // namespace

struct HttpClient::State : std::enable_shared_from_this<State> {
    explicit State(boost::asio::any_io_executor loop_) : loop(std::move(loop_)) {
        start_curl();
        multi = curl_multi_init();
        curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, kMostAtOnce);
    }
    ~State() { curl_multi_cleanup(multi); }

    void work();
    void take_new();
    void take_done();
    void answer(std::unique_ptr<Call> call);

    boost::asio::any_io_executor loop;
    CURLM* multi = nullptr;
    std::mutex mutex;
    std::vector<std::unique_ptr<Call>> fresh;
    std::map<CURL*, std::unique_ptr<Call>> running;  // of the thread alone
    std::atomic<bool> stopping = false;
    std::thread thread;
};

void HttpClient::State::take_new() {
    std::vector<std::unique_ptr<Call>> calls;
    {
        const std::lock_guard lock(mutex);
        calls.swap(fresh);
    }
    for (auto& call : calls) {
        prepare(*call);
        curl_multi_add_handle(multi, call->easy);
        auto* const easy = call->easy;
        running.emplace(easy, std::move(call));
    }
}

void HttpClient::State::take_done() {
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const auto code = message->data.result;
        auto node = running.extract(message->easy_handle);
        curl_multi_remove_handle(multi, node.key());
        finish(*node.mapped(), code);
        answer(std::move(node.mapped()));
    }
}

void HttpClient::State::answer(std::unique_ptr<Call> call) {
    std::shared_ptr<Call> done = std::move(call);
    boost::asio::post(loop, [self = shared_from_this(), done] {
        if (!self->stopping) done->on_response(std::move(done->response));
    });
}

void HttpClient::State::work() {
    while (!stopping) {
        take_new();
        int active = 0;
        curl_multi_perform(multi, &active);
        take_done();
        curl_multi_poll(multi, nullptr, 0, kPollMs, nullptr);
    }
    for (auto& [easy, call] : running) curl_multi_remove_handle(multi, easy);
    running.clear();
}

HttpClient::HttpClient(boost::asio::any_io_executor loop)
    : state_(std::make_shared<State>(std::move(loop))) {
    state_->thread = std::thread([state = state_.get()] { state->work(); });
}

HttpClient::~HttpClient() {
    stop();
}

void HttpClient::call(Request request, OnResponse on_response) {
    if (state_->stopping) return;
    auto call = std::make_unique<Call>();
    call->request = std::move(request);
    call->on_response = std::move(on_response);
    {
        const std::lock_guard lock(state_->mutex);
        state_->fresh.push_back(std::move(call));
    }
    curl_multi_wakeup(state_->multi);
}

void HttpClient::stop() {
    state_->stopping = true;
    if (!state_->thread.joinable()) return;
    curl_multi_wakeup(state_->multi);
    state_->thread.join();
}

}  // namespace kemas::http
