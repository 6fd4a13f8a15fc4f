// What a courier's numbers look like and which check digit they carry, as data. Knows no courier
// and no file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kemas::numbers {

// How the check digit follows from the body (shared data: tracking-numbers/CHECKSUM_ALGORITHMS.md).
enum class Method {
    none,
    mod10,        // each place weighed, letters as (code - 3) mod 10; what is missing to a ten
    luhn,         // ISO/IEC 7812-1: every other digit doubled, from the right
    mod7,         // the body as one number, modulo 7
    s10,          // UPU S10: weights 8 6 4 2 3 5 9 7, modulo 11
    mod37_36,     // ISO 7064 MOD 37,36
    sum_product,  // own weights, two moduli
};

// A shape is read from left to right: `#` a digit, `@` a capital letter, `*` either, `+` the check
// digit, `{ABC}` one of these, `[...]` what does not count for the check digit, `(n)` the element
// before it n times, anything else itself. "[@@]#(8)+[@@]" is UPU S10.
struct Rule {
    std::string name;
    std::vector<std::string> shapes;  // any of them; empty = any number
    Method method = Method::none;
    int evens = 1, odds = 1;   // mod10: what places 0, 2, 4... and 1, 3, 5... of the body weigh
    bool reverse = false;      // mod10: places are counted from the right
    std::vector<int> weights;  // sum_product: of each place
    int modulo1 = 0, modulo2 = 0;
    std::string prepend;  // goes before a body that does not begin with it
};

// What is wrong with the rule itself, "" when it can be used.
std::string mistake_of(const Rule& rule);

// Why `number` is none of these, as a sentence that names the number and the digit; "" when it is.
std::string refusal_of(const Rule& rule, std::string_view number);

}  // namespace kemas::numbers
