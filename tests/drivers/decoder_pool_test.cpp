#include "drivers/camera/decoder_pool.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>

#include "drivers/camera/decode_wire.hpp"
#include "pictures.hpp"
#include "stand_in.hpp"

namespace kemas::camera {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Codes = Result<std::vector<Barcode>>;

constexpr int kCode128 = 20, kEan = 13, kQr = 58, kDataMatrix = 71;

class DecoderPoolTest : public ::testing::Test {
 protected:
    DecoderPool& pool(std::string program = KEMAS_DECODE, int time_limit_ms = 20'000) {
        PoolOptions options;
        options.program = std::move(program);
        options.time_limit_ms = time_limit_ms;
        pool_ = std::make_unique<DecoderPool>(loop.get_executor(), options);
        return *pool_;
    }
    // Hands a picture over and waits for its answer.
    Codes read(std::string picture, ReadOptions options = {}) {
        Codes answer = fail(Remedy::retry, "no answer within the test's patience");
        bool answered = false;
        pool_->read(std::move(picture), options, [&](Codes codes) {
            answer = std::move(codes);
            answered = true;
        });
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!answered && std::chrono::steady_clock::now() < last) {
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(100));
        }
        return answer;
    }
    std::string script(const std::string& text) const { return stand_in_.doing(text); }
    static std::vector<std::string> texts(const Codes& codes) {
        std::vector<std::string> all;
        if (codes)
            for (const auto& code : *codes) all.push_back(code.format + " " + code.text);
        else
            all.push_back("fault: " + codes.error().what);
        return all;
    }
    boost::asio::io_context loop;
    kemas::testing::StandIn stand_in_;
    std::unique_ptr<DecoderPool> pool_;
};

Canvas label() {
    Canvas canvas(800, 1000);
    draw(canvas, kCode128, "JNE0123456789012", 60, 80);
    draw(canvas, kQr, "ORDER-77", 80, 400, 4);
    draw(canvas, kDataMatrix, "010899123456789110LOT1", 600, 800, 4);
    return canvas;
}

TEST_F(DecoderPoolTest, FindsAllBarcodesOfAPageWithTheirPlaces) {
    pool();
    const auto codes = read(png_of(label()), {kUsualFormats, true});
    ASSERT_THAT(texts(codes), ElementsAre("Code128 JNE0123456789012", "QRCode ORDER-77",
                                          "DataMatrix 010899123456789110LOT1"));
    EXPECT_EQ((*codes)[0].aim, "]C0");
    EXPECT_NEAR((*codes)[0].centre_y(), 120, 60);
    EXPECT_NEAR((*codes)[2].centre_x(), 650, 60);
    EXPECT_NEAR((*codes)[2].centre_y(), 850, 60);
}

TEST_F(DecoderPoolTest, ReadsJpegAndPgmAndOnlyTheKindsAskedFor) {
    pool();
    EXPECT_THAT(texts(read(jpeg_of(label()), {*format_bit("QRCode"), true})),
                ElementsAre("QRCode ORDER-77"));
    EXPECT_THAT(texts(read(pgm_of(label()), {*format_bit("EAN-13"), true})), IsEmpty());
    Canvas shelf(640, 480);
    draw(shelf, kEan, "899123456789", 100, 100);
    EXPECT_THAT(texts(read(jpeg_of(shelf))), ElementsAre("EAN-13 8991234567891"));
    EXPECT_EQ(pool_->counts().started, 1u) << "one child served all";
}

TEST_F(DecoderPoolTest, ALargeCleanCode128DoesNotAbortIt) {
    // ZXing 1.4 with its own settings asserts on this very picture.
    pool();
    Canvas canvas(1280, 960);
    draw(canvas, kCode128, "JX0123456789", 200, 300, 4);
    EXPECT_THAT(texts(read(png_of(canvas), {kUsualFormats, true})),
                ElementsAre("Code128 JX0123456789"));
    EXPECT_EQ(pool_->counts().deaths, 0u);
}

TEST_F(DecoderPoolTest, SaysWhatIsNoPicture) {
    pool();
    EXPECT_THAT(read("").error().what, HasSubstr("expected a PNG, JPEG"));
    EXPECT_THAT(read("GIF89a").error().what, HasSubstr("expected a PNG, JPEG"));
    auto cut = png_of(label());
    cut.resize(cut.size() / 2);
    EXPECT_THAT(read(cut).error().what, HasSubstr("damaged or cut off"));
    EXPECT_THAT(read("P5 9999 9999 255\n").error().what, HasSubstr("too large"));
    EXPECT_THAT(read(std::string(kMostPictureBytes + 1, 'x')).error().what,
                HasSubstr("at most 16 MiB"));
    EXPECT_EQ(pool_->counts().deaths, 0u);
    EXPECT_THAT(texts(read(png_of(label()))), ::testing::Contains("Code128 JNE0123456789012"));
}

TEST_F(DecoderPoolTest, AChildThatDiesCostsOnePictureItsAnswer) {
    pool(script("read first; kill -ABRT $$"));
    EXPECT_THAT(read("\n").error().what, HasSubstr("stopped its decoder"));
    EXPECT_THAT(read("\n").error().what, HasSubstr("stopped its decoder"));
    EXPECT_EQ(pool_->counts().deaths, 4u) << "each is tried twice";
    EXPECT_EQ(pool_->counts().started, 4u);
}

TEST_F(DecoderPoolTest, AChildThatHangsOrLiesIsEnded) {
    pool(script("exec sleep 600"), 200);
    EXPECT_THAT(read("x").error().what, HasSubstr("took too long"));
    pool(script("head -c 17 > /dev/null; exec yes KDC1 2> /dev/null"));
    EXPECT_THAT(read("x").error().what, HasSubstr("stopped its decoder"));
}

TEST_F(DecoderPoolTest, AMissingProgramIsSaidByName) {
    pool("/nowhere/kemas-decode");
    EXPECT_THAT(read("x").error().what, HasSubstr("cannot start /nowhere/kemas-decode (No such"));
}

TEST_F(DecoderPoolTest, TakesNoMoreThanItCanHold) {
    pool();
    std::size_t answered = 0, refused = 0;
    for (int i = 0; i < 40; ++i)
        pool_->read("no picture", {}, [&](const Codes& codes) {
            ++answered;
            if (codes.error().remedy == Remedy::retry) ++refused;
        });
    const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (answered < 40 && std::chrono::steady_clock::now() < last) {
        loop.restart();
        loop.run_one_for(std::chrono::milliseconds(100));
    }
    EXPECT_EQ(answered, 40u);
    EXPECT_EQ(refused, 24u);
}

TEST_F(DecoderPoolTest, StopEndsItsChildrenAndCallsNobody) {
    pool(script("exec sleep 600"));
    pool_->read("x", {}, [](const Codes&) { FAIL() << "answered after stop()"; });
    loop.restart();
    loop.run_for(std::chrono::milliseconds(50));
    pool_->stop();
    loop.restart();
    loop.run();  // ends: nothing is left waiting
}

TEST(Sandbox, LeavesNoFilesNetworkProcessesOrRights) {
    EXPECT_EQ(std::system(KEMAS_DECODE " --prove-sandbox > /dev/null 2>&1"), 0);
}

// KEMAS_LONG=1: ten thousand.
TEST_F(DecoderPoolTest, HostilePicturesStopNothing) {
    pool();
    const char* longer = std::getenv("KEMAS_LONG");
    const int count = longer && *longer == '1' ? 10'000 : 300;
    Canvas small(320, 240);
    draw(small, kCode128, "A-1", 10, 10, 2);
    draw(small, kQr, "Q", 200, 100, 4);
    const std::vector<std::string> good{png_of(small), jpeg_of(small), pgm_of(small),
                                        jpeg_of(label(), 30)};
    std::mt19937 chance(20261122);
    int silent = 0;
    for (int i = 0; i < count; ++i) {
        const auto codes = read(spoil(good[static_cast<std::size_t>(i) % good.size()], chance));
        if (!codes && codes.error().what.starts_with("no answer")) ++silent;
    }
    EXPECT_EQ(silent, 0);
    EXPECT_THAT(texts(read(png_of(small))), ::testing::Contains("Code128 A-1"))
        << "and it still reads";
    RecordProperty("deaths", static_cast<int>(pool_->counts().deaths));
    std::printf("%d hostile pictures: %llu answered, %llu of them no picture, %llu child deaths\n",
                count, static_cast<unsigned long long>(pool_->counts().pictures),
                static_cast<unsigned long long>(pool_->counts().unreadable),
                static_cast<unsigned long long>(pool_->counts().deaths));
}

TEST(DecodeWire, AnyTextSurvivesAndNonsenseIsRefused) {
    Barcode code{"QRCode", "]Q3", std::string("a\tb\n\0\\x\x1D\xFF", 9), {}};
    code.corners[2] = {-3, 4000};
    const auto back = barcodes_of(to_text({code, code}));
    ASSERT_TRUE(back);
    ASSERT_EQ(back->size(), 2u);
    EXPECT_EQ((*back)[1].text, code.text);
    EXPECT_EQ((*back)[1].corners[2].x, -3);
    for (const char* bad :
         {"x", "x\n", "QRCode\t]Q3\tt\t1\t2\n", "Nope\t]Q3\tt\t1\t2\t3\t4\t5\t6\t7\t8\n",
          "QRCode\t]Q3\tt\\x1\t1\t2\t3\t4\t5\t6\t7\t8\n",
          "QRCode\t]Q3\tt\t1\t2\t3\t4\t5\t6\t7\t8e9\n",
          "QRCode\t]Q\r\tt\t1\t2\t3\t4\t5\t6\t7\t8\n"})
        EXPECT_FALSE(barcodes_of(bad)) << bad;
    EXPECT_FALSE(unpack(HeadBytes{}));
}

}  // namespace
}  // namespace kemas::camera
