#include "ledger/migrate.hpp"

#include <sodium.h>

#include <array>

#include "ledger/schema.hpp"

namespace kemas::ledger {
namespace {

std::int64_t pragma(Database& db, const char* sql) {
    auto rows = db.query(sql);
    return rows.next() ? rows.integer(0) : 0;
}

std::string random_id() {
    std::array<unsigned char, 16> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 33> hex;
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    return hex.data();
}

// Each entry takes the file from its index to the next version.
const std::array<const char*, schema_version> steps{
    schema_1_sql, schema_2_sql, schema_3_sql, schema_4_sql, schema_5_sql,
    schema_6_sql, schema_7_sql, schema_8_sql, schema_9_sql, schema_10_sql};

}  // namespace

Result<void> migrate(Database& db, const std::string& path) {
    const auto version = pragma(db, "PRAGMA user_version");
    const auto app = pragma(db, "PRAGMA application_id");
    const bool fresh = version == 0 && pragma(db, "SELECT count(*) FROM sqlite_schema") == 0;
    if (!fresh && app != application_id)
        return fail(Remedy::stop,
                    path + " is a database, but not a Kemas ledger: name another file");
    if (version > schema_version)
        return fail(Remedy::stop, path + " was written by a newer Kemas (ledger version " +
                                      std::to_string(version) + ", this build knows " +
                                      std::to_string(schema_version) +
                                      "): install that version again");
    if (version == schema_version) return {};
    db.script("BEGIN IMMEDIATE");
    for (auto step = version; step < schema_version; ++step)
        db.script(steps[static_cast<std::size_t>(step)]);
    if (fresh) {
        db.run("INSERT INTO meta VALUES ('uuid', ?1), ('epoch', '1')", random_id());
        db.script("PRAGMA application_id = " + std::to_string(application_id));
    }
    db.script("PRAGMA user_version = " + std::to_string(schema_version) + "; COMMIT");
    return {};
}

}  // namespace kemas::ledger
