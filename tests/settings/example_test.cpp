// The example that a site starts from.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "site_file.hpp"

namespace kemas::settings {
namespace {

TEST(Example, Loads) {
    const auto settings = load_settings(KEMAS_SOURCE_DIR "/config/kemas.toml");
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->site.stations.size(), 3u);
    EXPECT_EQ(settings->scanners.size(), 7u);
    EXPECT_EQ(settings->site.policy.lines.at("sorter").lanes.at(0).takes.size(), 2u);
    EXPECT_EQ(settings->scales.at(0).station, "bench-1");
    EXPECT_EQ(settings->site.operators.at("endah").supervisor, true);
    EXPECT_EQ(settings->site.policy.sigma_tenths, 35);
    EXPECT_TRUE(settings->site.cartons.contains(settings->site.policy.default_carton));
    EXPECT_TRUE(settings->order_db.enabled);
}

TEST(Example, ItsFilesExist) {
    const auto settings = load_settings(KEMAS_SOURCE_DIR "/config/kemas.toml");
    ASSERT_TRUE(settings) << settings.error().what;
    EXPECT_EQ(settings->label.layout, KEMAS_SOURCE_DIR "/config/labels/domestic-100x150.toml");
    EXPECT_EQ(settings->scales.at(0).profile,
              KEMAS_SOURCE_DIR "/firmware-profiles/scale/flintec-ft112.toml");
    EXPECT_TRUE(std::filesystem::exists(settings->messages_folder + "/id.toml"));
}

// What the comments call a default is the default.
TEST(Example, ItsFiguresAreTheDefaults) {
    const auto example = load_settings(KEMAS_SOURCE_DIR "/config/kemas.toml");
    ASSERT_TRUE(example) << example.error().what;
    const Settings plain;
    EXPECT_EQ(example->http.port, plain.http.port);
    EXPECT_EQ(example->ledger.path, plain.ledger.path);
    EXPECT_EQ(example->site.policy.sigma_tenths, plain.site.policy.sigma_tenths);
    EXPECT_EQ(example->site.policy.tolerance_min, plain.site.policy.tolerance_min);
    EXPECT_EQ(example->site.policy.tolerance_max, plain.site.policy.tolerance_max);
    EXPECT_EQ(example->site.policy.cancel_rack, plain.site.policy.cancel_rack);
    EXPECT_EQ(example->scanners.at(0).terminators, ScannerSettings{}.terminators);
    EXPECT_EQ(example->scanners.at(5).poll_ms, ScannerSettings{}.poll_ms);
    EXPECT_EQ(example->scanners.at(5).confirm, ScannerSettings{}.confirm);
    EXPECT_EQ(example->scanners.at(5).absent_ms, ScannerSettings{}.absent_ms);
    EXPECT_EQ(example->scanners.at(4).gs_ctrl, ScannerSettings{}.gs_ctrl);
    EXPECT_EQ(example->scales.at(0).poll_ms, ScaleSettings{}.poll_ms);
    EXPECT_EQ(example->scales.at(0).min_span_ms, ScaleSettings{}.min_span_ms);
    EXPECT_EQ(example->scales.at(0).max_age_ms, ScaleSettings{}.max_age_ms);
    EXPECT_EQ(example->printers.at(0).stall_timeout_ms, PrinterSettings{}.stall_timeout_ms);
    EXPECT_EQ(example->printers.at(0).close_timeout_ms, PrinterSettings{}.close_timeout_ms);
    EXPECT_EQ(example->lines.at(0).poll_ms, LineSettings{}.poll_ms);
    EXPECT_EQ(example->lines.at(0).port, LineSettings{}.port);
    EXPECT_EQ(example->lines.at(0).feeds.at(0).poll_ms, LineFeedSettings{}.poll_ms);
    EXPECT_EQ(example->site.policy.lines.at("sorter").most_passes, line::Layout{}.most_passes);
    EXPECT_EQ(example->site.policy.lines.at("sorter").counter_bits, line::Layout{}.counter_bits);
    EXPECT_EQ(example->order_db.deadline_ms, plain.order_db.deadline_ms);
    EXPECT_EQ(example->log_level, plain.log_level);
}

// Every fault names its file and line, whatever is broken; nothing else happens.
TEST(Example, BrokenCopiesAreRefusedByFileAndLine) {
    std::ifstream file(KEMAS_SOURCE_DIR "/config/kemas.toml");
    const std::string whole(std::istreambuf_iterator<char>(file), {});
    std::minstd_rand random(7);
    int refused = 0;
    for (int round = 0; round < 400; ++round) {
        auto broken = whole;
        if (round % 2 == 0)
            broken.resize(random() % whole.size());
        else
            broken[random() % whole.size()] = static_cast<char>(random() % 256);
        const SiteFile site(broken);
        const auto loaded = site.load();
        if (loaded) continue;
        ++refused;
        EXPECT_THAT(site.faults(), ::testing::MatchesRegex("(kemas.toml:[0-9]+: [^\n]+\n?)+"));
    }
    EXPECT_GT(refused, 300);  // the others lost what names the files beside them
}

}  // namespace
}  // namespace kemas::settings
