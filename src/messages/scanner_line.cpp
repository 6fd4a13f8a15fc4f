#include "messages/catalogue.hpp"

namespace kemas {

std::string scanner_line(const Answer& answer, std::string_view text) {
    const auto safe = messages::one_line(text);
    if (answer.kind == Answer::Kind::accepted) return "+|" + safe;
    return "-|" + answer.code + "|" + safe;
}

}  // namespace kemas
