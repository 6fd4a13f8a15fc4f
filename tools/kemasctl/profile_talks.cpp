#include "tools/kemasctl/profile_talks.hpp"

#include <algorithm>

#include "drivers/printer/zpl_status.hpp"
#include "drivers/profile/byte_text.hpp"
#include "drivers/profile/check_samples.hpp"
#include "drivers/scanner/profile_talk.hpp"
#include "label/barcode.hpp"

namespace kemas::ctl {
namespace {

using namespace kemas::profile;

std::string list(const std::vector<std::string>& codes) {
    std::string result;
    for (const std::string& code : codes)
        result += (result.empty() ? "\"" : ", \"") + to_byte_text(code) + "\"";
    return result.empty() ? "none" : result;
}

std::vector<std::string> states_of(const printer::ZplStatus& status) {
    std::vector<std::string> result;
    const auto add = [&](bool is, const char* name) {
        if (is) result.emplace_back(name);
    };
    add(status.head_open, "head_open");
    add(status.paper_out, "paper_out");
    add(status.paused, "paused");
    add(status.ribbon_out, "ribbon_out");
    add(status.too_cold || status.too_hot, "temperature");
    add(status.label_waiting, "waiting_to_be_taken");
    add(status.formats_waiting > 0 || status.labels_remaining > 0, "busy");
    return result;
}

}  // namespace

std::vector<std::string> wrong_scans(const ScannerProfile& profile) {
    std::vector<std::string> result;
    for (const ScannerSample& sample : profile.samples) {
        scanner::ScannerOptions options;
        scanner::take_profile(profile, options);
        const auto talk = scanner::make_talk(scanner::talk_options(options));
        std::string_view bytes = sample.bytes;
        std::vector<std::string> codes;
        while (auto frame = talk->next(bytes))
            if (frame->kind == scanner::Frame::Kind::code) codes.push_back(frame->text);
        if (codes != sample.codes)
            result.push_back(sample_at(profile, sample.line, sample.what) + "codes is " +
                             list(codes) + ", expected " + list(sample.codes));
    }
    return result;
}

std::vector<std::string> wrong_setup(const ScannerProfile& profile) {
    constexpr std::size_t widest = 300;  // modules at 2 dots on paper of 100 mm, 203 dpi
    std::vector<std::string> result;
    for (const SetupCode& code : profile.setup) {
        const auto symbology = code.programming
                                   ? label::Symbology::code128_fnc3
                                   : *label::symbology_named(profile::name_of(code.symbology));
        const auto symbol = label::encode(symbology, *data_of(code, "112233445566"));
        const auto& rules = label::rules_of(symbology);
        std::string why;
        if (!symbol)
            why = "its data " + symbol.error();
        else if (rules.linear && static_cast<std::size_t>(symbol->columns) > widest)
            why = "its data makes a barcode too wide for a set-up sheet of 100 mm";
        if (!why.empty())
            result.push_back(profile.file + ":" + std::to_string(code.line) + ": set-up code \"" +
                             code.what.en + "\": " + why);
    }
    return result;
}

std::vector<std::string> wrong_zpl(const PrinterProfile& profile) {
    std::vector<std::string> result;
    for (const PrinterSample& sample : profile.samples) {
        if (sample.query >= static_cast<int>(profile.queries.size())) continue;
        const StatusQuery& query = profile.queries[static_cast<std::size_t>(sample.query)];
        if (query.reply != StatusQuery::Reply::zpl_host_status) continue;
        const auto status = printer::parse_host_status(sample.reply);
        auto expected = sample.states;
        std::sort(expected.begin(), expected.end());
        if (!status)
            result.push_back(sample_at(profile, sample.line, sample.what) + status.error().what);
        else if (states_of(*status) != expected)
            result.push_back(sample_at(profile, sample.line, sample.what) + "the printer is " +
                             list(states_of(*status)) + ", expected " + list(expected));
    }
    return result;
}

}  // namespace kemas::ctl
