// Channels of the site file: where they are, their keys, and which event triggers which call.
#include <filesystem>
#include <fstream>

#include "settings/settings.hpp"
#include "tests/settings/site_file.hpp"

namespace kemas::settings {
namespace {

using enum ChannelCall;

const std::string minimal = "[[channel]]\nname = \"shopee\"\nurl = \"https://bridge.example/v1\"\n";

std::string mistakes_of(const std::string& toml) {
    const SiteFile site(toml);
    const auto settings = site.load();
    return settings ? "" : settings.error().what;
}

TEST(Channels, ReadsAServiceAndItsUsualEvents) {
    const SiteFile site(minimal + "rate_per_s = 5\nhorizon_s = 60\npoll_s = 3\n");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    ASSERT_EQ(settings->channels.size(), 1u);
    EXPECT_EQ(settings->channels[0].rate_per_s, 5);
    EXPECT_EQ(settings->channels[0].poll_ms, 3'000);
    const auto& plan = settings->site.policy.channels.at("shopee");
    EXPECT_EQ(plan.horizon.value, 60'000);
    EXPECT_EQ(plan.events.at(FloorEvent::released),
              (std::vector{parameters, arrange, number, label}));
    EXPECT_EQ(plan.events.at(FloorEvent::handed_over), std::vector{handed_over});
}

TEST(Channels, WhichEventTriggersWhichCallIsData) {
    const SiteFile site(minimal +
                        "[channel.events]\nreleased = [\"parameters\"]\n"
                        "packed = [\"arrange\", \"packed\", \"number\", \"label\"]\n");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& events = settings->site.policy.channels.at("shopee").events;
    EXPECT_EQ(events.at(FloorEvent::released), std::vector{parameters});
    EXPECT_EQ(events.at(FloorEvent::packed), (std::vector{arrange, packed, number, label}));
    EXPECT_TRUE(events.at(FloorEvent::handed_over).empty());
}

TEST(Channels, AShopMayHaveAServiceOfItsOwn) {
    const SiteFile site(minimal +
                        "[[channel]]\nname = \"shopee\"\nshop = \"b\"\n"
                        "url = \"http://127.0.0.1:8710\"\n");
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    const auto& plans = settings->site.policy.channels;
    EXPECT_EQ(channel_link(plans, {"shopee", "a", "1"}), "shopee");
    EXPECT_EQ(channel_link(plans, {"shopee", "b", "1"}), "shopee/b");
    EXPECT_EQ(channel_link(plans, {"lazada", "b", "1"}), "");
}

TEST(Channels, NamesWhatIsWrongWithItsLine) {
    EXPECT_NE(mistakes_of("[[channel]]\nname = \"x\"\nurl = \"http://far.example\"\n")
                  .find("readable by everyone on the way"),
              std::string::npos);
    EXPECT_NE(
        mistakes_of(minimal + "[channel.events]\nreleased = [\"ship\"]\n").find("names \"ship\""),
        std::string::npos);
    EXPECT_NE(mistakes_of(minimal + "[channel.events]\nreleased = [\"parameters\", \"label\"]\n"
                                    "packed = [\"label\"]\n")
                  .find("stands under another event, too"),
              std::string::npos);
    EXPECT_NE(mistakes_of(minimal + "[channel.events]\nreleased = [\"arrange\"]\n")
                  .find("never parameters"),
              std::string::npos);
    EXPECT_NE(mistakes_of(minimal + minimal).find("each channel (and shop) once"),
              std::string::npos);
    EXPECT_NE(mistakes_of(minimal + "[channel.events]\nloaded = []\n").find("loaded"),
              std::string::npos);
}

TEST(Channels, AKeyFileIsForTheDaemonAlone) {
    namespace fs = std::filesystem;
    const auto path = fs::temp_directory_path() / ("kemas-key-" + std::to_string(getpid()));
    std::ofstream(path) << "secret-word\nmore\n";
    const auto toml = minimal + "key_file = \"" + path.string() + "\"\n";
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    const SiteFile site(toml);
    const auto settings = site.load();
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->channels[0].key, "secret-word");
    fs::permissions(path, fs::perms::others_read, fs::perm_options::add);
    EXPECT_NE(mistakes_of(toml).find("chmod 600"), std::string::npos);
    fs::remove(path);
    EXPECT_NE(mistakes_of(toml).find("does not exist"), std::string::npos);
}

}  // namespace
}  // namespace kemas::settings
