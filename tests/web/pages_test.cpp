#include <gtest/gtest.h>

#include "pages/assets.hpp"

namespace kemas::pages {
namespace {

TEST(Assets, HoldTheDashboardWholeAndItsFonts) {
    const auto page = find_asset("/");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->content_type, "text/html; charset=utf-8");
    EXPECT_TRUE(page->bytes.starts_with("<!doctype html>"));
    EXPECT_TRUE(page->bytes.ends_with("</html>\n"));
    EXPECT_TRUE(find_asset("/fonts/atkinson-next.woff2")->bytes.starts_with("wOF2"));
    EXPECT_FALSE(find_asset("/fonts/"));
}

TEST(Assets, KeepToTheContentPolicyAndTheFirstLoadBudget) {
    std::size_t bytes = 0;
    for (const Asset& asset : all_assets()) {
        if (asset.content_type == "font/woff2") continue;
        bytes += asset.bytes.size();
        for (const char* unsafe : {"innerHTML", "insertAdjacentHTML", "document.write", "eval(",
                                   " style=\"", " onclick=", "https://"}) {
            EXPECT_EQ(asset.bytes.find(unsafe), std::string_view::npos)
                << asset.path << " has " << unsafe;
        }
    }
    EXPECT_LE(bytes, 90u * 1024);  // reference/pages.md, section 11, there after gzip
}

TEST(Assets, HaveEachTheirOwnEntityTag) {
    for (const Asset& a : all_assets()) {
        EXPECT_EQ(a.etag.size(), 12u);
        for (const Asset& b : all_assets()) EXPECT_TRUE(a.path == b.path || a.etag != b.etag);
    }
}

}  // namespace
}  // namespace kemas::pages
