// The real ippeveprinter of CUPS: what it calls done lies in its spool byte for byte, and what dies
// with it is unknown.
#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "drivers/printer/ipp_printer.hpp"
#include "tests/drivers/peers/child_program.hpp"

namespace kemas::printer {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::ip::tcp;
using Kind = PrintOutcome::Kind;
using kemas::test::ChildProgram;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr const char* kProgram = "/usr/sbin/ippeveprinter";
constexpr const char* kZpl = "application/vnd.zebra-zpl";

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string every_byte(std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>((i * 167 + i / 256) & 0xFF);
    return bytes;
}

class Ippeveprinter : public ::testing::Test {
 protected:
    void SetUp() override {
        if (::access(kProgram, X_OK) != 0)
            GTEST_SKIP() << "no ippeveprinter: apt install cups-ipp-utils";
        std::string name = (fs::path(::testing::TempDir()) / "ippeve-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
        fs::create_directories(folder / "spool");
    }
    void TearDown() override {
        printer.reset();
        program.reset();
        if (!folder.empty()) fs::remove_all(folder);
    }
    // `command`: the shell lines it runs for each job, $1 the job's file.
    void begin(const std::string& command, const std::string& formats = kZpl) {
        std::ofstream(folder / "command") << "#!/bin/sh\n" << command << "\n";
        fs::permissions(folder / "command", fs::perms::owner_all);
        tcp::acceptor free(loop, {asio::ip::address_v4::loopback(), 0});
        const std::string port = std::to_string(free.local_endpoint().port());
        free.close();
        const std::string preload = std::string("LD_PRELOAD=") + KEMAS_NO_AVAHI,
                          home = "HOME=" + folder.string(), spool = (folder / "spool").string(),
                          run = (folder / "command").string();
        const std::vector<std::string> words{
            "/usr/bin/env",  preload, home,  kProgram, "-n", "localhost", "-p", port,    "-K",
            folder.string(), "-d",    spool, "-k",     "-c", run,         "-f", formats, "bench"};
        program = std::make_unique<ChildProgram>(words);
        options.name = "bench 1";
        options.uri = "ipp://localhost:" + port + "/ipp/print";
        options.format = kZpl;
        options.status_poll_ms = 50;
        options.job_poll_ms = 20;
    }
    void use() {
        printer = std::make_unique<IppPrinter>(loop.get_executor(), options);
        until([this] { return printer->health().up; });
    }
    void send(std::string bytes) {
        printer->print(
            std::move(bytes), [](Printer::Go go) { go(true); },
            [this](PrintOutcome outcome) { outcomes.push_back(std::move(outcome)); });
    }
    PrintOutcome end_of(std::string bytes) {
        const auto before = outcomes.size();
        send(std::move(bytes));
        until([&] { return outcomes.size() > before; });
        return outcomes.size() > before ? outcomes.back() : PrintOutcome{};
    }
    template <class Condition>
    void until(const Condition& condition) {
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        while (!condition() && std::chrono::steady_clock::now() < deadline) {
            loop.restart();
            loop.run_one_for(1ms);
        }
        ASSERT_TRUE(condition()) << printer->health().state << " " << printer->health().error;
    }
    std::vector<fs::path> spooled() const {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(folder / "spool"))
            if (entry.path().extension() != ".prn") files.push_back(entry.path());
        return files;
    }

    fs::path folder;
    asio::io_context loop;
    IppPrinterOptions options;
    std::unique_ptr<ChildProgram> program;
    std::unique_ptr<IppPrinter> printer;
    std::vector<PrintOutcome> outcomes;
};

TEST_F(Ippeveprinter, WhatItCallsCompletedArrivedByteForByte) {
    begin("cat \"$1\" >> " + (folder / "paper").string());
    use();
    const std::string first = every_byte(300'001), second = "^XA^FDsecond^FS^XZ";
    const PrintOutcome outcome = end_of(first);
    EXPECT_EQ(outcome.kind, Kind::sent) << outcome.detail;
    EXPECT_THAT(outcome.detail, HasSubstr("job 1 is completed"));
    EXPECT_EQ(end_of(second).kind, Kind::sent);
    EXPECT_TRUE(read(folder / "paper") == first + second) << "each once, in order";
    EXPECT_EQ(spooled().size(), 2u);
    EXPECT_EQ(printer->health().state, "ready");
}

TEST_F(Ippeveprinter, AnEncryptedLinkCarriesTheSameBytes) {
    begin("cat \"$1\" > " + (folder / "paper").string());
    options.uri.replace(0, 3, "ipps");
    options.connect_timeout_ms = 30'000;
    use();
    const std::string label = every_byte(70'000);
    const PrintOutcome outcome = end_of(label);
    EXPECT_EQ(outcome.kind, Kind::sent) << outcome.detail;
    EXPECT_TRUE(read(folder / "paper") == label);
}

TEST_F(Ippeveprinter, StoppedWhileTheDocumentArrivesItIsUnknown) {
    begin("sleep 5");
    use();
    constexpr std::size_t size = 64'000'000;
    send(std::string(size, 'Z'));
    until([this] { return !spooled().empty(); });
    program->signal(SIGSTOP);
    ASSERT_LT(fs::file_size(spooled().at(0)), size) << "in the middle";
    ASSERT_TRUE(outcomes.empty());
    program->signal(SIGKILL);
    until([this] { return !outcomes.empty(); });
    EXPECT_EQ(outcomes[0].kind, Kind::unknown);
    EXPECT_THAT(outcomes[0].detail, HasSubstr("broke off after"));
    EXPECT_THAT(outcomes[0].detail, HasSubstr("look whether the label is there"));
    until([this] { return printer->health().state == "unreachable"; });
}

TEST_F(Ippeveprinter, StoppedWhileItPrintsItIsUnknown) {
    begin("touch " + (folder / "began").string() + "; sleep 5");
    options.close_timeout_ms = 1'000;
    use();
    send("label");
    until([this] { return fs::exists(folder / "began"); });
    program->signal(SIGKILL);
    until([this] { return !outcomes.empty(); });
    EXPECT_EQ(outcomes[0].kind, Kind::unknown);
    EXPECT_THAT(outcomes[0].detail, HasSubstr("did not complete job 1 in time"));
}

TEST_F(Ippeveprinter, AJobItAbortsIsUnknown) {
    begin("exit 1");
    use();
    const PrintOutcome outcome = end_of("label");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.detail, HasSubstr("broke off job 1"));
}

// Idle it calls its only, empty tray a report, and takes the next job to wait for paper with it.
TEST_F(Ippeveprinter, AnEmptyTrayIsSeenAndTheJobThatWaitsForPaperIsUnknownAndSentOnce) {
    begin("echo 'STATE: +media-empty' >&2; sleep 0.2");
    options.close_timeout_ms = 1'000;
    use();
    end_of("the last label");
    until([this] { return printer->health().state == "paper-low"; });
    EXPECT_EQ(end_of("one too many").kind, Kind::unknown);
    EXPECT_EQ(spooled().size(), 2u);
}

TEST_F(Ippeveprinter, AFormatItDoesNotTakeIsNamedBeforeAnythingStarts) {
    begin("exit 0", "image/pwg-raster");
    printer = std::make_unique<IppPrinter>(loop.get_executor(), options);
    until([this] { return printer->health().state == "format"; });
    EXPECT_EQ(end_of("label").kind, Kind::not_started);
    EXPECT_TRUE(spooled().empty());
}

// It lists octet-stream, looks at the first bytes of such a job itself, and knows no label
// language.
TEST_F(Ippeveprinter, ABareByteStreamItCannotNameIsRefusedAndNothingWasPrinted) {
    begin("exit 0", "application/octet-stream,image/pwg-raster");
    options.format = "application/octet-stream";
    use();
    const PrintOutcome outcome = end_of("^XA^FDlabel^FS^XZ");
    EXPECT_EQ(outcome.kind, Kind::not_started);
    EXPECT_THAT(outcome.detail, HasSubstr("refused the job"));
    EXPECT_TRUE(spooled().empty());
}

}  // namespace
}  // namespace kemas::printer
