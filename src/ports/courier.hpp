// A courier's own service: makes shipments, tells what it has under our reference, voids. Each call
// is one try; whoever calls looks up before trying again. Answers come back on the loop thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/input.hpp"

namespace kemas {

// What a shipment is asked for with. Personal data: never logged.
struct ShipmentAsk {
    std::string reference, service;
    std::int64_t weight_g = 0;
    Size outer;  // 0 = not known
    Person ship_to;
    std::string area_code;
    std::string sender_name, sender_phone, sender_address;
    std::optional<Money> cod;
    Money value;
    std::string currency;
    int exponent = 0;  // of the currency's minor unit
};

struct CourierAnswer {
    enum class Kind {
        answered,  // `found` says what there is
        refused,   // it will not, and did nothing: `field` and `why`
        unknown,   // no answer, or none that can be believed: it may have done it
    };
    Kind kind = Kind::unknown;
    std::vector<GivenNumber> found;
    std::string field, why;
    std::string refund;        // of a void: "full", "none", ... as the courier says
    Milliseconds retry_after;  // 0 = not told
    bool never_sent = false;   // unknown: and yet certain that it did nothing
};

struct CourierLabel {
    std::string format;  // "zpl", "pdf", "png"
    std::string bytes;
};
struct TrackingEvent {
    Instant at;
    std::string status, place;
};

class Courier {
 public:
    using OnAnswer = std::function<void(CourierAnswer)>;
    using OnLabel = std::function<void(Result<CourierLabel>)>;
    using OnTrack = std::function<void(Result<std::vector<TrackingEvent>>)>;

    virtual ~Courier() = default;
    virtual void create(const ShipmentAsk& ask, OnAnswer on_answer) = 0;
    virtual void find(const std::string& reference, OnAnswer on_answer) = 0;
    virtual void cancel(const std::string& reference, OnAnswer on_answer) = 0;
    virtual void label(const std::string& reference, OnLabel on_label) = 0;
    virtual void track(const std::string& reference, OnTrack on_track) = 0;
    virtual void stop() = 0;  // no answer comes after it
};

}  // namespace kemas
