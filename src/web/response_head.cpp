#include "web/response_head.hpp"

#include <array>
#include <cassert>
#include <charconv>

#include "web/text.hpp"

namespace kemas::web {

namespace {

// reference/pages.md, section 11.
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src "
    "'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";
constexpr std::string_view data_policy = "default-src 'none'; frame-ancestors 'none'";

void number(std::string& out, std::size_t value) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    for (const char c : value) {  // an answer can never be split by a value from outside
        out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
    }
    out += "\r\n";
}

}  // namespace

std::string_view reason_of(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Answer";
    }
}

std::string http_date(std::time_t now) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 40> text{};
    const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
    return {text.data(), size};
}

bool covers(std::string_view if_none_match, std::string_view etag) {
    while (!if_none_match.empty()) {
        const auto end = if_none_match.find(',');
        auto one = trim(if_none_match.substr(0, end));
        if (one == "*") return true;
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one.size() == etag.size() + 2 && one.front() == '"' && one.back() == '"' &&
            one.substr(1, etag.size()) == etag) {
            return true;
        }
        if (end == std::string_view::npos) return false;
        if_none_match.remove_prefix(end + 1);
    }
    return false;
}

void write_head(std::string& out, const Response& response, std::size_t body_bytes,
                std::string_view date, bool keep_alive) {
    out.assign("HTTP/1.1 ");
    number(out, response.status);
    out += ' ';
    out += reason_of(response.status);
    out +=
        "\r\nServer: kemas\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
    field(out, "Date", date);
    if (response.status != 204 && response.status != 304) {
        field(out, "Content-Type", response.content_type);
        out += "Content-Length: ";
        number(out, body_bytes);
        out += "\r\n";
    }
    const bool page = response.content_type.starts_with("text/html");
    field(out, "Content-Security-Policy", page ? page_policy : data_policy);
    if (!response.cache_control.empty()) {
        field(out, "Cache-Control", response.cache_control);
    } else {
        out +=
            response.etag.empty() ? "Cache-Control: no-store\r\n" : "Cache-Control: no-cache\r\n";
    }
    if (!response.etag.empty()) {
        assert(response.etag.find_first_of("\"\r\n") == std::string::npos);
        out += "ETag: \"";
        out += response.etag;
        out += "\"\r\n";
    }
    for (const auto& [name, value] : response.headers) field(out, name, value);
    out += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
}

}  // namespace kemas::web
