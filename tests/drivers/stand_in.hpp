// A shell script in the place of a child's program. Each process has its own: tests run side by
// side.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace kemas::testing {

class StandIn {
 public:
    StandIn()
        : path_(std::filesystem::temp_directory_path() /
                ("kemas-stand-in-" + std::to_string(::getpid()))) {}
    StandIn(const StandIn&) = delete;
    StandIn& operator=(const StandIn&) = delete;
    ~StandIn() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

    // The path of a program that does this, in place of what it did before.
    std::string doing(const std::string& text) const {
        std::ofstream(path_) << "#!/bin/sh\n" << text << "\n";
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
        return path_.string();
    }

 private:
    std::filesystem::path path_;
};

}  // namespace kemas::testing
