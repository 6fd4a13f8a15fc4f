#include "intake/invoice_csv.hpp"

#include <map>

namespace kemas::intake {
namespace {

constexpr std::int64_t kMostAmount = 100'000'000'000'000;
constexpr std::int64_t kMostMilligrams = 100'000'000'000;

}  // namespace

Import<rating::InvoiceLine> invoice_from_csv(std::string_view bytes) {
    Table table(bytes, {"tracking_number", "amount"}, {"billed_g"});
    Import<rating::InvoiceLine> import;
    std::map<std::string, int> seen;
    while (table.next()) {
        rating::InvoiceLine line;
        line.reference = table.id("tracking_number", true);
        line.amount.value = table.required_integer("amount", 0, kMostAmount);
        line.billed.value = table.thousandths("billed_g", kMostMilligrams);
        line.line = table.line();
        const auto [first, is_new] = seen.try_emplace(line.reference, table.line());
        if (!line.reference.empty() && !is_new)
            table.fault("tracking_number", "'" + line.reference + "' is on line " +
                                               std::to_string(first->second) +
                                               " already: billed twice");
        if (import.rows.size() == kMostInvoiceLines) {
            table.fault("tracking_number", "is behind " + std::to_string(kMostInvoiceLines) +
                                               " others; send the invoice in parts");
            break;
        }
        if (!table.row_is_good()) continue;
        import.rows.push_back(std::move(line));
        import.lines.push_back(table.line());
    }
    import.errors = table.take_errors();
    return import;
}

}  // namespace kemas::intake
