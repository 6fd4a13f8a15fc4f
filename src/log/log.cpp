#include "log/log.hpp"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>
#include <ctime>
#include <memory>
#include <mutex>

namespace kemas::log {
namespace {

constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warn", "error"};
constexpr std::array<spdlog::level::level_enum, 4> spdlog_levels{
    spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};

spdlog::level::level_enum to_spdlog(Level level) {
    return spdlog_levels[static_cast<std::size_t>(level)];
}

class CallbackSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
    explicit CallbackSink(Sink hear) : sink_(std::move(hear)) {}

 private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        sink_(std::string_view(message.payload.data(), message.payload.size()));
    }
    void flush_() override {}

    Sink sink_;
};

std::shared_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink) {
    auto made = std::make_shared<spdlog::logger>("kemas", std::move(sink));
    made->set_pattern("%v");
    made->set_level(spdlog::level::info);
    return made;
}

std::shared_ptr<spdlog::logger>& logger() {
    static auto the_logger = make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    return the_logger;
}

// Bytes of the well-formed UTF-8 character at the front (RFC 3629); 0 = malformed.
std::size_t character_size(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    const std::size_t size = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
    if (size == 0 || size > text.size()) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    if (size < 3) return size;
    const unsigned second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second > 0x9F;
    const bool too_high = first == 0xF4 && second > 0x8F;
    return overlong || surrogate || too_high ? 0 : size;
}

void append_escaped_unit(std::string& out, unsigned unit) {
    static constexpr char digits[] = "0123456789abcdef";
    out += "\\u00";
    out += digits[unit >> 4 & 15];
    out += digits[unit & 15];
}

// JSON text. C0 and C1 controls are escaped, so no terminal that shows the log obeys them.
void append_text(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto size = character_size(text);
        const auto first = static_cast<unsigned char>(text[0]);
        const auto second = size == 2 ? static_cast<unsigned char>(text[1]) : 0u;
        if (size == 0) {
            out += "\\ufffd";
        } else if (first == '"' || first == '\\') {
            (out += '\\') += text[0];
        } else if (first < 0x20 || first == 0x7F) {
            append_escaped_unit(out, first);
        } else if (first == 0xC2 && second < 0xA0) {
            append_escaped_unit(out, second);
        } else {
            out += text.substr(0, size);
        }
        text.remove_prefix(size == 0 ? 1 : size);
    }
    out += '"';
}

void append_time(std::string& out) {
    using namespace std::chrono;
    const auto now = system_clock::now();
    const auto since = duration_cast<milliseconds>(now.time_since_epoch()).count();
    const std::time_t seconds = system_clock::to_time_t(now);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char date[24];
    const auto size = std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
    out.append(date, size);
    const auto thousandths = std::to_string(since % 1000);
    (((out += '.').append(3 - thousandths.size(), '0')) += thousandths) += 'Z';
}

void append_value(std::string& out, const Field& field) {
    if (const auto* text = std::get_if<std::string_view>(&field.value))
        append_text(out, *text);
    else if (const auto* number = std::get_if<std::int64_t>(&field.value))
        out += std::to_string(*number);
    else
        out += std::get<bool>(field.value) ? "true" : "false";
}

}  // namespace

std::string_view to_text(Level level) {
    return level_names[static_cast<std::size_t>(level)];
}

std::optional<Level> level_named(std::string_view text) {
    for (std::size_t i = 0; i < level_names.size(); ++i)
        if (level_names[i] == text) return static_cast<Level>(i);
    return std::nullopt;
}

void event(Level level, std::string_view name, Fields fields) {
    if (!is_enabled(level)) return;
    std::string line = "{\"time\":\"";
    append_time(line);
    (line += "\",\"level\":\"") += to_text(level);
    line += "\",\"event\":";
    append_text(line, name);
    for (const auto& field : fields) {
        line += ',';
        append_text(line, field.key);
        line += ':';
        append_value(line, field);
    }
    line += '}';
    // A string_view is written as it is: nothing in it is ever taken for a format.
    logger()->log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

void set_level(Level least) {
    logger()->set_level(to_spdlog(least));
}

bool is_enabled(Level level) {
    return logger()->should_log(to_spdlog(level));
}

void set_sink(Sink sink) {
    const auto level = logger()->level();
    logger() = sink ? make_logger(std::make_shared<CallbackSink>(std::move(sink)))
                    : make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger()->set_level(level);
}

}  // namespace kemas::log
