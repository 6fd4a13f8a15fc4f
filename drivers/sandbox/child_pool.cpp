#include "drivers/sandbox/child_pool.hpp"

namespace kemas::sandbox {

void Worker::limit(Clock::time_point at) {
    overdue_ = false;
    deadline_.expires_at(at);
    deadline_.async_wait([self = shared_from_this()](boost::system::error_code ec) {
        if (ec) return;
        self->overdue_ = true;
        self->child.end();
    });
}

Result<void> Worker::start(const std::string& program) {
    if (child.running()) return {};
    served = 0;
    const auto why = child.start(program);
    if (why.empty()) return {};
    return fail(Remedy::call_person,
                "cannot start " + program + " (" + why + "): install it beside kemasd");
}

}  // namespace kemas::sandbox
