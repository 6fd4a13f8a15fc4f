#include "intake/instant_text.hpp"

#include <chrono>
#include <cstdio>
#include <optional>

namespace kemas::intake {
namespace {

class Reader {
 public:
    explicit Reader(std::string_view text) : rest_(text) {}

    std::optional<int> digits(std::size_t count) {
        if (rest_.size() < count) return std::nullopt;
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_[i] < '0' || rest_[i] > '9') return std::nullopt;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }
    bool take(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool done() const { return rest_.empty(); }

 private:
    std::string_view rest_;
};

tl::unexpected<std::string> bad(std::string_view text, std::string_view why) {
    std::string reason = "is '";
    reason += text.substr(0, 40);
    reason += "': ";
    reason += why;
    return tl::unexpected<std::string>(std::move(reason));
}

constexpr std::string_view kShape = "must look like 2026-11-21T16:00:00+07:00";

// Minutes east of UTC; nothing when malformed.
std::optional<int> offset_minutes(Reader& in) {
    if (in.take("Zz")) return 0;
    const int sign = in.peek() == '-' ? -1 : 1;
    if (!in.take("+-")) return std::nullopt;
    const auto hours = in.digits(2);
    if (!hours) return std::nullopt;
    int minutes = 0;
    const bool colon = in.take(":");
    if (colon || !in.done()) {
        const auto read = in.digits(2);
        if (!read) return std::nullopt;
        minutes = *read;
    }
    if (*hours > 18 || minutes > 59) return std::nullopt;
    return sign * (*hours * 60 + minutes);
}

}  // namespace

tl::expected<Instant, std::string> parse_instant(std::string_view text) {
    Reader in(text);
    const auto year = in.digits(4);
    const bool dash1 = in.take("-");
    const auto month = in.digits(2);
    const bool dash2 = in.take("-");
    const auto day = in.digits(2);
    const bool separator = in.take("Tt ");
    const auto hour = in.digits(2);
    const bool colon = in.take(":");
    const auto minute = in.digits(2);
    if (!year || !dash1 || !month || !dash2 || !day || !separator || !hour || !colon || !minute) {
        return bad(text, kShape);
    }
    int second = 0;
    int millisecond = 0;
    if (in.take(":")) {
        const auto read = in.digits(2);
        if (!read) return bad(text, kShape);
        second = *read;
        if (in.take(".,")) {
            int digits = 0;
            for (; in.peek() >= '0' && in.peek() <= '9'; ++digits) {
                const int digit = *in.digits(1);
                if (digits < 3) millisecond = millisecond * 10 + digit;
            }
            if (digits == 0) return bad(text, kShape);
            for (; digits < 3; ++digits) millisecond *= 10;
        }
    }
    if (in.done()) return bad(text, "has no offset; add Z for UTC, or +07:00");
    const auto offset = offset_minutes(in);
    if (!offset || !in.done()) return bad(text, kShape);

    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return bad(text, "there is no such day");
    if (*hour > 23 || *minute > 59 || second > 59) return bad(text, "there is no such time of day");
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t minutes = (days * 24 + *hour) * 60 + *minute - *offset;
    const Instant at{(minutes * 60 + second) * 1000 + millisecond};
    if (at.value <= 0) return bad(text, "must be after 1970");
    return at;
}

std::string instant_text(Instant at) {
    using namespace std::chrono;
    const auto time = sys_time<milliseconds>(milliseconds(at.value));
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[64];
    std::snprintf(
        text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

}  // namespace kemas::intake
