// The real driver meets a printer with a buffer, a print time and, on a Zebra, a count: what it
// says of a label must be so, and never more.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "drivers/printer/raster_codecs.hpp"
#include "drivers/printer/tcp_printer.hpp"
#include "drivers/sim/label_printer.hpp"
#include "drivers/sim/raster_reader.hpp"
#include "sim_support.hpp"

namespace kemas::sim {
namespace {

namespace asio = boost::asio;
using Kind = PrintOutcome::Kind;

template <class Ready>
asio::awaitable<void> until(Ready& ready) {
    for (int i = 0; i < 2000 && !ready(); ++i) co_await sleep_ms(5);
}

Page page_of(int seed) {
    Page page{160, 80, 203, std::vector<std::uint8_t>(20 * 80)};
    for (std::size_t i = 200; i < 900; ++i)
        page.bits[i] =
            static_cast<std::uint8_t>((i * 37 + static_cast<std::size_t>(seed) * 11) % 251);
    page.bits.back() = 1;
    return page;
}

printer::Language language_of(PrinterTongue tongue) {
    using printer::Language;
    constexpr Language same[]{Language::zpl, Language::tspl, Language::epl2, Language::escpos,
                              Language::cpcl};
    return same[static_cast<std::size_t>(tongue)];
}

std::string job_of(PrinterTongue tongue, int seed) {
    const auto output = printer::output_named(name_of(tongue));
    return printer::encode(*output, page_of(seed), "kemas parcel=1 rev=1 tracking=A1");
}

struct Bench {
    asio::io_context loop{1};
    std::unique_ptr<LabelPrinter> device;
    std::unique_ptr<printer::TcpPrinter> driver;
    std::vector<PrintOutcome> outcomes;
    std::vector<PrintCount> counts;
    std::vector<std::optional<std::int64_t>> before;  // as each start would record it
    std::function<void()> at_start = [] {};

    explicit Bench(PrinterTongue tongue = PrinterTongue::zpl, bool counts_labels = true) {
        LabelPrinter::Options options;
        options.tongue = tongue;
        options.print_ms = 40;
        options.counts = counts_labels;
        device = std::make_unique<LabelPrinter>(loop.get_executor(), options);
        EXPECT_TRUE(device->start());
        printer::TcpPrinterOptions site;
        site.name = "printer-1";
        site.host = "127.0.0.1";
        site.port = device->port();
        site.language = language_of(tongue);
        site.ask_status = true;
        site.counts = tongue == PrinterTongue::zpl;
        site.proof_pause_ms = 10;
        site.quiet_ms = 150;
        site.status_timeout_ms = 500;
        site.close_timeout_ms = 10'000;
        driver = std::make_unique<printer::TcpPrinter>(loop.get_executor(), site);
    }
    ~Bench() { driver->stop(); }

    asio::awaitable<void> print(std::string bytes) {
        const auto ended = outcomes.size() + 1;
        driver->print(
            std::move(bytes),
            [this](Printer::Go go) {
                before.push_back(driver->counter());
                at_start();
                go(true);
            },
            [this](PrintOutcome outcome) { outcomes.push_back(outcome); });
        auto over = [&] { return outcomes.size() >= ended; };
        co_await until(over);
    }
    asio::awaitable<void> count(std::int64_t from) {
        const auto told = counts.size() + 1;
        driver->count(from, [this](PrintCount count) { counts.push_back(count); });
        auto over = [&] { return counts.size() >= told; };
        co_await until(over);
    }
    // Another sender's bytes, on a line of its own.
    asio::awaitable<void> somebody_sends(std::string bytes) {
        const auto token = asio::as_tuple(asio::use_awaitable);
        asio::ip::tcp::socket socket(co_await asio::this_coro::executor);
        const asio::ip::tcp::endpoint where(asio::ip::address_v4::loopback(), device->port());
        co_await socket.async_connect(where, token);
        const auto out = asio::buffer(bytes);
        co_await asio::async_write(socket, out, token);
        co_await sleep_ms(15);
    }
};

asio::awaitable<void> print_three(Bench& bench) {
    for (int n = 0; n < 3; ++n) co_await bench.print(job_of(PrinterTongue::zpl, n));
}
TEST(LabelPrinterTest, EachLabelIsProvenByTheCountOneUp) {
    Bench bench;
    play(bench.loop, print_three(bench));
    ASSERT_EQ(bench.outcomes.size(), 3u);
    for (const auto& outcome : bench.outcomes)
        EXPECT_EQ(outcome.kind, Kind::done) << outcome.detail;
    EXPECT_EQ(bench.before, (std::vector<std::optional<std::int64_t>>{31'084, 31'085, 31'086}));
    ASSERT_EQ(bench.device->labels().size(), 3u);
    EXPECT_EQ(bench.device->counter(), 31'087u);
}

asio::awaitable<void> print_behind_another(Bench& bench) {
    co_await bench.somebody_sends(job_of(PrinterTongue::zpl, 7) + job_of(PrinterTongue::zpl, 8));
    bench.at_start = [&] { EXPECT_EQ(bench.device->waiting(), 0u); };
    co_await bench.print(job_of(PrinterTongue::zpl, 1));
}
TEST(LabelPrinterTest, WaitsUntilAnothersLabelsAreOutBeforeItStarts) {
    Bench bench;
    play(bench.loop, print_behind_another(bench));
    ASSERT_EQ(bench.outcomes.size(), 1u);
    EXPECT_EQ(bench.outcomes[0].kind, Kind::done) << bench.outcomes[0].detail;
    EXPECT_EQ(bench.before[0], 31'086);
}

asio::awaitable<void> print_with_another(Bench& bench) {
    co_await bench.print(job_of(PrinterTongue::zpl, 1) + job_of(PrinterTongue::zpl, 2));
}
TEST(LabelPrinterTest, NeverVouchesWhenTheCountMovedByMoreThanOurLabel) {
    Bench bench;
    play(bench.loop, print_with_another(bench));
    ASSERT_EQ(bench.outcomes.size(), 1u);
    EXPECT_EQ(bench.outcomes[0].kind, Kind::unknown);
}

asio::awaitable<void> swallow_one(Bench& bench) {
    const auto set = bench.device->set_trouble(LabelTrouble::swallow);
    EXPECT_TRUE(set);
    co_await bench.print(job_of(PrinterTongue::zpl, 1));
}
TEST(LabelPrinterTest, ALabelThatIsSwallowedIsNeverCalledPrinted) {
    Bench bench;
    play(bench.loop, swallow_one(bench));
    ASSERT_EQ(bench.outcomes.size(), 1u);
    EXPECT_EQ(bench.outcomes[0].kind, Kind::not_started);
    EXPECT_NE(bench.outcomes[0].detail.find("has counted no label"), std::string::npos);
}

asio::awaitable<void> run_out_of_paper(Bench& bench) {
    bench.at_start = [&] {
        const auto set = bench.device->set_trouble(LabelTrouble::paper_out);
        EXPECT_TRUE(set);
    };
    co_await bench.print(job_of(PrinterTongue::zpl, 1));
    EXPECT_TRUE(bench.device->labels().empty());
    co_await bench.count(31'084);
    const auto set = bench.device->set_trouble(LabelTrouble::none);
    EXPECT_TRUE(set);
    co_await bench.count(31'084);
}
TEST(LabelPrinterTest, AfterANewRollTheCountTellsWhatBecameOfTheLabel) {
    Bench bench;
    play(bench.loop, run_out_of_paper(bench));
    ASSERT_EQ(bench.outcomes.size(), 1u);
    EXPECT_EQ(bench.outcomes[0].kind, Kind::unknown);
    ASSERT_EQ(bench.counts.size(), 2u);
    EXPECT_EQ(bench.counts[0].kind, PrintCount::Kind::unreachable);
    EXPECT_EQ(bench.counts[1].kind, PrintCount::Kind::counted);
    EXPECT_EQ(bench.counts[1].labels, 31'085);
}

asio::awaitable<void> cut_the_power(Bench& bench) {
    const auto set = bench.device->set_trouble(LabelTrouble::power_cut);
    EXPECT_TRUE(set);
    co_await bench.print(job_of(PrinterTongue::zpl, 1));
    co_await bench.count(31'084);
}
TEST(LabelPrinterTest, APrinterThatLostPowerTellsByItsCountThatNothingCameOut) {
    Bench bench;
    play(bench.loop, cut_the_power(bench));
    ASSERT_EQ(bench.outcomes.size(), 1u);
    EXPECT_EQ(bench.outcomes[0].kind, Kind::unknown);
    ASSERT_EQ(bench.counts.size(), 1u);
    EXPECT_EQ(bench.counts[0].kind, PrintCount::Kind::counted);
    EXPECT_EQ(bench.counts[0].labels, 31'084);
    EXPECT_TRUE(bench.device->labels().empty());
}

asio::awaitable<void> print_two(Bench& bench) {
    co_await bench.print(job_of(PrinterTongue::zpl, 1));
    co_await bench.print(job_of(PrinterTongue::zpl, 2));
    co_await bench.count(1);
}
TEST(LabelPrinterTest, APrinterWithoutACountHasOnlyTakenItsLabels) {
    Bench bench(PrinterTongue::zpl, false);
    play(bench.loop, print_two(bench));
    ASSERT_EQ(bench.outcomes.size(), 2u);
    for (const auto& outcome : bench.outcomes)
        EXPECT_EQ(outcome.kind, Kind::sent) << outcome.detail;
    EXPECT_EQ(bench.before[0], std::nullopt);
    ASSERT_EQ(bench.counts.size(), 1u);
    EXPECT_EQ(bench.counts[0].kind, PrintCount::Kind::cannot);
}

ReadPage read_back(PrinterTongue tongue, const std::string& bytes) {
    if (tongue == PrinterTongue::tspl) return read_tspl(bytes);
    if (tongue == PrinterTongue::epl2) return read_epl2(bytes);
    if (tongue == PrinterTongue::escpos) return read_escpos(bytes);
    return read_cpcl(bytes);
}

asio::awaitable<void> print_one(Bench& bench, PrinterTongue tongue) {
    co_await bench.print(job_of(tongue, 1));
    auto out = [&] { return !bench.device->labels().empty(); };
    co_await until(out);
}
TEST(LabelPrinterTest, EveryLanguagePrintsThePageOnceAndSaysThatItTookIt) {
    for (const auto tongue :
         {PrinterTongue::tspl, PrinterTongue::epl2, PrinterTongue::escpos, PrinterTongue::cpcl}) {
        SCOPED_TRACE(name_of(tongue));
        Bench bench(tongue);
        play(bench.loop, print_one(bench, tongue));
        ASSERT_EQ(bench.outcomes.size(), 1u);
        EXPECT_EQ(bench.outcomes[0].kind, Kind::sent) << bench.outcomes[0].detail;
        ASSERT_EQ(bench.device->labels().size(), 1u);
        const auto page = read_back(tongue, bench.device->labels()[0].bytes);
        ASSERT_TRUE(page) << page.error();
        EXPECT_EQ(page->bits, page_of(1).bits);
    }
}

}  // namespace
}  // namespace kemas::sim
