#include "tools/kemasctl/http.hpp"

#include <curl/curl.h>

#include <memory>

namespace kemas::ctl {
namespace {

constexpr long kConnectTimeout_ms = 3'000;
constexpr std::size_t kMostAnswer_bytes = 64 << 20;

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t take(const char* bytes, std::size_t size, std::size_t count, void* body) {
    auto& text = *static_cast<std::string*>(body);
    if (text.size() + size * count > kMostAnswer_bytes) return 0;
    text.append(bytes, size * count);
    return size * count;
}

void add_header(std::unique_ptr<curl_slist, CloseHandle>& list, const std::string& line) {
    list.reset(curl_slist_append(list.release(), line.c_str()));
}

std::string why(CURLcode code, const Server& server) {
    const std::string heard = curl_easy_strerror(code);
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
        return "'" + server.url +
               "' is no http or https address; give one with --url or KEMAS_URL.";
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
        return server.url + " gives no answer in time (" + heard +
               "); what was asked may have happened: look before you repeat it.";
    }
    return "No kemasd answers at " + server.url + " (" + heard +
           "); start it (systemctl start kemasd), or give another address with --url or KEMAS_URL.";
}

}  // namespace

Call get(std::string path) {
    Call call;
    call.path = std::move(path);
    return call;
}

Call post(std::string path, std::string body) {
    Call call = get(std::move(path));
    call.posts = true;
    call.body = std::move(body);
    return call;
}

std::string encode(std::string_view text) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    static constexpr std::string_view kUnreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (kUnreserved.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return out;
}

std::string query(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string out;
    for (const auto& [name, value] : pairs) {
        if (value.empty()) continue;
        out += (out.empty() ? '?' : '&') + name + '=' + encode(value);
    }
    return out;
}

Result<Reply> send(const Server& server, const Call& call) {
    const std::unique_ptr<CURL, CloseHandle> handle(curl_easy_init());
    if (!handle) return fail(Remedy::stop, "libcurl does not start; check its installation.");
    CURL* curl = handle.get();
    const std::string url = server.url + call.path;
    std::unique_ptr<curl_slist, CloseHandle> headers;
    if (!server.token.empty()) add_header(headers, "Authorization: Bearer " + server.token);
    Reply reply;

    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);  // an order may be called ".."
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");    // kemasd is in the same building
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeout_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, call.timeout_ms);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "kemasctl");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
    if (call.posts) {
        add_header(headers, "Content-Type: " + call.content_type);
        add_header(headers, "Expect:");  // a second round trip buys nothing here
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(call.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.data());
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());

    const CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) return fail(Remedy::retry, why(code, server));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    return reply;
}

}  // namespace kemas::ctl
