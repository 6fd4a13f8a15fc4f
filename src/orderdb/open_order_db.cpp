#include "orderdb/open_order_db.hpp"

#include <fstream>
#include <optional>
#include <sstream>

#include "orderdb/fact_rows.hpp"
#include "orderdb/link.hpp"
#include "orderdb/pulled_rows.hpp"

namespace kemas::orderdb {
namespace {

class SociOrderDb final : public OrderDb {
 public:
    SociOrderDb(Backend backend, OrderDbOptions options) : link_(backend, std::move(options)) {}

    Result<std::vector<Pulled>> pull(int limit) override {
        std::vector<Pulled> pulled;
        const auto done = link_.run("reading orders", [&](Connection& connection) -> Result<void> {
            pulled = pull_rows(connection, limit);
            return {};
        });
        if (!done) return tl::unexpected<Fault>(done.error());
        return pulled;
    }
    Result<void> answer(const std::vector<Verdict>& verdicts) override {
        if (verdicts.empty()) return {};
        return link_.run("answering orders",
                         [&](Connection& connection) { return answer_rows(connection, verdicts); });
    }
    Result<void> push(const std::vector<NumberedFact>& facts) override {
        if (facts.empty()) return {};
        return link_.run("writing statuses",
                         [&](Connection& connection) { return push_rows(connection, facts); });
    }
    void interrupt() override { link_.interrupt(); }

 private:
    Link link_;
};

Result<Backend> backend_of(const OrderDbOptions& options) {
    if (options.deadline_ms < 1000) {
        return fail(Remedy::stop, "order database: deadline_ms is " +
                                      std::to_string(options.deadline_ms) +
                                      "; must be at least 1000");
    }
    if (options.backend == "sqlite") return Backend::sqlite;
    if (options.backend == "postgresql") return Backend::postgresql;
    if (options.backend == "mysql") return Backend::mysql;
    return fail(Remedy::stop, "order database: backend is '" + options.backend +
                                  "'; must be sqlite, postgresql or mysql");
}

// The statements of a schema file: no comments, split at semicolons. It holds no quoted texts.
std::vector<std::string> statements_of(std::istream& file) {
    std::vector<std::string> statements(1);
    for (std::string line; std::getline(file, line);) {
        line.erase(std::min(line.find("--"), line.size()));
        for (const char c : line + '\n') {
            if (c == ';') {
                statements.emplace_back();
            } else {
                statements.back() += c;
            }
        }
    }
    std::erase_if(statements, [](const auto& text) {
        return text.find_first_not_of(" \t\r\n") == std::string::npos;
    });
    return statements;
}

}  // namespace

Result<std::unique_ptr<OrderDb>> open_order_db(OrderDbOptions options) {
    const auto backend = backend_of(options);
    if (!backend) return tl::unexpected<Fault>(backend.error());
    return std::make_unique<SociOrderDb>(*backend, std::move(options));
}

Result<void> create_schema(const OrderDbOptions& options, const std::filesystem::path& folder) {
    const auto backend = backend_of(options);
    if (!backend) return tl::unexpected<Fault>(backend.error());
    const auto path = folder / (options.backend + ".sql");
    std::ifstream file(path);
    if (!file) {
        return fail(Remedy::call_person, "order database: cannot read " + path.string() +
                                             "; name the folder config/orderdb");
    }
    const auto statements = statements_of(file);
    Link link(*backend, options);
    link.may_create();
    return link.run("creating tables", [&](Connection& connection) -> Result<void> {
        soci::transaction transaction(connection.sql());
        for (const auto& statement : statements) connection.sql() << statement;
        transaction.commit();
        return {};
    });
}

}  // namespace kemas::orderdb
