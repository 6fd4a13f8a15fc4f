#include "orderdb/link.hpp"

#include <soci/postgresql/soci-postgresql.h>

#include <algorithm>

namespace kemas::orderdb {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kFirstPause{200}, kLongestPause{5000};

// SOCI's own message, without the bound values it adds: those are personal data.
std::string message_of(const soci::soci_error& error) {
    std::string text = error.get_error_message();
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

Remedy remedy_of(const soci::soci_error& error) {
    if (const auto* own = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
        const std::string state = own->sqlstate();
        // rolled back, not the right state, out of means, ended by an operator
        for (const std::string_view kind : {"40", "55", "53", "57", "08"}) {
            if (state.starts_with(kind)) return Remedy::retry;
        }
        if (state.starts_with("22")) return Remedy::call_person;
    }
    switch (error.get_error_category()) {
        case soci::soci_error::invalid_statement:
        case soci::soci_error::no_privilege:
        case soci::soci_error::constraint_violation:
            return Remedy::call_person;
        default:
            return Remedy::retry;
    }
}

}  // namespace

Link::Link(Backend backend, OrderDbOptions options)
    : backend_(backend), options_(std::move(options)) {}

std::string Link::name() const {
    return "order database (" + options_.backend + ")";
}

void Link::log(const std::string& sentence) const {
    if (options_.log) options_.log(sentence);
}

Result<void> Link::run(std::string_view doing,
                       const std::function<Result<void>(Connection&)>& work) {
    if (!watchdog_.begin(milliseconds(options_.deadline_ms))) {
        return fail(Remedy::stop, name() + ": interrupted, the service is stopping");
    }
    auto result = run_within_deadline(doing, work);
    watchdog_.end();
    return result;
}

Result<void> Link::run_within_deadline(std::string_view doing,
                                       const std::function<Result<void>(Connection&)>& work) {
    if (!connection_) {
        if (std::chrono::steady_clock::now() < not_before_) {
            return fail(Remedy::retry, last_failure_);
        }
        try {
            connection_ = std::make_unique<Connection>(backend_, options_, watchdog_, may_create_);
        } catch (const soci::soci_error& error) {
            return connect_failed(message_of(error));
        } catch (const std::exception& error) {
            return connect_failed(error.what());
        }
        pause_ = milliseconds(0);
        log(name() + ": connected");
    }
    try {
        return work(*connection_);
    } catch (const soci::soci_error& error) {
        return call_failed(doing, error);
    } catch (const std::exception& error) {
        return call_failed(doing, soci::soci_error(error.what()));
    }
}

tl::unexpected<Fault> Link::connect_failed(const std::string& why) {
    pause_ = std::clamp(pause_ * 2, kFirstPause, kLongestPause);
    not_before_ = std::chrono::steady_clock::now() + pause_;
    if (watchdog_.is_interrupted()) {
        return fail(Remedy::stop, name() + ": interrupted, the service is stopping");
    }
    last_failure_ = name() + ": cannot connect: " + why;
    if (watchdog_.is_cut()) {
        last_failure_ = name() + ": no answer to the connect within " +
                        std::to_string(options_.deadline_ms) + " ms";
    }
    last_failure_ +=
        "; it is tried again by itself, check that the server runs and the site file's "
        "connect string is right";
    log(last_failure_);
    return fail(Remedy::retry, last_failure_);
}

tl::unexpected<Fault> Link::call_failed(std::string_view doing, const soci::soci_error& error) {
    const std::string place = name() + ": while " + std::string(doing) + ": ";
    Fault fault;
    if (watchdog_.is_interrupted()) {
        fault = {Remedy::stop, place + "interrupted, the service is stopping"};
    } else if (watchdog_.is_cut()) {
        fault = {Remedy::retry, place + "no answer within " + std::to_string(options_.deadline_ms) +
                                    " ms, the connection was cut; it is tried again by itself"};
    } else {
        fault = {remedy_of(error), place + message_of(error)};
        fault.what += fault.remedy == Remedy::retry
                          ? "; it is tried again by itself"
                          : "; compare the tables with config/orderdb/" + options_.backend + ".sql";
    }
    connection_.reset();
    log(fault.what);
    return tl::unexpected<Fault>(std::move(fault));
}

}  // namespace kemas::orderdb
