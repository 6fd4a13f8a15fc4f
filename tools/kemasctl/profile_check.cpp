#include "tools/kemasctl/profile_check.hpp"

#include <algorithm>
#include <filesystem>

#include "drivers/profile/check_samples.hpp"
#include "drivers/scale/frame_samples.hpp"
#include "drivers/scale/scale_samples.hpp"
#include "tools/kemasctl/profile_talks.hpp"

namespace kemas::ctl {
namespace {

struct WrongSamples {
    std::vector<std::string> operator()(const profile::ScaleProfile& one) const {
        return scale::wrong_samples(one);
    }
    std::vector<std::string> operator()(const profile::DeviceProfile& one) const {
        return profile::wrong_samples(one);
    }
    std::vector<std::string> operator()(const profile::PrinterProfile& one) const {
        auto wrong = profile::wrong_samples(one);
        for (std::string& more : wrong_zpl(one)) wrong.push_back(std::move(more));
        return wrong;
    }
    std::vector<std::string> operator()(const profile::TextScaleProfile& one) const {
        return scale::wrong_samples(one);
    }
    std::vector<std::string> operator()(const profile::ScannerProfile& one) const {
        auto wrong = wrong_scans(one);
        for (std::string& more : wrong_setup(one)) wrong.push_back(std::move(more));
        return wrong;
    }
};

Result<profile::AnyProfile> with_samples(Result<profile::AnyProfile> loaded) {
    if (!loaded) return loaded;
    std::string wrong;
    for (const std::string& one : std::visit(WrongSamples{}, *loaded))
        wrong += (wrong.empty() ? "" : "\n") + one;
    if (!wrong.empty()) return fail(Remedy::call_person, wrong);
    return loaded;
}

}  // namespace

Result<profile::AnyProfile> check_profile(const std::string& path) {
    return with_samples(profile::load_profile(path));
}

Result<profile::AnyProfile> check_profile_text(const std::string& text, const std::string& name) {
    return with_samples(profile::parse_profile(text, name));
}

Result<std::vector<std::string>> profile_files(const std::string& name) {
    std::error_code error;
    if (!std::filesystem::is_directory(name, error)) return std::vector{name};
    std::vector<std::string> files;
    std::filesystem::recursive_directory_iterator entry(name, error), end;
    for (; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".toml") files.push_back(entry->path().string());
    if (error)
        return fail(Remedy::stop, name + ": cannot be read: " + error.message() + "; check it");
    if (files.empty())
        return fail(Remedy::stop, name + ": holds no profile, expected .toml files below it");
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace kemas::ctl
