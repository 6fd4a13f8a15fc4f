#include "ledger/tariff_store.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "ledger/tariff_json.hpp"

namespace kemas::ledger {
namespace json = boost::json;

// One row names the version, one is the whole tariff: a sheet of half a million rates is written
// and read in one go. Tables of one row per rate come from before.
void store_tariff(Database& db, const std::string& version, const rating::TariffRows& tariff) {
    db.run("DELETE FROM tariff");
    json::object whole;
    put_tariff(whole, tariff);
    const json::object head{{"version", version},
                            {"currency", tariff.currency.code},
                            {"exponent", tariff.currency.exponent}};
    db.run("INSERT INTO tariff VALUES (0, 'tariff', ?1)", json::serialize(head));
    db.run("INSERT INTO tariff VALUES (1, 'document', ?1)", json::serialize(whole));
}

rating::TariffRows load_tariff(Database& db) {
    rating::TariffRows tariff;
    std::string version;
    auto rows = db.query("SELECT record, row FROM tariff ORDER BY place");
    while (rows.next()) {
        const auto record = rows.text(0);
        const auto row = json::parse(rows.text(1)).as_object();
        if (record == "document") {
            tariff = tariff_from(row);
        } else if (record == "tariff") {
            version = row.at("version").as_string().c_str();
            tariff.currency = {row.at("currency").as_string().c_str(),
                               static_cast<int>(row.at("exponent").as_int64())};
        } else {
            add_old_row(tariff, record, row);
        }
    }
    tariff.version = version;
    return tariff;
}

}  // namespace kemas::ledger
