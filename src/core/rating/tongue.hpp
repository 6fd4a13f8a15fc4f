// The language in which a price is explained. Both stand side by side where a sentence is made, so
// that neither can be forgotten. Knows no sentence.
#pragma once

namespace kemas::rating {

enum class Tongue { english, indonesian };

constexpr const char* say(Tongue tongue, const char* english, const char* indonesian) {
    return tongue == Tongue::indonesian ? indonesian : english;
}

}  // namespace kemas::rating
