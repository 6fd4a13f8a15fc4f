// What the world does wrong. The domain saying no is a refusal in an answer, never a Fault.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace kemas {

// What the one who meets the fault should do about it.
enum class Remedy {
    retry,        // the same call may go through later
    reconnect,    // drop the connection first
    stop,         // this part cannot go on
    call_person,  // nothing the machine does will help
};

struct Fault {
    Remedy remedy = Remedy::call_person;
    std::string what;  // one sentence for a person: what happened, and the next step
};

template <class T>
using Result = tl::expected<T, Fault>;

inline tl::unexpected<Fault> fail(Remedy remedy, std::string what) {
    return tl::unexpected<Fault>(Fault{remedy, std::move(what)});
}

}  // namespace kemas
