#include "ledger/hash_chain.hpp"

#include <sodium.h>

namespace kemas::ledger {
namespace {

// Every part goes in with its length: no two rows may hash the same text.
void add(crypto_hash_sha256_state& state, std::string_view part) {
    const auto size = static_cast<std::uint64_t>(part.size());
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
}

void add(crypto_hash_sha256_state& state, std::int64_t number) {
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(&number),
                              sizeof number);
}

}  // namespace

std::string chain_hash(std::string_view before, const JournalRow& row) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    add(state, before);
    add(state, row.seq);
    add(state, row.at.value);
    add(state, row.epoch);
    add(state, row.kind);
    add(state, row.station);
    add(state, row.key);
    add(state, row.body);
    add(state, row.answer);
    add(state, row.facts);
    add(state, row.facts_before);
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(hash.data()));
    return hash;
}

}  // namespace kemas::ledger
