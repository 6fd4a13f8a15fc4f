// One site: its TOML file, then the files that one names.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/bare_letter.hpp"
#include "intake/seal.hpp"
#include "settings/channels.hpp"
#include "settings/couriers.hpp"
#include "settings/devices.hpp"
#include "settings/rating.hpp"
#include "settings/rosters.hpp"
#include "settings/sections.hpp"
#include "settings/settings.hpp"

namespace kemas::settings {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file_bytes = 1 << 20;  // reference/reliability.md, section 5

// Bytes of a file, or why there are none.
Result<std::string> read_file(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status)) return fail(Remedy::call_person, "does not exist");
    if (!fs::is_regular_file(status)) return fail(Remedy::call_person, "is no file");
    if (fs::file_size(path, error) > largest_file_bytes || error)
        return fail(Remedy::call_person, "is larger than 1 MiB");
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(Remedy::call_person, "cannot be read");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

class Loading {
 public:
    explicit Loading(const std::string& path)
        : path_(path), folder_(fs::path(path).parent_path()), site_file_(path) {}

    Result<Settings> load();

 private:
    void read(const toml::table& table);
    void read_files(TableReader& files, Names& names);
    // The file that `key` names, given to `reader`; none when the key is absent.
    template <class Reader>
    void read_roster(TableReader& files, std::string_view key, std::string_view expected,
                     Mistakes& mistakes, Reader reader);
    // What the hash is made of: each file's role, size and bytes.
    void add_to_hash(std::string_view role, const std::string& bytes) {
        hashed_ += std::string(role) + " " + std::to_string(bytes.size()) + "\n" + bytes + "\n";
    }
    std::string mistakes() const;

    std::string path_;
    fs::path folder_;
    Mistakes site_file_;
    std::vector<Mistakes> rosters_;
    NumberRules rules_;
    std::string hashed_;
    Settings settings_;
};

Result<Settings> Loading::load() {
    const auto bytes = read_file(path_);
    if (!bytes) {
        site_file_.add(1, bytes.error().what + ", expected the site's settings in TOML");
        return fail(Remedy::call_person, mistakes());
    }
    add_to_hash("site", *bytes);
    if (const auto letter = find_bare_letter(*bytes))
        return fail(Remedy::call_person, letter->in(path_));
    try {
        read(toml::parse(std::string_view(*bytes)));
    } catch (const toml::parse_error& error) {
        site_file_.add(static_cast<int>(error.source().begin.line),
                       std::string(error.description()) + ", expected TOML");
    }
    if (const auto text = mistakes(); !text.empty()) return fail(Remedy::call_person, text);
    settings_.site.hash = intake::sha256_hex(hashed_);
    return std::move(settings_);
}

void Loading::read(const toml::table& table) {
    TableReader root(table, "the file", site_file_);
    Names names(site_file_);
    const auto section = [&](std::string_view key, auto reader) {
        if (const auto* found = root.table(key)) {
            TableReader one(*found, "[" + std::string(key) + "]", site_file_);
            reader(one);
        }
    };
    section("site", [&](auto& t) { read_site(t, settings_); });
    section("ledger", [&](auto& t) { read_ledger(t, folder_, settings_); });
    section("http", [&](auto& t) { read_http(t, names, settings_); });
    if (!root.has("http"))  // its default port counts, too
        names.listen("[http]", settings_.http.address, settings_.http.port, 1);
    section("policy", [&](auto& t) { read_policy(t, names, settings_); });
    section("rating", [&](auto& t) { read_rating(t, settings_); });
    section("packing", [&](auto& t) { read_packing(t, settings_); });
    section("label", [&](auto& t) { read_label(t, folder_, settings_); });
    section("label_files", [&](auto& t) { read_label_files(t, folder_, settings_); });
    read_devices(root, folder_, names, settings_);
    section("order_db", [&](auto& t) { read_order_db(t, folder_, settings_); });
    section("files", [&](auto& t) { read_files(t, names); });
    read_couriers(root, rules_, settings_);
    read_channels(root, folder_, settings_);
    section("declared", [&](auto& t) { read_declared(t, settings_); });
    section("log", [&](auto& t) { read_log(t, settings_); });
    root.finish();
    names.check_uses();
}

template <class Reader>
void Loading::read_roster(TableReader& files, std::string_view key, std::string_view expected,
                          Mistakes& mistakes, Reader reader) {
    const auto path = beside(folder_, files.text(key));
    if (path.empty()) return;
    const auto bytes = read_file(path);
    if (!bytes)
        return files.wrong(key, "is \"" + path + "\", which " + bytes.error().what,
                           std::string(expected));
    add_to_hash(key, *bytes);
    mistakes = Mistakes(path);
    reader(*bytes, mistakes, settings_.site);
}

void Loading::read_files(TableReader& files, Names& names) {
    rosters_ = {Mistakes(""), Mistakes(""), Mistakes("")};
    read_roster(files, "operators", "a CSV file", rosters_[0], read_operators);
    read_roster(files, "cartons", "a CSV file", rosters_[1], read_cartons);
    read_roster(files, "number_rules", "a TOML file of [[rule]]", rosters_[2],
                [this](const std::string& toml, Mistakes& mistakes, Site&) {
                    rules_ = read_number_rules(toml, mistakes);
                });
    for (const auto& [code, carton] : settings_.site.cartons) names.declare("carton", code, 1);
    settings_.messages_folder = beside(folder_, files.text("messages"));
    if (!settings_.messages_folder.empty() && !fs::is_directory(settings_.messages_folder))
        files.wrong("messages", "is \"" + settings_.messages_folder + "\", which is no folder",
                    "a folder with en.toml or id.toml");
    files.finish();
}

std::string Loading::mistakes() const {
    std::string text = site_file_.text();
    for (const auto& roster : rosters_)
        if (!roster.empty()) text += (text.empty() ? "" : "\n") + roster.text();
    return text;
}

}  // namespace

Result<Settings> load_settings(const std::string& path) {
    return Loading(path).load();
}

}  // namespace kemas::settings
