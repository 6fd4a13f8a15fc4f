// Inputs, answers and facts as the journal's JSON, and back for sinks and replay. Personal data and
// label bytes never enter the JSON: a hash stands in their place.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/decision.hpp"

namespace kemas::ledger {

std::string_view kind_of(const Input& input);
std::string encode(const Input& input);
std::string encode(const Answer& answer);
std::string encode(const std::vector<Fact>& facts);

Answer decode_answer(std::string_view text);
std::vector<Fact> decode_facts(std::string_view text);

// What the side tables still hold; an erased one comes back empty.
struct SideTables {
    std::function<std::optional<Person>(const std::string& hash)> person;
    std::function<std::string(const std::string& hash)> salt;
    std::function<std::optional<std::string>(const std::string& hash)> blob;
};
Input decode_input(std::string_view kind, std::string_view body, const SideTables& side);

}  // namespace kemas::ledger
