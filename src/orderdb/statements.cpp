#include "orderdb/statements.hpp"

#include <cassert>

namespace kemas::orderdb {

std::vector<Cells> select(soci::session& session, const std::string& query, std::size_t columns,
                          std::vector<long long> numbers) {
    std::vector<std::string> texts(columns);
    std::vector<soci::indicator> indicators(columns, soci::i_ok);
    soci::statement statement(session);
    for (std::size_t i = 0; i < columns; ++i) {
        statement.exchange(soci::into(texts[i], indicators[i]));
    }
    for (auto& number : numbers) statement.exchange(soci::use(number));
    statement.alloc();
    statement.prepare(query);
    statement.define_and_bind();
    statement.execute(false);
    std::vector<Cells> rows;
    while (statement.fetch()) {
        Cells row(columns);
        for (std::size_t i = 0; i < columns; ++i) {
            if (indicators[i] != soci::i_null) row[i] = texts[i];
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Repeated::Repeated(soci::session& session, const std::string& query, std::size_t values)
    : texts_(values), indicators_(values, soci::i_ok), statement_(session) {
    for (std::size_t i = 0; i < values; ++i) {
        statement_.exchange(soci::use(texts_[i], indicators_[i]));
    }
    statement_.alloc();
    statement_.prepare(query);
    statement_.define_and_bind();
}

void Repeated::run(const Cells& values) {
    assert(values.size() == texts_.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        texts_[i] = values[i].value_or("");
        indicators_[i] = values[i] ? soci::i_ok : soci::i_null;
    }
    statement_.execute(true);
}

}  // namespace kemas::orderdb
