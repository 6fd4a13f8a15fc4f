#include "label/check_code.hpp"

namespace kemas::label {

// Small and capital y and z, and signs that another keyboard layout has elsewhere.
const CheckCode& plain_check() {
    static const CheckCode code{"KMSCHK-yZ/_+?=@", "", 'A', "Plain code (Code 128)",
                                "Kode biasa (Code 128)"};
    return code;
}

// A trade item of the numbers for use inside a house, a serial number of free length, a batch.
const CheckCode& gs1_check() {
    static const CheckCode code{
        "010200000000000821KMSCHK-7\x1d"
        "10B2",
        "[01]02000000000008[21]KMSCHK-7[10]B2", 'B', "GS1 code with a separator (GS1-128)",
        "Kode GS1 dengan pemisah (GS1-128)"};
    return code;
}

std::string visible(const std::string& bytes) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\x1d')
            out += "<GS>";
        else if (byte < 0x20 || byte > 0x7E)
            out += std::string("<0x") + digits[byte >> 4] + digits[byte & 15] + ">";
        else
            out += c;
    }
    return out;
}

}  // namespace kemas::label
