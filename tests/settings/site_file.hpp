// A site file written for one test, and what loading it says.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "folder.hpp"
#include "settings/settings.hpp"

namespace kemas::settings {

struct SiteFile {
    explicit SiteFile(std::string_view toml) : path(folder.put("kemas.toml", toml)) {}

    Result<Settings> load() const { return load_settings(path); }
    // The faults without the folder, one a line; empty = it loaded.
    std::string faults() const {
        const auto loaded = load();
        if (loaded) return "";
        auto text = loaded.error().what;
        const auto prefix = folder.path() + "/";
        for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
            text.erase(at, prefix.size());
        return text;
    }

    testing::Folder folder;
    std::string path;
};

inline std::string faults_of(std::string_view toml) {
    return SiteFile(toml).faults();
}

}  // namespace kemas::settings
