// Profile files as anybody may write them, and words and frames as any device may send them to a
// profile: the shipped ones, and every one the reader lets pass. The first byte 0 picks a shipped
// profile; any other begins a file.
#include <filesystem>
#include <string>
#include <vector>

#include "drivers/conveyor/plc_words.hpp"
#include "drivers/profile/byte_text.hpp"
#include "drivers/profile/check_samples.hpp"
#include "drivers/profile/decode.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/profile/printer_status.hpp"
#include "drivers/scale/frame_codec.hpp"
#include "drivers/scale/frame_cutter.hpp"
#include "drivers/scale/frame_samples.hpp"
#include "drivers/scale/scale_codec.hpp"
#include "drivers/scale/scale_samples.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;
using namespace kemas::profile;

namespace {

std::vector<std::uint16_t> words_of(std::string_view bytes) {
    Feed in(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    std::vector<std::uint16_t> words;
    while (!in.empty()) words.push_back(in.word());
    return words;
}

void check(const scale::ScaleReading& reading) {
    must(reading.fault.empty() == reading.why.empty(), "a fault has its sentence");
    if (reading.fault.empty()) must(reading.division.value > 0, "a weight has its division");
}

void hear(const ScaleProfile& profile, std::string_view bytes) {
    auto words = words_of(bytes);
    check(scale::decode_scale(profile, {}, words));  // of any number
    words.resize(static_cast<std::size_t>(profile.word_count()));
    check(scale::decode_scale(profile, {}, words));
    check(scale::decode_scale(profile, {2, Unit::kg, Decimal{5, 3}}, words));
}

void hear(const TextScaleProfile& profile, std::string_view bytes) {
    for (const auto& frame : scale::FrameCutter(profile.protocol, profile.checksum).feed(bytes))
        scale::decode_frame(profile, {}, frame);
}

void hear(const DeviceProfile& profile, std::string_view bytes) {
    auto words = words_of(bytes);
    words.resize(static_cast<std::size_t>(profile.word_count()));
    for (const auto& value : profile.values) {
        const auto reading = read_value(value, words);
        must(!reading.text.empty(), "a value reads as something");
    }
    for (const auto& status : profile.status) holds(status.at, words);
    for (const auto& counter : profile.counters) {
        const auto now = code_of(counter.at, words);
        const auto moved = steps(counter, 1, now);
        must(!moved || *moved <= counter.max_step, "a counter makes no wild steps");
    }
    const std::size_t eyes = bytes.size() % 4, lanes = bytes.size() / 4 % 4;
    if (const auto plc = conveyor::PlcWords::of(profile, eyes, lanes)) {
        const auto polled = plc->read(words, {});
        must(polled.eyes.size() == eyes && polled.lanes.size() == lanes,
             "each eye and lane is told");
    }
}

void hear(const PrinterProfile& profile, std::string_view bytes) {
    for (const auto& query : profile.queries)
        if (const auto states = printer_states(query, bytes))
            for (const auto& state : *states) must(is_printer_state(state), "states are known");
}

void hear(const ScannerProfile&, std::string_view) {}

// By the samples too, where the kind has some: what the reader lets pass must be fit for them.
void samples(const ScaleProfile& profile) {
    scale::wrong_samples(profile);
}
void samples(const TextScaleProfile& profile) {
    scale::wrong_samples(profile);
}
void samples(const DeviceProfile& profile) {
    wrong_samples(profile);
}
void samples(const PrinterProfile& profile) {
    wrong_samples(profile);
}
void samples(const ScannerProfile&) {}

const std::vector<AnyProfile>& shipped() {
    static const auto all = [] {
        std::vector<std::string> files;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(KEMAS_SOURCE_DIR "/firmware-profiles"))
            if (entry.path().extension() == ".toml") files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        std::vector<AnyProfile> profiles;
        for (const auto& file : files) {
            auto profile = load_profile(file);
            must(profile.has_value(), "every shipped profile can be read");
            profiles.push_back(std::move(*profile));
        }
        return profiles;
    }();
    return all;
}

void texts(std::string_view text) {
    const auto bytes = parse_bytes(text);
    if (bytes) must(parse_bytes(to_byte_text(*bytes)) == bytes, "bytes survive being written");
    must(parse_bytes(to_byte_text(text)) == std::string(text), "any bytes can be written");
    const auto number = parse_decimal(text);
    if (!number) return;
    const auto again = parse_decimal(to_text(*number));
    must(again && to_milligrams(*again, Unit::lb) == to_milligrams(*number, Unit::lb),
         "a number survives being written");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed in(data, size);
    if (size > 0 && data[0] == 0) {
        in.byte();
        const auto& profile = shipped()[in.byte() % shipped().size()];
        std::visit([&](const auto& one) { hear(one, in.rest()); }, profile);
        return 0;
    }
    const auto text = in.rest();
    if (size < 64) texts(text);
    const auto profile = parse_profile(text, "fuzz.toml");
    if (!profile) return must(!profile.error().what.empty(), "a refused file says why"), 0;
    std::visit(
        [&](const auto& one) {
            samples(one);
            hear(one, text.substr(size / 2));
        },
        *profile);
    return 0;
}
