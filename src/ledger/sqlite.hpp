// SQLite as values: a database, cached statements, rows. Faults leave as StoreError, which the
// ledger catches at its own edge.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kemas::ledger {

class StoreError : public std::runtime_error {
 public:
    StoreError(int code_, const std::string& what) : std::runtime_error(what), code(code_) {}
    // Broke one statement only; anything else puts the whole store in doubt.
    bool is_constraint() const { return (code & 0xff) == SQLITE_CONSTRAINT; }
    int code;  // SQLite's extended result code
};

// A running statement; gives its read lock back when it goes.
class Rows {
 public:
    Rows(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows() { sqlite3_reset(statement_); }

    bool next();
    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    std::string text(int column) const;
    bool is_null(int column) const {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }

 private:
    sqlite3* db_;
    sqlite3_stmt* statement_;
};

struct Blob {  // binds as a BLOB, not as text
    std::string_view bytes;
};

class Database {
 public:
    struct Options {
        bool read_only = false;
        std::string vfs;  // empty = the system's
    };
    Database(const std::string& path, const Options& options);

    // `sql` must be a literal: its address is the key of the statement cache.
    template <class... Args>
    Rows query(const char* sql, const Args&... args) {
        sqlite3_stmt* statement = cached(sql);
        int index = 0;
        (bind(statement, ++index, args), ...);
        return Rows(db_.get(), statement);
    }
    template <class... Args>
    void run(const char* sql, const Args&... args) {
        auto rows = query(sql, args...);
        while (rows.next()) {
        }
    }
    void script(const std::string& sql);  // several statements, no data
    std::int64_t changes() const { return sqlite3_changes(db_.get()); }
    sqlite3* handle() { return db_.get(); }

 private:
    struct Close {
        void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    sqlite3_stmt* cached(const char* sql);
    void bind(sqlite3_stmt* statement, int index, std::int64_t value);
    void bind(sqlite3_stmt* statement, int index, int value);
    void bind(sqlite3_stmt* statement, int index, bool value);
    void bind(sqlite3_stmt* statement, int index, std::string_view value);
    void bind(sqlite3_stmt* statement, int index, const std::string& value);
    void bind(sqlite3_stmt* statement, int index, const char* value);
    void bind(sqlite3_stmt* statement, int index, Blob value);
    void bind(sqlite3_stmt* statement, int index, std::nullptr_t);
    void check(int code) const;

    std::unique_ptr<sqlite3, Close> db_;
    std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace kemas::ledger
