#include "core/line/reason.hpp"

#include "core/assert.hpp"

namespace kemas::line {

std::string_view to_text(Reason reason) {
    switch (reason) {
        case Reason::no_read:
            return "no_read";
        case Reason::two_results:
            return "two_results";
        case Reason::weight_refused:
            return "weight_refused";
        case Reason::not_weighed:
            return "not_weighed";
        case Reason::no_answer:
            return "no_answer";
        case Reason::refused:
            return "refused";
        case Reason::no_lane:
            return "no_lane";
        case Reason::lanes_shut:
            return "lanes_shut";
        case Reason::too_many_passes:
            return "too_many_passes";
        case Reason::foreign:
            return "foreign";
        case Reason::lost:
            return "lost";
        case Reason::doubtful:
            return "doubtful";
        case Reason::other_length:
            return "other_length";
        case Reason::unseen_gap:
            return "unseen_gap";
        case Reason::too_late:
            return "too_late";
        case Reason::plc_refused:
            return "plc_refused";
        case Reason::no_echo:
            return "no_echo";
        case Reason::not_diverted:
            return "not_diverted";
        case Reason::plc_restarted:
            return "plc_restarted";
        case Reason::link_lost:
            return "link_lost";
        case Reason::plc_frozen:
            return "plc_frozen";
        case Reason::encoder_fault:
            return "encoder_fault";
        case Reason::jam:
            return "jam";
    }
    assertion_failed("a reason has a word", __FILE__, __LINE__);
}

}  // namespace kemas::line
