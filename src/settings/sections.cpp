#include "settings/sections.hpp"

#include <algorithm>

namespace kemas::settings {
namespace {

namespace fs = std::filesystem;

// What a request header can carry.
bool is_token(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

std::string beside(const fs::path& folder, const std::string& name) {
    return name.empty() ? name : (folder / name).lexically_normal().string();
}

std::optional<int> offset_minutes(std::string_view text) {
    constexpr std::string_view shape = "+00:00";
    if (text.size() != shape.size() || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return std::nullopt;
    const auto digit = [&](std::size_t i) { return text[i] - '0'; };
    for (const auto i : {1u, 2u, 4u, 5u})
        if (digit(i) < 0 || digit(i) > 9) return std::nullopt;
    const int minutes = digit(4) * 10 + digit(5);
    const int all = (digit(1) * 10 + digit(2)) * 60 + minutes;
    if (minutes > 59 || all > (text[0] == '+' ? 14 : 12) * 60) return std::nullopt;
    return text[0] == '+' ? all : -all;
}

bool is_loopback(std::string_view address) {
    const bool is_v4 = address.find_first_not_of("0123456789.") == std::string_view::npos;
    return address == "localhost" || address == "::1" || (is_v4 && address.starts_with("127."));
}

void read_site(TableReader& site, Settings& into) {
    into.site_name = site.text("name", into.site_name);
    into.language =
        site.choice<std::string>("language", into.language, {{"en", "en"}, {"id", "id"}});
    into.site.policy.tongue =
        into.language == "id" ? rating::Tongue::indonesian : rating::Tongue::english;
    const auto offset = site.text("utc_offset", into.utc_offset);
    if (const auto minutes = offset_minutes(offset)) {
        into.utc_offset = offset;
        into.utc_offset_minutes = *minutes;
        into.site.policy.utc_offset_minutes = *minutes;
    } else {
        site.wrong("utc_offset", "is \"" + offset + "\"", "hours and minutes, as in \"+07:00\"");
    }
    site.finish();
}

void read_ledger(TableReader& ledger, const fs::path& folder, Settings& into) {
    into.ledger.path = beside(folder, ledger.text("path", into.ledger.path));
    if (into.ledger.path.empty()) ledger.wrong("path", "is empty", "the ledger's file");
    ledger.finish();
}

void read_http(TableReader& http, Names& names, Settings& into) {
    into.http.address = http.text("address", into.http.address);
    into.http.port = http.whole_int("port", into.http.port, 0, 65535);
    into.http.token = http.text("token");
    if (!is_token(into.http.token))
        http.wrong("token", "holds a space or another character that no header carries",
                   "printable ASCII without spaces");
    if (into.http.address.empty())
        http.wrong("address", "is empty", "an IP address");
    else if (!is_loopback(into.http.address) && into.http.token.empty())
        http.wrong("address",
                   "is \"" + into.http.address + "\", open to the network without a token",
                   "a token, or address = \"127.0.0.1\"");
    names.listen("[http]", into.http.address, into.http.port, http.line("port"));
    http.finish();
}

void read_policy(TableReader& policy, Names& names, Settings& into) {
    auto& p = into.site.policy;
    using ShipOn = Policy::ShipOn;
    p.ship_on = policy.choice<ShipOn>("ship_on", p.ship_on,
                                      {{"staged", ShipOn::staged}, {"dock", ShipOn::dock}});
    using Print = Policy::Print;
    p.print = policy.choice<Print>("print", p.print,
                                   {{"lenient", Print::lenient}, {"strict", Print::strict}});
    using Right = Policy::Right;
    p.reprint = policy.choice<Right>(
        "reprint", p.reprint, {{"packer", Right::packer}, {"supervisor", Right::supervisor}});
    p.scan_location = policy.flag("scan_location", p.scan_location);
    p.double_scan.value = policy.whole("double_scan_ms", p.double_scan.value, 0, 60'000);
    p.default_carton = policy.text("default_carton", p.default_carton);
    names.use("carton", p.default_carton, "[policy]", policy.line("default_carton"));
    p.cancel_rack = policy.text("cancel_rack", p.cancel_rack);
    p.return_rack = policy.text("return_rack", p.return_rack);
    p.damaged_rack = policy.text("damaged_rack", p.damaged_rack);
    for (const auto& [key, rack] :
         {std::pair{"cancel_rack", &p.cancel_rack}, std::pair{"return_rack", &p.return_rack},
          std::pair{"damaged_rack", &p.damaged_rack}})
        if (rack->empty()) policy.wrong(key, "is empty", "a location's name");
    p.reference_prefix = policy.text("reference_prefix", p.reference_prefix);
    if (p.reference_prefix.empty() || p.reference_prefix.size() > 12 ||
        !std::ranges::all_of(p.reference_prefix, [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }))
        policy.wrong("reference_prefix", "is \"" + p.reference_prefix + "\"",
                     "1 to 12 capital letters and digits");
    p.sigma_tenths = policy.tenths("sigma", p.sigma_tenths, 10, 100);
    const auto least = p.tolerance_min.value / 1000, most = p.tolerance_max.value / 1000;
    p.tolerance_min = grams(policy.whole("tolerance_min_g", least, 0, 100'000));
    p.tolerance_max = grams(policy.whole("tolerance_max_g", most, 1, 1'000'000));
    if (p.tolerance_min > p.tolerance_max)
        policy.wrong(policy.has("tolerance_min_g") ? "tolerance_min_g" : "tolerance_max_g",
                     "makes the least tolerance larger than the largest",
                     "tolerance_min_g of at most tolerance_max_g");
    policy.finish();
}

void read_label(TableReader& label, const fs::path& folder, Settings& into) {
    into.label.layout = beside(folder, label.text("layout"));
    if (!into.label.layout.empty() && !fs::is_regular_file(into.label.layout))
        label.wrong("layout", "is \"" + into.label.layout + "\", which does not exist",
                    "a layout's file, as in config/labels");
    into.label.sender_name = label.text("sender_name");
    into.label.sender_phone = label.text("sender_phone");
    into.label.sender_address = label.text("sender_address");
    label.finish();
}

void read_label_files(TableReader& files, const fs::path& folder, Settings& into) {
    auto& label = into.label_files;
    label.folder = beside(folder, files.text("folder"));
    label.poll_ms = files.whole_int("poll_ms", label.poll_ms, 100, 600'000);
    label.dpi = files.whole_int("dpi", label.dpi, 150, 600);
    label.width_mm = files.whole_int("width_mm", label.width_mm, 20, 220);
    label.height_mm = files.whole_int("height_mm", label.height_mm, 20, 310);
    label.may_scale =
        files.choice<bool>("scale", label.may_scale, {{"refuse", false}, {"shrink", true}});
    label.growth_refuses =
        files.choice<bool>("growth", label.growth_refuses, {{"refuse", true}, {"warn", false}});
    into.site.policy.not_identifying = files.texts("not_identifying");
    for (const auto& pattern : into.site.policy.not_identifying)
        if (pattern.find_first_not_of('*') == std::string::npos || pattern.size() > 100)
            files.wrong("not_identifying", "holds \"" + pattern + "\"",
                        "patterns of up to 100 signs that leave some barcodes, as \"SORT-*\"");
    files.finish();
}

void read_order_db(TableReader& order_db, const fs::path& folder, Settings& into) {
    auto& db = into.order_db;
    db.enabled = true;
    db.backend = order_db.choice<std::string>(
        "backend", db.backend,
        {{"sqlite", "sqlite"}, {"postgresql", "postgresql"}, {"mysql", "mysql"}});
    db.connect = order_db.need_text("connect");
    constexpr std::string_view sqlite_prefix = "dbname=";
    if (db.backend == "sqlite") {
        if (db.connect.starts_with(sqlite_prefix)) db.connect.erase(0, sqlite_prefix.size());
        db.connect = beside(folder, db.connect);
    }
    db.poll_ms = order_db.whole_int("poll_ms", db.poll_ms, 50, 3'600'000);
    db.deadline_ms = order_db.whole_int("deadline_ms", db.deadline_ms, 1000, 60'000);
    order_db.finish();
}

void read_log(TableReader& log, Settings& into) {
    into.log_level = log.choice<std::string>(
        "level", into.log_level,
        {{"debug", "debug"}, {"info", "info"}, {"warn", "warn"}, {"error", "error"}});
    log.finish();
}

}  // namespace kemas::settings
