#include "prepared_ledger.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "ledger/ledger.hpp"
#include "ledger/schema.hpp"
#include "ledger/tariff_store.hpp"

namespace kemas::bench {
namespace fs = std::filesystem;
namespace {

constexpr int generator_version = 2;
constexpr int parcel_skus = 60;
constexpr std::int64_t endless = 1'000'000'000;

std::string numbered(const char* format, std::int64_t no) {
    char text[32];
    std::snprintf(text, sizeof text, format, static_cast<long long>(no));
    return text;
}

std::string ean13(std::int64_t no) {
    auto digits = "899" + numbered("%09lld", no);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 ? 3 : 1);
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

void put_sku(ledger::Database& db, const std::string& sku, const std::string& code,
             std::int64_t stock, std::int64_t reserved) {
    const auto location = "L-" + sku;
    db.run(
        "INSERT INTO skus VALUES (?1, 'Gelas ' || ?1, 200000, 2000, 100, 80, 80, 0, 0, 0, 0, 0, 0)",
        sku);
    db.run("INSERT INTO codes VALUES (?1, 6, ?2, 1)", code, sku);
    db.run("INSERT INTO locations VALUES (?1, 1)", location);
    db.run("INSERT INTO codes VALUES (?1, 1, ?1, 1)", location);
    db.run("INSERT INTO stock VALUES (?1, ?2, '', ?3, ?4)", sku, location, stock, reserved);
}

// Orders `from + 1` to `from + count`, each with its code and `lines` lines of prepared SKUs.
void put_orders(ledger::Database& db, const char* prefix, const char* state, std::int64_t from,
                std::int64_t count, int lines, bool finished) {
    if (count == 0) return;
    const std::int64_t now = 1'760'000'000'000;
    db.run(
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
        "INSERT INTO orders SELECT ?2 + i, 'webstore', 'main', printf('%s%08d', ?3, i), 'toko', "
        "'', ?4, ?5 + i, "
        "'ani', '', NULL, 150000, '31.73.05.1001', '11510', 'JNE', 'REG', '', 4000000000000 + i, "
        "?5 + i, 0, '', "
        "printf('%064x', i), printf('%s%063x', ?3, i) FROM n",
        count, from, prefix, state, now);
    db.run("INSERT INTO codes SELECT external_id, 4, id, 1 FROM orders WHERE id > ?1 AND id <= ?2",
           from, from + count);
    for (std::int64_t line = 1; line <= lines; ++line)
        db.run(
            "INSERT INTO order_lines SELECT id, ?3, 'P-SKU-' || (((id - ?1) * 3 + ?3) % 60), 1, "
            "?4, "
            "?4, 0 "
            "FROM orders WHERE id > ?1 AND id <= ?2",
            from, from + count, line, finished);
    if (finished) return;
    db.run(
        "INSERT INTO reservations SELECT order_id, no, 'L-' || sku, '', 1 FROM order_lines "
        "WHERE order_id > ?1 AND order_id <= ?2",
        from, from + count);
    db.run(
        "INSERT INTO people SELECT person, printf('%032x', id), 'Pembeli ' || id, '0812' || "
        "printf('%08d', id), "
        "'Jl. Contoh No. ' || id || ', RT 01 RW 02', 'Cengkareng', 'Jakarta Barat', 'DKI Jakarta', "
        "'11510' "
        "FROM orders WHERE id > ?1 AND id <= ?2",
        from, from + count);
}

void put_endless(ledger::Database& db, std::int64_t from, std::int64_t count) {
    put_orders(db, "E", "released", from, count, 0, true);
    for (std::int64_t no = 1; no <= count; ++no) {
        const auto sku = numbered("E-SKU-%lld", no);
        put_sku(db, sku, endless_item(no), endless, endless);
        db.run("INSERT INTO order_lines VALUES (?1, 1, ?2, ?3, 0, 0, 0)", from + no, sku, endless);
        db.run("INSERT INTO reservations VALUES (?1, 1, 'L-' || ?2, '', ?3)", from + no, sku,
               endless);
    }
}

void put_shipping(ledger::Database& db, std::int64_t numbers) {
    rating::TariffRows tariff;
    tariff.version = "bench";
    tariff.currency = {"IDR", 0};
    rating::ServiceRow service;
    service.courier = "JNE";
    service.code = "REG";
    service.name = "Reguler (invented)";
    service.divisor = 6000;
    service.cod_allowed = true;
    tariff.services.push_back(service);
    tariff.rates.push_back({"JNE", "REG", "31", 1000, {9000}, {9000}});
    ledger::store_tariff(db, tariff.version, tariff);
    db.run(
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
        "INSERT INTO tracking_numbers SELECT printf('JX%010d', i), 'JNE', 'REG', 0, 0, i FROM n",
        numbers);
}

void fill(ledger::Database& db, const LedgerPlan& plan) {
    const auto stock = 10 * (plan.open_orders + plan.parcel_orders) + 1000;
    for (int i = 0; i < parcel_skus; ++i)
        put_sku(db, "P-SKU-" + std::to_string(i), ean13(1'000'000 + i), stock, stock / 2);
    std::int64_t last = 0;
    put_orders(db, "F", "shipped", last, plan.finished_orders, 2, true);
    last += plan.finished_orders;
    put_orders(db, "O", "released", last, plan.open_orders, 2, false);
    last += plan.open_orders;
    put_orders(db, "P", "released", last, plan.parcel_orders, 3, false);
    last += plan.parcel_orders;
    put_endless(db, last, plan.endless_orders);
    put_shipping(db, plan.parcel_orders + 1);
    write_journal(db, plan.journal_rows);
}

void make(const std::string& path, const LedgerPlan& plan) {
    const kemas::Site nobody;
    ledger::LedgerOptions options;
    options.path = path;
    options.high_water = false;
    if (auto opened = ledger::Ledger::open(options, nobody); !opened)
        throw std::runtime_error(opened.error().what);
    ledger::Database db(path, {false, ""});
    db.script(
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; "
        "BEGIN");
    fill(db, plan);
    db.script("COMMIT; PRAGMA journal_mode = WAL");
}

std::string name_of(const Place& place, const LedgerPlan& plan) {
    const std::string schema = std::string(ledger::schema_1_sql) + ledger::schema_2_sql;
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(schema.data()), static_cast<uInt>(schema.size()));
    std::string name = "/ledger-" + std::to_string(sum) + "-" + std::to_string(generator_version);
    for (const auto part : {plan.finished_orders, plan.open_orders, plan.parcel_orders,
                            plan.endless_orders, plan.journal_rows})
        name += "-" + std::to_string(part);
    return place.folder + name + ".db";
}

}  // namespace

std::string endless_order(std::int64_t no) {
    return numbered("E%08lld", no);
}
std::string endless_item(std::int64_t no) {
    return ean13(no);
}
std::string parcel_order(std::int64_t no) {
    return numbered("P%08lld", no);
}
std::string parcel_item(std::int64_t no, int line) {
    return ean13(1'000'000 + (no * 3 + line) % parcel_skus);
}

std::string prepared_ledger(const Place& place, const LedgerPlan& plan) {
    fs::create_directories(place.folder);
    const auto path = name_of(place, plan);
    if (fs::exists(path)) return path;
    std::printf("preparing a ledger (kept in %s) ...\n", place.folder.c_str());
    std::fflush(stdout);
    const auto unfinished = path + ".new";
    for (const auto* end : {"", "-wal", "-shm"}) fs::remove(unfinished + end);
    make(unfinished, plan);
    fs::rename(unfinished, path);
    return path;
}

void copy_ledger(const std::string& from, const std::string& to) {
    for (const auto* end : {"", "-wal", "-shm", ".highwater"}) fs::remove(to + end);
    fs::copy_file(from, to);
    const int fd = open(to.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || syncfs(fd) != 0) throw std::runtime_error("cannot write " + to);
    close(fd);
}

}  // namespace kemas::bench
