// Facts from the GS1 Barcode Syntax Dictionary (gs1/gs1-syntax-dictionary, Copyright GS1 AISBL and
// contributors, Apache-2.0): 541 identifiers, neighbours of one shape folded together.
#include "core/barcode/ai_table.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/barcode/check_digit.hpp"

namespace kemas::barcode {
namespace {

// clang-format off
constexpr AiRun kRuns[] = {
    {"00", "00", true, "N18c"},
    {"01", "03", true, "N14c"},
    {"10", "10", false, "X..20"},
    {"11", "13", true, "N6d"},
    {"15", "17", true, "N6d"},
    {"20", "20", true, "N2"},
    {"21", "22", false, "X..20"},
    {"235", "235", false, "X..28"},
    {"240", "241", false, "X..30"},
    {"242", "242", false, "N..6"},
    {"243", "243", false, "X..20"},
    {"250", "251", false, "X..30"},
    {"253", "253", false, "N13c ?X..17"},
    {"254", "254", false, "X..20"},
    {"255", "255", false, "N13c ?N..12"},
    {"30", "30", false, "N..8"},
    {"3100", "3165", true, "N6"},
    {"3200", "3375", true, "N6"},
    {"3400", "3575", true, "N6"},
    {"3600", "3695", true, "N6"},
    {"37", "37", false, "N..8"},
    {"3900", "3909", false, "N..15"},
    {"3910", "3919", false, "N3 N..15"},
    {"3920", "3929", false, "N..15"},
    {"3930", "3939", false, "N3 N..15"},
    {"3940", "3943", false, "N4"},
    {"3950", "3955", false, "N6"},
    {"400", "401", false, "X..30"},
    {"402", "402", false, "N17c"},
    {"403", "403", false, "X..30"},
    {"410", "417", true, "N13c"},
    {"420", "420", false, "X..20"},
    {"421", "421", false, "N3 X..9"},
    {"422", "422", false, "N3"},
    {"423", "423", false, "N3 ?N3 ?N3 ?N3 ?N3"},
    {"424", "424", false, "N3"},
    {"425", "425", false, "N3 ?N3 ?N3 ?N3 ?N3"},
    {"426", "426", false, "N3"},
    {"427", "427", false, "X..3"},
    {"4300", "4301", false, "X..35"},
    {"4302", "4306", false, "X..70"},
    {"4307", "4307", false, "X2"},
    {"4308", "4308", false, "X..30"},
    {"4309", "4309", false, "N10 N10"},
    {"4310", "4311", false, "X..35"},
    {"4312", "4316", false, "X..70"},
    {"4317", "4317", false, "X2"},
    {"4318", "4318", false, "X..20"},
    {"4319", "4319", false, "X..30"},
    {"4320", "4320", false, "X..35"},
    {"4321", "4323", false, "N1"},
    {"4324", "4325", false, "N6d N4"},
    {"4326", "4326", false, "N6D"},
    {"4330", "4333", false, "N6 ?X1"},
    {"7001", "7001", false, "N13"},
    {"7002", "7002", false, "X..30"},
    {"7003", "7003", false, "N6D N4"},
    {"7004", "7004", false, "N..4"},
    {"7005", "7005", false, "X..12"},
    {"7006", "7006", false, "N6D"},
    {"7007", "7007", false, "N6D ?N6D"},
    {"7008", "7008", false, "X..3"},
    {"7009", "7009", false, "X..10"},
    {"7010", "7010", false, "X..2"},
    {"7011", "7011", false, "N6D ?N4"},
    {"7020", "7022", false, "X..20"},
    {"7023", "7023", false, "X..30"},
    {"7030", "7039", false, "N3 X..27"},
    {"7040", "7040", false, "N1 X1 X1 X1"},
    {"7041", "7041", false, "X..4"},
    {"710", "717", false, "X..20"},
    {"7230", "7239", false, "X2 X..28"},
    {"7240", "7240", false, "X..20"},
    {"7241", "7241", false, "N2"},
    {"7242", "7242", false, "X..25"},
    {"7250", "7250", false, "N8"},
    {"7251", "7251", false, "N8 N4"},
    {"7252", "7252", false, "N1"},
    {"7253", "7254", false, "X..40"},
    {"7255", "7255", false, "X..10"},
    {"7256", "7256", false, "X..90"},
    {"7257", "7257", false, "X..70"},
    {"7258", "7258", false, "X3"},
    {"7259", "7259", false, "X..40"},
    {"8001", "8001", false, "N4 N5 N3 N1 N1"},
    {"8002", "8002", false, "X..20"},
    {"8003", "8003", false, "N1 N13c ?X..16"},
    {"8004", "8004", false, "X..30"},
    {"8005", "8005", false, "N6"},
    {"8006", "8006", false, "N14c N4"},
    {"8007", "8007", false, "X..34"},
    {"8008", "8008", false, "N6D N2 ?N2 ?N2"},
    {"8009", "8009", false, "X..50"},
    {"8010", "8010", false, "Y..30"},
    {"8011", "8011", false, "N..12"},
    {"8012", "8012", false, "X..20"},
    {"8013", "8014", false, "X..25"},
    {"8017", "8018", false, "N18c"},
    {"8019", "8019", false, "N..10"},
    {"8020", "8020", false, "X..25"},
    {"8026", "8026", false, "N14c N4"},
    {"8030", "8030", false, "Z..90"},
    {"8040", "8041", false, "N15"},
    {"8042", "8042", false, "N32"},
    {"8043", "8043", false, "N18 ?N..2"},
    {"8110", "8110", false, "X..70"},
    {"8111", "8111", false, "N4"},
    {"8112", "8112", false, "X..70"},
    {"8200", "8200", false, "X..70"},
    {"90", "90", false, "X..30"},
    {"91", "99", false, "X..90"},
};
// clang-format on

constexpr auto kLengths = [] {
    std::array<std::size_t, 100> lengths{};
    for (const auto& run : kRuns) {
        const auto prefix = [](std::string_view ai) { return (ai[0] - '0') * 10 + (ai[1] - '0'); };
        for (int p = prefix(run.first); p <= prefix(run.last); ++p) {
            lengths[static_cast<std::size_t>(p)] = run.first.size();
        }
    }
    return lengths;
}();

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::size_t ai_length(std::string_view two_digits) {
    if (two_digits.size() < 2 || !is_digit(two_digits[0]) || !is_digit(two_digits[1])) return 0;
    return kLengths[static_cast<std::size_t>((two_digits[0] - '0') * 10 + (two_digits[1] - '0'))];
}

const AiRun* find_ai(std::string_view ai) {
    if (!all_digits(ai)) return nullptr;  // "33,3" sorts between two identifiers and is none
    const auto* run = std::find_if(std::begin(kRuns), std::end(kRuns), [&](const AiRun& r) {
        return r.first.size() == ai.size() && r.first <= ai && ai <= r.last &&
               r.first.back() <= ai.back() && ai.back() <= r.last.back();
    });
    return run == std::end(kRuns) ? nullptr : run;
}

}  // namespace kemas::barcode
