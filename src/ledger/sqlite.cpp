#include "ledger/sqlite.hpp"

namespace kemas::ledger {

bool Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw StoreError(sqlite3_extended_errcode(db_), sqlite3_errmsg(db_));
}

std::string Rows::text(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data ? std::string(data, size) : std::string{};
}

Database::Database(const std::string& path, const Options& options) {
    const int flags =
        (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
        SQLITE_OPEN_NOMUTEX;
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &db, flags,
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
    db_.reset(db);
    if (code != SQLITE_OK)
        throw StoreError(code, path + ": " + (db ? sqlite3_errmsg(db) : sqlite3_errstr(code)));
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, 2000);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    script(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
}

void Database::script(const std::string& sql) {
    char* message = nullptr;
    const int code = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, &message);
    if (code == SQLITE_OK) return;
    const std::string what = message ? message : sqlite3_errstr(code);
    sqlite3_free(message);
    throw StoreError(code, what);
}

sqlite3_stmt* Database::cached(const char* sql) {
    auto& statement = statements_[sql];
    if (!statement) {
        sqlite3_stmt* fresh = nullptr;
        check(sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &fresh, nullptr));
        statement.reset(fresh);
    }
    return statement.get();
}

void Database::bind(sqlite3_stmt* statement, int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement, index, value));
}
void Database::bind(sqlite3_stmt* statement, int index, int value) {
    check(sqlite3_bind_int64(statement, index, value));
}
void Database::bind(sqlite3_stmt* statement, int index, bool value) {
    check(sqlite3_bind_int64(statement, index, value ? 1 : 0));
}
void Database::bind(sqlite3_stmt* statement, int index, std::string_view value) {
    check(sqlite3_bind_text(statement, index, value.empty() ? "" : value.data(),
                            static_cast<int>(value.size()), SQLITE_TRANSIENT));
}
void Database::bind(sqlite3_stmt* statement, int index, const std::string& value) {
    bind(statement, index, std::string_view(value));
}
void Database::bind(sqlite3_stmt* statement, int index, const char* value) {
    bind(statement, index, std::string_view(value));
}
void Database::bind(sqlite3_stmt* statement, int index, Blob value) {
    check(sqlite3_bind_blob(statement, index, value.bytes.empty() ? "" : value.bytes.data(),
                            static_cast<int>(value.bytes.size()), SQLITE_TRANSIENT));
}
void Database::bind(sqlite3_stmt* statement, int index, std::nullptr_t) {
    check(sqlite3_bind_null(statement, index));
}

void Database::check(int code) const {
    if (code != SQLITE_OK) throw StoreError(code, sqlite3_errmsg(db_.get()));
}

}  // namespace kemas::ledger
