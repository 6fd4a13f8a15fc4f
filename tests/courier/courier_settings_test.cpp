// Couriers of the site file, and the shipped rules of numbers held against published ones.
#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "settings/couriers.hpp"
#include "tests/settings/site_file.hpp"

namespace kemas::settings {
namespace {

namespace json = boost::json;

const std::string rules_line =
    "[files]\nnumber_rules = \"" KEMAS_SOURCE_DIR "/config/number-rules.toml\"\n";

NumberRules shipped() {
    std::ifstream file(KEMAS_SOURCE_DIR "/config/number-rules.toml");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    Mistakes mistakes("number-rules.toml");
    auto rules = read_number_rules(text, mistakes);
    EXPECT_EQ(mistakes.text(), "");
    return rules;
}

TEST(Couriers, ReadsWhereNumbersComeFrom) {
    const SiteFile site(rules_line + R"([[courier]]
name = "JNE"
low_water = 100
instead = "SICEPAT/REG"
[[courier.service]]
code = "YES"
low_water = 20
[[courier]]
name = "POS"
numbers = "http"
rule = "upu-s10"
url = "https://api.pos.example/v1"
token = "secret"
horizon_s = 60
idempotent = true
[[courier.service]]
code = "EXP"
label = "courier"
[[courier]]
name = "OWN"
numbers = "sscc"
company_prefix = "8991234"
extension = 3
)");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& couriers = settings->site.policy.couriers;
    EXPECT_EQ(service_plan(couriers, "JNE", "REG").low_water, 100);
    EXPECT_EQ(service_plan(couriers, "JNE", "YES").low_water, 20);
    EXPECT_EQ(service_plan(couriers, "JNE", "YES").instead_courier, "SICEPAT");
    EXPECT_EQ(service_plan(couriers, "POS", "EMS").rule.name, "upu-s10");
    EXPECT_EQ(service_plan(couriers, "POS", "EMS").source, NumberSource::http);
    EXPECT_EQ(couriers.at("POS").horizon.value, 60'000);
    EXPECT_TRUE(couriers.at("POS").idempotent);
    EXPECT_FALSE(couriers.at("JNE").idempotent) << "never without a word of it";
    EXPECT_TRUE(service_plan(couriers, "POS", "EXP").courier_label);
    EXPECT_FALSE(service_plan(couriers, "POS", "EMS").courier_label);
    EXPECT_EQ(couriers.at("OWN").extension, 3);
    EXPECT_EQ(service_plan(couriers, "J&T", "EZ").source, NumberSource::pool);
    ASSERT_EQ(settings->couriers.size(), 1u);
    EXPECT_EQ(settings->couriers[0].url, "https://api.pos.example/v1");
}

TEST(Couriers, RefusesWhatCannotWork) {
    const auto has = [](const std::string& toml, const std::string& what) {
        EXPECT_THAT(faults_of(rules_line + toml), ::testing::HasSubstr(what));
    };
    has("[[courier]]\nname = \"A\"\nrule = \"nobody\"\n",
        "kemas.toml:5: rule in [[courier]] is \"nobody\"");
    has("[[courier]]\nname = \"A\"\nnumbers = \"http\"\n", "lacks url");
    has("[[courier]]\nname = \"A\"\nnumbers = \"http\"\nurl = \"http://api.example/v1\"\n",
        "readable by everyone on the way");
    has("[[courier]]\nname = \"A\"\nnumbers = \"http\"\nurl = \"https://u@api.example\"\n",
        "url in [[courier]] is");
    has("[[courier]]\nname = \"A\"\nnumbers = \"sscc\"\n", "company_prefix");
    has("[[courier]]\nname = \"A\"\n[[courier]]\nname = \"A\"\n", "each courier once");
    has("[[courier]]\nname = \"A\"\ninstead = \"B\"\n", "courier and service");
    has("[[courier]]\nname = \"A\"\nlabel = \"courier\"\n", "numbers = \"http\"");
    has("[[courier]]\nname = \"A\"\nspeed = 3\n", "speed");
}

// Which of our rules speaks for which published format; one without a check digit has none.
const std::map<std::string, std::string> rule_of{
    {"Canada Post (16)", "canadapost-16"},
    {"DHL Express", "dhl-express"},
    {"DPD (28)", "dpd-28"},
    {"DPD (14)", "dpd-14"},
    {"FedEx Express (12)", "fedex-express-12"},
    {"FedEx Express (34)", "fedex-express-34"},
    {"FedEx ASTRA (32)", "fedex-astra-32"},
    {"FedEx Ground", "fedex-ground-15"},
    {"FedEx Ground (SSCC-18)", "fedex-ground-sscc"},
    {"FedEx Ground 96 (22)", "fedex-ground-96"},
    {"FedEx Ground GSN", "fedex-ground-gsn"},
    {"Old Dominion", "old-dominion"},
    {"Old Dominion Guaranteed Shipment", "old-dominion-guaranteed"},
    {"OnTrac", "ontrac-c"},
    {"OnTrac D", "ontrac-d"},
    {"Purolator (12)", "purolator-12"},
    {"S10", "upu-s10"},
    {"UPS", "ups-1z"},
    {"UPS Waybill", "ups-waybill"},
    {"USPS 20", "usps-20"},
    {"USPS IMpb N", "usps-impb-n"},
    {"USPS Legacy", "usps-legacy"},
    {"USPS IMpb C", "usps-impb-c"},
};

std::string without_spaces(std::string_view text) {
    std::string bare;
    for (const char c : text)
        if (c != ' ') bare += c;
    return bare;
}

// Right digit, but no country of that name: a list of countries is no check digit.
bool is_about_countries(const std::string& number) {
    return number == "RB123456785XX";
}

TEST(NumberRules, AgreeWithEveryPublishedNumberThatCarriesACheckDigit) {
    const std::filesystem::path folder("/work/shared/data/tracking-numbers/couriers");
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the vectors are not on this machine";
    const auto rules = shipped();
    std::size_t valid = 0, invalid = 0, formats = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path());
        const std::string text(std::istreambuf_iterator<char>(file), {});
        const auto root = json::parse(text);
        for (const auto& format : root.at("tracking_numbers").as_array()) {
            const auto& validation = format.as_object().at("validation").as_object();
            if (!validation.contains("checksum")) continue;
            const std::string name(format.at("name").as_string());
            ASSERT_TRUE(rule_of.contains(name)) << name << " has a check digit and no rule";
            const auto& rule = rules.at(rule_of.at(name));
            ++formats;
            const auto& numbers = format.at("test_numbers").as_object();
            for (const auto& number : numbers.at("valid").as_array()) {
                EXPECT_EQ(numbers::refusal_of(rule, without_spaces(number.as_string())), "")
                    << name;
                ++valid;
            }
            for (const auto& number : numbers.at("invalid").as_array()) {
                const auto bare = without_spaces(number.as_string());
                if (is_about_countries(bare)) continue;
                EXPECT_NE(numbers::refusal_of(rule, bare), "") << name << " " << bare;
                ++invalid;
            }
        }
    }
    EXPECT_EQ(formats, rule_of.size());
    EXPECT_GT(valid, 90u);
    EXPECT_GT(invalid, 40u);
}

TEST(NumberRules, MistakesNameFileAndLine) {
    Mistakes mistakes("rules.toml");
    read_number_rules("[[rule]]\nname = \"a\"\nshapes = [\"#(9)\"]\ncheck = \"mod7\"\n", mistakes);
    EXPECT_THAT(mistakes.text(),
                ::testing::StartsWith("rules.toml:3: shapes in [[rule]] cannot be used"));
    Mistakes broken("rules.toml");
    read_number_rules("[[rule\n", broken);
    EXPECT_FALSE(broken.empty());
}

}  // namespace
}  // namespace kemas::settings
