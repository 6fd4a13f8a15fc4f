#include "app/line_outbox.hpp"

#include <utility>

namespace kemas::app {

void LineOutbox::give(Envelope envelope, runtime::OnDone on_done) {
    if (stopped_) return;
    if (!waiting_.empty()) return waiting_.push_back({std::move(envelope), std::move(on_done)});
    auto kept = envelope;
    submit_(std::move(envelope), [weak = weak_from_this(), kept = std::move(kept),
                                  on_done = std::move(on_done)](const Done& done) mutable {
        if (done.answer.code != "busy") return on_done(done);
        const auto self = weak.lock();
        if (!self || self->stopped_) return;
        const bool idle = self->waiting_.empty();
        self->waiting_.push_back({std::move(kept), std::move(on_done)});
        if (idle) self->again_later();
    });
}

void LineOutbox::stop() {
    stopped_ = true;
    timer_.cancel();
    waiting_.clear();
}

void LineOutbox::again_later() {
    timer_.expires_after(kAgainAfter);
    timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (!error && self && !self->stopped_) self->send_first();
    });
}

void LineOutbox::send_first() {
    submit_(waiting_.front().envelope, [weak = weak_from_this()](const Done& done) {
        const auto self = weak.lock();
        if (!self || self->stopped_) return;
        if (done.answer.code == "busy") return self->again_later();
        const auto on_done = std::move(self->waiting_.front().on_done);
        self->waiting_.pop_front();
        const bool more = !self->waiting_.empty();
        on_done(done);
        if (more && !self->stopped_) self->send_first();
    });
}

}  // namespace kemas::app
