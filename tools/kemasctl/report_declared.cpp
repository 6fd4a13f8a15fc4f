// kemasctl report declared: which goods a shop's catalogue has wrong, what that costs, and what to
// enter there.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/reports.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

struct DeclaredArgs {
    std::string from, to, share, channel, shop, language = "en";
    bool csv = false;
};

struct Words {
    const char *head, *left_out, *cut, *nothing, *sums, *unknown_sum, *unknown, *more, *packages,
        *enter, *not_measured, *from_list, *from_one, *from_parcels;
    Row columns, package_columns;
};

const Words english{
    "{} to {}, further than {} % from ours: {} of {} goods, in {} parcels\n",
    "Left out: {} parcels that no scale weighed. {} parcels are of goods whose weight is not "
    "declared: kemasctl import listings.\n",
    "There were more parcels than one report looks at: ask for a shorter period.\n",
    "\nNothing to correct.\n",
    "\nWe paid {} {} too much for what is declared too low; buyers paid {} {} too much for what is "
    "declared too high.\n",
    "For {} parcels the cost is not known: the tariff does not price their courier "
    "and area, or something in them is not declared.\n",
    "not known",
    "not known of {}",
    "\n{} packages of several goods whose load the channel has wrong:\n\n",
    "\nEnter the right weight and size in each shop; for a file: kemasctl report declared --csv\n",
    "{} goods have no weight from any parcel or list.\n",
    "SKU list",
    "1 parcel",
    "{} parcels",
    {"CHANNEL", "SHOP", "SKU", "NAME", "PARCELS", "DECLARED", "OURS", "OFF", "FROM", "COST",
     "ENTER"},
    {"PACKAGE", "CHANNEL", "SHOP", "ORDER", "DECLARED", "OURS", "OFF", "COST"}};

const Words indonesian{
    "{} sampai {}, selisih lebih dari {} % dari ukuran kita: {} dari {} barang, dalam {} paket\n",
    "Tidak ikut: {} paket yang tidak ditimbang. {} paket berisi barang yang beratnya belum "
    "dilaporkan toko: kemasctl import listings.\n",
    "Paketnya lebih banyak daripada yang bisa dibaca sekali jalan: minta jangka waktu lebih "
    "pendek.\n",
    "\nTidak ada yang perlu diperbaiki.\n",
    "\nKita membayar {} {} lebih karena tercatat terlalu ringan; pembeli membayar {} {} lebih "
    "karena tercatat terlalu berat.\n",
    "Untuk {} paket biayanya tidak diketahui: tarif tidak punya harga untuk kurir dan "
    "daerahnya, atau ada isinya yang belum dilaporkan toko.\n",
    "tidak diketahui",
    "tidak diketahui untuk {}",
    "\n{} paket berisi beberapa barang yang beratnya salah di kanal:\n\n",
    "\nIsi berat dan ukuran yang benar di setiap toko; sebagai berkas: kemasctl report declared "
    "--csv\n",
    "{} barang tidak punya berat, baik dari paket maupun dari daftar SKU.\n",
    "daftar SKU",
    "1 paket",
    "{} paket",
    {"KANAL", "TOKO", "SKU", "NAMA", "PAKET", "TERCATAT", "UKURAN KITA", "SELISIH", "DARI", "BIAYA",
     "ISIKAN"},
    {"PAKET", "KANAL", "TOKO", "PESANAN", "TERCATAT", "UKURAN KITA", "SELISIH", "BIAYA"}};

// "350 g 120x100x95"; what is not told is left out.
std::string load_text(const object& load) {
    auto grams = text(load, "weight_g");
    if (const auto point = grams.find('.'); point != std::string::npos) {
        grams.resize(std::min(grams.size(), point + 2));  // to a tenth
        if (grams.ends_with(".0")) grams.resize(point);
    }
    std::string size;
    for (const auto& side : list(load, "size_mm")) size += (size.empty() ? "" : "x") + text(side);
    if (!grams.empty()) grams += " g";
    const auto both = joined(grams, " ", size);
    return both.empty() ? "-" : both;
}

// "-35 %", and "size +20 %" behind it where it is off too.
std::string off_text(const object& row) {
    const auto percent = [&](const char* name) {
        const auto points = count(row, name);
        return points == 0 ? std::string{} : fmt::format("{:+} %", points / 100);
    };
    const auto weight = percent("weight_off_basis_points");
    const auto size = percent("size_off_basis_points");
    return size.empty() ? weight : joined(weight, ", ", "mm3 " + size);
}

std::string cost_text(const object& row, std::int64_t exponent, const Words& words) {
    const auto* cost = row.if_contains("cost");
    const auto unknown = count(row, "unknown_cost_parcels");
    if (!cost || cost->is_null()) return words.unknown;
    auto sum = money_text(count(row, "cost"), exponent);
    if (unknown > 0) sum += "; " + fmt::format(fmt::runtime(words.more), unknown);
    return sum;
}

std::string found_text(const object& ours, const Words& words) {
    if (text(ours, "weight_from") != "parcels") return words.from_list;
    const auto parcels = count(ours, "parcels_alone");
    return parcels == 1 ? words.from_one : fmt::format(fmt::runtime(words.from_parcels), parcels);
}

std::string correction_text(const object& correction) {
    boost::json::array sides;
    for (const auto* name : {"length_mm", "width_mm", "height_mm"})
        if (const auto* side = correction.if_contains(name); side && !side->is_null())
            sides.push_back(*side);
    object load{{"size_mm", std::move(sides)}};
    if (const auto* weight = correction.if_contains("weight_g")) load["weight_g"] = *weight;
    return load_text(load);
}

void print_rows(const object& answer, const Words& words, std::int64_t exponent) {
    std::vector<Row> rows, packages;
    for (const auto& item : list(answer, "rows")) {
        const auto& one = as_object(item);
        rows.push_back({cell(one, "channel"), cell(one, "shop"), cell(one, "sku"),
                        cell(one, "name"), cell(one, "parcels"), load_text(part(one, "declared")),
                        load_text(part(one, "ours")), off_text(one),
                        found_text(part(one, "ours"), words), cost_text(one, exponent, words),
                        correction_text(part(one, "correction"))});
    }
    if (rows.empty()) fmt::print("{}", words.nothing);
    if (!rows.empty()) fmt::print("\n{}", table(words.columns, rows));
    for (const auto& item : list(answer, "packages")) {
        const auto& one = as_object(item);
        packages.push_back({cell(one, "package_number"), cell(one, "channel"), cell(one, "shop"),
                            cell(one, "order"), load_text(part(one, "declared")),
                            load_text(part(one, "ours")), off_text(one),
                            cost_text(one, exponent, words)});
    }
    if (packages.empty()) return;
    fmt::print(fmt::runtime(words.packages), count(answer, "packages_off"));
    fmt::print("{}", table(words.package_columns, packages));
}

void print_report(const object& answer, const Words& words) {
    const auto exponent = count(answer, "exponent");
    const auto& parcels = part(answer, "parcels");
    const auto& skus = part(answer, "skus");
    fmt::print(fmt::runtime(words.head), text(answer, "from"), text(answer, "to"),
               count(answer, "share_percent"), count(skus, "off"), count(skus, "compared"),
               count(parcels, "compared"));
    if (count(parcels, "not_on_scale") + count(parcels, "not_declared") > 0)
        fmt::print(fmt::runtime(words.left_out), count(parcels, "not_on_scale"),
                   count(parcels, "not_declared"));
    if (const auto none = count(skus, "not_measured"); none > 0)
        fmt::print(fmt::runtime(words.not_measured), none);
    if (yes(answer, "cut")) fmt::print("{}", words.cut);
    print_rows(answer, words, exponent);
    if (list(answer, "rows").empty()) return;
    const auto currency = text(answer, "currency");
    const auto pay = count(answer, "we_pay"), over = count(answer, "buyers_pay_too_much");
    if (pay + over > 0)
        fmt::print(fmt::runtime(words.sums), currency, money_text(pay, exponent), currency,
                   money_text(over, exponent));
    if (const auto unknown = count(answer, "unknown_cost_parcels"); unknown > 0)
        fmt::print(fmt::runtime(words.unknown_sum), unknown);
    fmt::print("{}", words.enter);
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",;\"\r\n\t") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

// As listings.csv has it: to enter in the shops, and to import again afterwards.
void print_csv(const object& answer) {
    fmt::print("channel,shop,sku,weight_g,length_mm,width_mm,height_mm\n");
    for (const auto& item : list(answer, "rows")) {
        const auto& one = as_object(item);
        const auto& correction = part(one, "correction");
        std::string line;
        for (const auto* name : {"channel", "shop", "sku"})
            line += (line.empty() ? "" : ",") + csv_cell(text(one, name));
        for (const auto* name : {"weight_g", "length_mm", "width_mm", "height_mm"})
            line += "," + text(correction, name);
        fmt::print("{}\n", line);
    }
}

void report_declared(Session& session, const DeclaredArgs& args) {
    auto call = get("/api/v1/reports/declared" + query({{"from", args.from},
                                                        {"to", args.to},
                                                        {"share_percent", args.share},
                                                        {"channel", args.channel},
                                                        {"shop", args.shop}}));
    call.timeout_ms = kReportTimeout_ms;
    const auto answer = session.ask(call);
    if (!answer) return;
    if (session.json) return session.print_raw();
    if (args.csv) return print_csv(*answer);
    print_report(*answer, args.language == "id" ? indonesian : english);
}

}  // namespace

void add_report_declared(CLI::App& reports, Session& session) {
    const auto args = std::make_shared<DeclaredArgs>();
    auto* command = reports.add_subcommand(
        "declared",
        "What shops declare of their goods against what parcels weigh, and what to "
        "correct there");
    const auto add = [&](const char* name, std::string& into, const char* what, const char* type) {
        command->add_option(name, into, what)->type_name(type);
    };
    add("--from", args->from, "First day; otherwise the first of the month", "2026-11-01");
    add("--to", args->to, "Last day; otherwise today", "2026-11-30");
    add("--share", args->share, "Percent of ours; otherwise the site's", "PERCENT");
    add("--channel", args->channel, "This channel only", "NAME");
    add("--shop", args->shop, "This shop only", "NAME");
    command->add_option("--language", args->language, "Of the table")
        ->check(CLI::IsMember({"en", "id"}))
        ->capture_default_str();
    command->add_flag("--csv", args->csv, "The corrections as a file, as listings.csv has it");
    command->callback([&session, args] { report_declared(session, *args); });
}

}  // namespace kemas::ctl
