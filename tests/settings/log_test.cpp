#include "log/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>
#include <vector>

namespace kemas::log {
namespace {

namespace json = boost::json;

class Log : public ::testing::Test {
 protected:
    Log() {
        set_sink([this](std::string_view line) { lines.emplace_back(line); });
        set_level(Level::info);
    }
    ~Log() override { set_sink({}); }

    json::object only() const {
        EXPECT_EQ(lines.size(), 1u);
        return json::parse(lines.at(0)).as_object();
    }

    std::vector<std::string> lines;
};

TEST_F(Log, WritesOneLineOfJson) {
    event(Level::warn, "scale.up", {{"device", "scale-1"}, {"port", 502}, {"fresh", true}});
    const auto line = only();
    EXPECT_EQ(line.at("level"), "warn");
    EXPECT_EQ(line.at("event"), "scale.up");
    EXPECT_EQ(line.at("device"), "scale-1");
    EXPECT_EQ(line.at("port"), 502);
    EXPECT_EQ(line.at("fresh"), true);
    EXPECT_THAT(std::string(line.at("time").as_string()),
                ::testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
                                        "[.][0-9]{3}Z"));
}

TEST_F(Log, HostileTextStaysInsideItsValue) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    const std::vector<std::string> hostile{all,
                                           "\"}\n{\"event\":\"forged\"",
                                           "{} %s %n {0}",
                                           "\x1b]0;title\x07",
                                           "\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82",
                                           "\xc2\x9b"
                                           "31m",
                                           std::string(100'000, '\\')};
    for (const auto& text : hostile) {
        lines.clear();
        event(Level::error, "scan.bad", {{"text", text}});
        ASSERT_EQ(lines.size(), 1u);
        for (const char c : lines[0]) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
        EXPECT_EQ(lines[0].find("\xc2\x9b"), std::string::npos);
        const auto line = only();
        EXPECT_EQ(line.at("event"), "scan.bad");
        EXPECT_EQ(line.size(), 4u);
    }
}

TEST_F(Log, WellFormedTextComesBackAsItWas) {
    const std::string text = "Kopi \"Arabika\" \\ 250 g\t\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x93\xa6\n";
    event(Level::info, "x", {{"text", text}});
    EXPECT_EQ(std::string(only().at("text").as_string()), text);
}

TEST_F(Log, DropsWhatIsBelowItsLevel) {
    event(Level::debug, "quiet");
    EXPECT_TRUE(lines.empty());
    set_level(Level::error);
    event(Level::warn, "quiet");
    EXPECT_TRUE(lines.empty());
    event(Level::error, "loud");
    EXPECT_EQ(lines.size(), 1u);
    set_level(Level::debug);
    event(Level::debug, "heard");
    EXPECT_EQ(lines.size(), 2u);
}

TEST_F(Log, LevelsHaveNames) {
    for (const auto level : {Level::debug, Level::info, Level::warn, Level::error})
        EXPECT_EQ(level_named(to_text(level)), level);
    EXPECT_EQ(level_named("loud"), std::nullopt);
}

TEST(LogToStderr, IsTheDefault) {
    set_sink({});
    set_level(Level::info);
    ::testing::internal::CaptureStderr();
    event(Level::info, "kemasd.up", {{"version", "0.1.0"}});
    const auto text = ::testing::internal::GetCapturedStderr();
    ASSERT_TRUE(text.ends_with("}\n"));
    EXPECT_EQ(json::parse(text).as_object().at("event"), "kemasd.up");
}

}  // namespace
}  // namespace kemas::log
