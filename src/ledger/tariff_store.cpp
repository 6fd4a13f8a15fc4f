#include "ledger/tariff_store.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "ledger/tariff_json.hpp"

namespace kemas::ledger {
namespace json = boost::json;

void store_tariff(Database& db, const std::string& version, const rating::TariffRows& tariff) {
    db.run("DELETE FROM tariff");
    std::int64_t place = 0;
    const auto put = [&](const char* record, const json::value& row) {
        db.run("INSERT INTO tariff VALUES (?1, ?2, ?3)", place++, record, json::serialize(row));
    };
    put("tariff", json::object{{"version", version},
                               {"currency", tariff.currency.code},
                               {"exponent", tariff.currency.exponent}});
    for (const auto& row : tariff.services) put("service", to_json(row));
    for (const auto& row : tariff.rates) put("rate", to_json(row));
    for (const auto& row : tariff.surcharges) put("surcharge", to_json(row));
}

rating::TariffRows load_tariff(Database& db) {
    rating::TariffRows tariff;
    auto rows = db.query("SELECT record, row FROM tariff ORDER BY place");
    while (rows.next()) {
        const auto record = rows.text(0);
        const auto row = json::parse(rows.text(1)).as_object();
        if (record == "service") tariff.services.push_back(service_from(row));
        if (record == "rate") tariff.rates.push_back(rate_from(row));
        if (record == "surcharge") tariff.surcharges.push_back(surcharge_from(row));
        if (record != "tariff") continue;
        tariff.version = row.at("version").as_string().c_str();
        tariff.currency = {row.at("currency").as_string().c_str(),
                           static_cast<int>(row.at("exponent").as_int64())};
    }
    return tariff;
}

}  // namespace kemas::ledger
