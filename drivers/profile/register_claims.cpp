// Who explains which bits: two owners may not explain the same ones.
#include "drivers/profile/register_reader.hpp"

namespace kemas::profile {

void RegisterReader::claim(const Bits& at, std::string owner, int line) {
    Claim next;
    next.word = at.field.word;
    next.owner = std::move(owner);
    for (int i = at.first_bit; i < at.first_bit + at.bits; ++i) {
        // bit of the number -> bit of the words as they came
        const bool second =
            at.field.words == 2 && (at.field.word_order == WordOrder::high_first) == (i < 16);
        int bit = i % 16;
        if (at.field.byte_order == ByteOrder::low_first) bit ^= 8;
        next.mask |= std::uint64_t{1} << (bit + (second ? 16 : 0));
    }
    claim(std::move(next), line);
}

void RegisterReader::claim(const Condition& condition, std::string owner, int line) {
    claim(condition.at, std::move(owner), line);
    if (condition.at.bits > 1 && !claims_.empty()) claims_.back().code = condition.equals;
}

void RegisterReader::claim(Claim next, int line) {
    for (const Claim& other : claims_) {
        const int shift = 16 * (next.word - other.word);
        if (shift <= -32 || shift >= 32) continue;
        const std::uint64_t mask = shift >= 0 ? next.mask << shift : next.mask;
        const std::uint64_t against = shift >= 0 ? other.mask : other.mask << -shift;
        if (!(mask & against)) continue;
        if (other.code && mask == against) continue;  // a code field: values are told apart
        root_.mistakes().add(line, next.owner + " explains bits that " + other.owner +
                                       " explains already, expected bits of its own");
        break;
    }
    claims_.push_back(std::move(next));
}

}  // namespace kemas::profile
