#include "ledger/tariff_history.hpp"

#include <boost/json/parse.hpp>

#include "ledger/tariff_json.hpp"

namespace kemas::ledger {
namespace json = boost::json;

std::optional<rating::TariffRows> tariff_of_version(Database& db, std::string_view version) {
    auto rows = db.query(
        "SELECT j.body FROM imports i JOIN journal j ON j.seq = i.seq WHERE i.kind = 'tariff' AND "
        "i.content_hash = ?1 ORDER BY i.seq DESC LIMIT 1",
        version);
    if (!rows.next()) return std::nullopt;
    auto tariff = tariff_from(json::parse(rows.text(0)).as_object());
    tariff.version = version;
    return tariff;
}

std::string tariff_version_at(Database& db, Instant at) {
    auto rows = db.query(
        "SELECT content_hash FROM imports WHERE kind = 'tariff' AND at <= ?1 ORDER BY seq DESC "
        "LIMIT 1",
        at.value);
    return rows.next() ? rows.text(0) : std::string();
}

}  // namespace kemas::ledger
