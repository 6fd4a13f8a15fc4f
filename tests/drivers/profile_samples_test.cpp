#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "drivers/profile/check_samples.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scale/scale_samples.hpp"
#include "tools/kemasctl/profile_check.hpp"

namespace kemas::profile {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(KEMAS_SOURCE_DIR) / "firmware-profiles";

std::vector<std::string> shipped() {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder))
        if (entry.path().extension() == ".toml")
            result.push_back(std::filesystem::relative(entry.path(), kFolder).string());
    std::sort(result.begin(), result.end());
    return result;
}

class ShippedProfile : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedProfile, LoadsAndReadsItsSamplesAsItSays) {
    const std::string path = (kFolder / GetParam()).string();
    const auto profile = ctl::check_profile(path);  // reads every sample with its driver's codec
    ASSERT_TRUE(profile) << profile.error().what;
    const auto samples = std::visit([](const auto& one) { return one.samples.size(); }, *profile);
    const auto* printer = std::get_if<PrinterProfile>(&*profile);
    EXPECT_TRUE(samples > 0 || (printer && printer->queries.empty()));
    static constexpr std::string_view kFolders[] = {"scale", "conveyor", "io", "scanner",
                                                    "printer"};
    const auto kind = static_cast<std::size_t>(head_of(*profile).kind);
    EXPECT_EQ(std::filesystem::path(GetParam()).parent_path().string(), kFolders[kind]);
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
    std::string name = info.param.substr(0, info.param.size() - 5);
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Every, ShippedProfile, ::testing::ValuesIn(shipped()), test_name);

TEST(ShippedProfiles, AreAllThere) {
    const auto has = [files = shipped()](const std::string& name) {
        return std::find(files.begin(), files.end(), name) != files.end();
    };
    for (const char* name : {"scale/laumas-tlb",
                             "scale/cas-ci600d",
                             "scale/dini-argeo-dgt",
                             "scale/flintec-ft112",
                             "scale/flintec-ft16d",
                             "scale/hbm-wtx",
                             "scale/sartorius-pr5220",
                             "scale/rice-lake-1280",
                             "scale/mettler-ind570",
                             "scale/tuna-id551pn",
                             "scale/excell-ex2005",
                             "scale/toledo-continuous",
                             "scale/mt-sics",
                             "scale/cas",
                             "scale/and",
                             "scale/dini",
                             "scale/usb-hid-pos",
                             "conveyor/conveylinx-zpa",
                             "conveyor/plc-mailbox",
                             "io/wago-750",
                             "io/moxa-iologik-e1214",
                             "io/advantech-adam-6050",
                             "scanner/generic-tcp-client",
                             "scanner/generic-tcp-server",
                             "scanner/serial-line",
                             "scanner/cognex-dataman",
                             "scanner/keyence-sr",
                             "scanner/honeywell-host-ack",
                             "scanner/zebra-ssi",
                             "scanner/opticon-usb-com",
                             "scanner/opticon-usb-hid",
                             "scanner/hid-keyboard",
                             "scanner/hid-keyboard-substitute",
                             "printer/zebra-zpl",
                             "printer/tsc-tspl",
                             "printer/epl2",
                             "printer/escpos",
                             "printer/cpcl"})
        EXPECT_TRUE(has(std::string(name) + ".toml")) << name;
}

TEST(Samples, AWrongSampleIsToldWithItsLine) {
    auto device = load_device_profile((kFolder / "conveyor/conveylinx-zpa.toml").string());
    ASSERT_TRUE(device) << device.error().what;
    device->samples[0].words[6] |= 0x20;  // a jam that the sample denies
    const auto wrong = wrong_samples(*device);
    ASSERT_EQ(wrong.size(), 1u);
    EXPECT_THAT(wrong[0], ::testing::HasSubstr("upstream_jam is yes, expected no"));
    EXPECT_THAT(wrong[0], ::testing::ContainsRegex("conveylinx-zpa.toml:[0-9]+: sample"));
    auto scale = load_scale_profile((kFolder / "scale/hbm-wtx.toml").string());
    ASSERT_TRUE(scale) << scale.error().what;
    scale->samples[0].words[3] += 1;
    const auto wrong_scale = scale::wrong_samples(*scale);
    ASSERT_EQ(wrong_scale.size(), 1u);
    EXPECT_THAT(wrong_scale[0], ::testing::HasSubstr("gross_mg is 12346000 mg, expected 12345000"));
    const auto told = [](const std::string& name, const std::string& from, const std::string& to) {
        std::ostringstream text;
        text << std::ifstream(kFolder / name).rdbuf();
        std::string changed = text.str();
        const auto at = changed.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        changed.replace(at, from.size(), to);
        const auto checked = ctl::check_profile_text(changed, "x.toml");
        return checked ? "no mistake found" : checked.error().what;
    };
    EXPECT_THAT(told("scanner/keyence-sr.toml", "codes = [\"4006381333931\"]", "codes = []"),
                ::testing::HasSubstr("codes is \"4006381333931\", expected none"));
    EXPECT_THAT(told("scanner/zebra-ssi.toml", "<0xFC>T", "<0xFC>U"),
                ::testing::HasSubstr("codes is none"));
    EXPECT_THAT(told("printer/zebra-zpl.toml", "states = []", "states = [\"paused\"]"),
                ::testing::HasSubstr("the printer is none, expected \"paused\""));
    EXPECT_THAT(told("scale/mt-sics.toml", "weight_mg = 100_000", "weight_mg = 10_000"),
                ::testing::HasSubstr("x.toml:"));
    auto printer = load_printer_profile((kFolder / "printer/cpcl.toml").string());
    ASSERT_TRUE(printer) << printer.error().what;
    printer->samples[0].reply = "\x02";
    EXPECT_THAT(wrong_samples(*printer)[0],
                ::testing::HasSubstr("the printer is paper_out, expected ready"));
}

}  // namespace
}  // namespace kemas::profile
