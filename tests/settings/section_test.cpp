#include "site_file.hpp"

namespace kemas::settings {
namespace {

TEST(Sections, AnEmptyFileIsASiteWithDefaults) {
    const SiteFile site("");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->site_name, "Kemas");
    EXPECT_EQ(settings->utc_offset_minutes, 420);
    EXPECT_EQ(settings->http.port, 8420);
    EXPECT_EQ(settings->ledger.path, "/var/lib/kemas/ledger.db");
    EXPECT_FALSE(settings->order_db.enabled);
    EXPECT_EQ(settings->site.hash.size(), 64u);
}

TEST(Sections, ReadsThePolicy) {
    const SiteFile site(R"([policy]
ship_on = "dock"
scan_location = true
double_scan_ms = 400
cancel_rack = "RAK-BATAL"
sigma = 2.7
tolerance_min_g = 5
tolerance_max_g = 900
)");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& policy = settings->site.policy;
    EXPECT_EQ(policy.ship_on, Policy::ShipOn::dock);
    EXPECT_TRUE(policy.scan_location);
    EXPECT_EQ(policy.double_scan.value, 400);
    EXPECT_EQ(policy.cancel_rack, "RAK-BATAL");
    EXPECT_EQ(policy.sigma_tenths, 27);
    EXPECT_EQ(policy.tolerance_min, grams(5));
    EXPECT_EQ(policy.tolerance_max, grams(900));
}

TEST(Sections, EveryTenthOfASigmaIsExact) {
    for (int tenths = 10; tenths <= 100; ++tenths) {
        const auto number = std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
        const auto settings = SiteFile("[policy]\nsigma = " + number).load();
        ASSERT_TRUE(settings) << settings.error().what;
        EXPECT_EQ(settings->site.policy.sigma_tenths, tenths);
    }
    EXPECT_EQ(SiteFile("[policy]\nsigma = 4").load()->site.policy.sigma_tenths, 40);
}

TEST(Sections, RefusesASigmaThatIsTooFineTooLargeOrNoNumber) {
    const std::string expected = ", expected a number from 1.0 to 10.0 with at most one decimal";
    for (const auto* sigma : {"3.55", "10.1", "0.9", "inf", "nan", "1e300"})
        EXPECT_EQ(faults_of(std::string("[policy]\nsigma = ") + sigma),
                  "kemas.toml:2: sigma in [policy] is out of range or too fine" + expected);
    EXPECT_EQ(faults_of("[policy]\nsigma = \"3.5\""),
              "kemas.toml:2: sigma in [policy] is no number" + expected);
}

TEST(Sections, RelativePathsStartAtTheSiteFile) {
    const SiteFile site(
        "[ledger]\npath = \"data/l.db\"\n[order_db]\nconnect = \"dbname=o.db\"\npoll_ms = 250\n");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->ledger.path, site.folder / "data/l.db");
    EXPECT_TRUE(settings->order_db.enabled);
    EXPECT_EQ(settings->order_db.connect, site.folder / "o.db");
    EXPECT_EQ(settings->order_db.poll_ms, 250);
}

TEST(Sections, AServersConnectionStringIsNoPath) {
    const SiteFile site(
        "[order_db]\nbackend = \"postgresql\"\nconnect = \"host=db dbname=shop\"\n");
    EXPECT_EQ(site.load()->order_db.connect, "host=db dbname=shop");
}

TEST(Sections, ReadsTheClockOfTheWall) {
    EXPECT_EQ(SiteFile("[site]\nutc_offset = \"-03:30\"").load()->utc_offset_minutes, -210);
    for (const auto* offset : {"7", "+7:00", "+14:01", "-12:01", "+01:60", "+0a:00", "Z", ""})
        EXPECT_EQ(faults_of("[site]\nutc_offset = \"" + std::string(offset) + "\""),
                  "kemas.toml:2: utc_offset in [site] is \"" + std::string(offset) +
                      "\", expected hours and minutes, as in \"+07:00\"");
}

TEST(Sections, AnAddressOpenToTheNetworkNeedsAToken) {
    EXPECT_EQ(
        faults_of("[http]\nport = 80\naddress = \"0.0.0.0\"\n"),
        "kemas.toml:3: address in [http] is \"0.0.0.0\", open to the network without a token, "
        "expected a token, or address = \"127.0.0.1\"");
    EXPECT_EQ(faults_of("[http]\naddress = \"0.0.0.0\"\ntoken = \"s3cret\"\n"), "");
    for (const auto* own : {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
        EXPECT_EQ(faults_of("[http]\naddress = \"" + std::string(own) + "\"\n"), "");
    EXPECT_THAT(faults_of("[http]\naddress = \"127.evil.example\"\n"),
                ::testing::HasSubstr("kemas.toml:2: address in [http]"));
}

TEST(Sections, ATokenMustFitAHeader) {
    EXPECT_THAT(faults_of("[http]\ntoken = \"two words\"\n"),
                ::testing::StartsWith("kemas.toml:2: token in [http] holds a space"));
}

TEST(Sections, UnknownKeysAndSectionsAreNamed) {
    EXPECT_EQ(faults_of("[log]\nlevel = \"info\"\nlevle = \"info\"\n"),
              "kemas.toml:3: unknown key \"levle\" in [log], expected one of: level");
    EXPECT_THAT(faults_of("\n[polcy]\nsigma = 3\n"),
                ::testing::StartsWith("kemas.toml:2: unknown key \"polcy\" in the file, expected"));
}

TEST(Sections, WrongTypesAreNamed) {
    EXPECT_EQ(faults_of("[site]\nname = 5\n"),
              "kemas.toml:2: name in [site] is no text, expected text in quotes");
    EXPECT_EQ(faults_of("[http]\nport = \"8420\"\n"),
              "kemas.toml:2: port in [http] is no whole number, expected a whole number from 0 to "
              "65535");
    EXPECT_EQ(faults_of("[policy]\nscan_location = 1\n"),
              "kemas.toml:2: scan_location in [policy] is neither true nor false, expected true or "
              "false");
    EXPECT_EQ(faults_of("log = 3\n"),
              "kemas.toml:1: log in the file is no section, expected [log] with keys below it");
    EXPECT_EQ(faults_of("[station]\nname = \"x\"\n"),
              "kemas.toml:1: station in the file is no list of sections, expected [[station]] once "
              "for each");
}

TEST(Sections, NumbersOutOfRangeAndUnknownWordsAreNamed) {
    EXPECT_EQ(faults_of("[http]\nport = 65536\n"),
              "kemas.toml:2: port in [http] is 65536, expected a whole number from 0 to 65535");
    EXPECT_EQ(
        faults_of("[policy]\nship_on = \"moon\"\n"),
        "kemas.toml:2: ship_on in [policy] is \"moon\", expected one of \"staged\", \"dock\"");
    EXPECT_EQ(faults_of("[policy]\ntolerance_min_g = 3000\n"),
              "kemas.toml:2: tolerance_min_g in [policy] makes the least tolerance larger than the "
              "largest, expected tolerance_min_g of at most tolerance_max_g");
    EXPECT_EQ(faults_of("[order_db]\nconnect = \"o.db\"\ndeadline_ms = 10\n"),
              "kemas.toml:3: deadline_ms in [order_db] is 10, expected a whole number from 1000 to "
              "60000");
}

TEST(Sections, ControlCharactersAreNoName) {
    EXPECT_THAT(faults_of("[site]\nname = \"a\\u001bb\"\n"),
                ::testing::StartsWith("kemas.toml:2: name in [site] holds a control character"));
}

TEST(Sections, FilesThatDoNotExistAreNamed) {
    const SiteFile site(
        "[label]\nlayout = \"no.toml\"\n[files]\noperators = \"no.csv\"\nmessages = \"no\"\n");
    EXPECT_EQ(
        site.faults(),
        "kemas.toml:2: layout in [label] is \"no.toml\", which does not exist, expected a "
        "layout's file, as in config/labels\n"
        "kemas.toml:4: operators in [files] is \"no.csv\", which does not exist, expected a CSV "
        "file\n"
        "kemas.toml:5: messages in [files] is \"no\", which is no folder, expected a folder with "
        "en.toml or id.toml");
}

TEST(Sections, AMissingOrUnreadableSiteFileIsNamed) {
    const testing::Folder folder;
    const auto load = [](const std::string& path) { return load_settings(path).error().what; };
    EXPECT_EQ(load(folder / "none.toml"),
              (folder / "none.toml") + ":1: does not exist, expected the site's settings in TOML");
    EXPECT_EQ(load(folder.path()),
              folder.path() + ":1: is no file, expected the site's settings in TOML");
    const auto large = folder.put("large.toml", std::string((1 << 20) + 1, '#'));
    EXPECT_EQ(load(large),
              large + ":1: is larger than 1 MiB, expected the site's settings in TOML");
}

TEST(Sections, BrokenTomlNamesItsLine) {
    EXPECT_THAT(faults_of("[site]\nname = \"x\"\nlanguage = \n"),
                ::testing::StartsWith("kemas.toml:3: "));
    EXPECT_THAT(faults_of("[site]\nname = \"a\"\nname = \"b\"\n"),
                ::testing::StartsWith("kemas.toml:3: "));
    EXPECT_THAT(faults_of("name = \"\xff\"\n"), ::testing::StartsWith("kemas.toml:1: "));
}

TEST(Sections, ABareLetterBeyondAsciiIsNamedWithItsColumn) {
    const SiteFile site("# für\n[site]\nsüden = 1\n");
    const auto settings = site.load();
    ASSERT_FALSE(settings);
    EXPECT_TRUE(settings.error().what.ends_with(
        "kemas.toml:3: column 2: ü (U+00FC) stands outside quotes, expected \"süden\" in quotes"))
        << settings.error().what;
}

TEST(Sections, AllMistakesAreToldAtOnceInTheOrderOfLines) {
    EXPECT_EQ(faults_of("[log]\nlevel = \"loud\"\n[site]\nlanguage = \"fr\"\n[http]\nport = -1\n"),
              "kemas.toml:2: level in [log] is \"loud\", expected one of \"debug\", \"info\", "
              "\"warn\", \"error\"\n"
              "kemas.toml:4: language in [site] is \"fr\", expected one of \"en\", \"id\"\n"
              "kemas.toml:6: port in [http] is -1, expected a whole number from 0 to 65535");
}

TEST(Sections, AKeyIsMissing) {
    EXPECT_EQ(faults_of("\n[order_db]\nbackend = \"mysql\"\n"),
              "kemas.toml:2: [order_db] lacks connect, expected text in quotes");
    EXPECT_EQ(faults_of("[order_db]\nconnect = \"\"\n"),
              "kemas.toml:2: connect in [order_db] is empty, expected some text");
}

TEST(Sections, ReadsTheRulesForChoosingAService) {
    const SiteFile site(R"([rating]
reliable_from = 50
reliable_days = 14
insure_from = 500000
wooden_goods = ["glass", "ceramics"]
settlement_days = 3
[[rating.rule]]
name = "dear and light"
from_value = 1000000
below_g = 2000
cod = false
areas = ["31", "32.16"]
channels = ["webstore"]
couriers = ["JNE"]
max_transit_days = 2
choose = "fastest"
[[rating.rule]]
name = "usual"
least_on_time_percent = 90
unproven = "bar"
choose = "preferred"
preferred = ["JNE REG", "SiCepat"]
[packing]
suggest = false
support_percent = 80
apart = ["food/chemicals"]
)");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& policy = settings->site.policy;
    ASSERT_EQ(policy.choice.rules.size(), 2u);
    EXPECT_EQ(policy.choice.reliable_from, 50);
    EXPECT_EQ(policy.choice.reliable_days, 14);
    EXPECT_EQ(policy.insure_from, Money{500'000});
    EXPECT_EQ(policy.wooden_goods, (std::vector<std::string>{"glass", "ceramics"}));
    EXPECT_EQ(policy.tongue, rating::Tongue::english);
    EXPECT_EQ(policy.settlement_days, 3);
    const auto& dear = policy.choice.rules[0];
    EXPECT_EQ(dear.from_value, Money{1'000'000});
    EXPECT_EQ(dear.below_weight, grams(2000));
    EXPECT_EQ(dear.cod, std::optional(false));
    EXPECT_EQ(dear.areas, (std::vector<std::string>{"31", "32.16"}));
    EXPECT_EQ(dear.max_transit_days, 2);
    EXPECT_EQ(dear.strategy, rating::Strategy::fastest);
    EXPECT_TRUE(dear.unproven_pass);
    const auto& usual = policy.choice.rules[1];
    EXPECT_FALSE(usual.cod);
    EXPECT_EQ(usual.least_on_time, 9000);
    EXPECT_FALSE(usual.unproven_pass);
    EXPECT_EQ(usual.preferred, (std::vector<std::string>{"JNE REG", "SiCepat"}));
    EXPECT_FALSE(policy.packing.suggest);
    EXPECT_EQ(policy.packing.support_percent, 80);
    ASSERT_EQ(policy.packing.apart.size(), 1u);
    EXPECT_EQ(policy.packing.apart[0].second, "chemicals");
}

TEST(Sections, ExplainPricesInTheLanguageOfTheSite) {
    const SiteFile site("[site]\nlanguage = \"id\"\n");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->site.policy.tongue, rating::Tongue::indonesian);
}

TEST(Sections, RefusesRulesThatCannotHold) {
    EXPECT_EQ(faults_of("[[rating.rule]]\nname = \"a\"\nfrom_g = 500\nbelow_g = 500\n"
                        "[[rating.rule]]\nname = \"a\"\n"
                        "[[rating.rule]]\nname = \"b\"\nchoose = \"preferred\"\n"
                        "unproven = \"maybe\"\n"
                        "[packing]\napart = [\"food\"]\n"),
              "kemas.toml:4: below_g in [[rating.rule]] is not above where the rule begins, "
              "expected a larger number\n"
              "kemas.toml:6: name in [[rating.rule]] is \"a\", which is there already, expected "
              "each rule once\n"
              "kemas.toml:7: [[rating.rule]] lacks preferred, expected the preferred "
              "services, as in [\"JNE REG\", \"SICEPAT\"]\n"
              "kemas.toml:10: unproven in [[rating.rule]] is \"maybe\", expected one of \"pass\", "
              "\"bar\"\n"
              "kemas.toml:12: apart in [packing] has \"food\", expected two classes of goods, as "
              "in \"food/chemicals\"");
}

}  // namespace
}  // namespace kemas::settings
