#include "ledger/package_rows.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>

#include "ledger/package_json.hpp"
#include "ledger/sql_books.hpp"

namespace kemas::ledger {
namespace json = boost::json;
namespace {

#define PACKAGE_COLUMNS                                                                          \
    "SELECT parcel_id, link, package_number, wanted, done, act_seq, act_idx, arranged, method, " \
    "address, slot, slots, slot_asked, cancel_id, cancel_answer, cancel_why, cancel_asked_at, "  \
    "cancel_by, cancel_told_at, asked_at, label_at, label_tries, trouble, opened_at, told_at, "  \
    "declared_weight, declared_length, declared_width, declared_height FROM channel_packages "

std::string words_of(const std::vector<ChannelCall>& calls) {
    std::string words;
    for (const auto call : calls) words += (words.empty() ? "" : " ") + std::string(to_text(call));
    return words;
}

std::vector<ChannelCall> calls_of(const std::string& words) {
    std::vector<ChannelCall> calls;
    std::istringstream in(words);
    for (std::string word; in >> word;)
        if (const auto call = channel_call(word)) calls.push_back(*call);
    return calls;
}

std::string slots_text(const std::vector<PickupSlot>& slots) {
    if (slots.empty()) return "";
    return json::serialize(to_json(ArrangeOption{"", "", slots}));
}

std::vector<PickupSlot> slots_of(const std::string& text) {
    return text.empty() ? std::vector<PickupSlot>{}
                        : arrange_option_from(json::parse(text).as_object()).slots;
}

ChannelPackage read_package(const Rows& row) {
    ChannelPackage package;
    package.parcel = {row.integer(0)};
    package.link = row.text(1);
    package.package_number = row.text(2);
    package.wanted = calls_of(row.text(3));
    package.done = static_cast<int>(row.integer(4));
    package.act = {row.integer(5), static_cast<int>(row.integer(6))};
    package.arranged = static_cast<int>(row.integer(7));
    package.method = row.text(8);
    package.address = row.text(9);
    package.slot = row.text(10);
    package.slots = slots_of(row.text(11));
    package.slot_asked = row.text(12);
    package.cancel_id = row.text(13);
    package.cancel_answer = row.text(14);
    package.cancel_why = row.text(15);
    package.cancel_asked_at = {row.integer(16)};
    package.cancel_by = {row.integer(17)};
    package.cancel_told_at = {row.integer(18)};
    package.asked_at = {row.integer(19)};
    package.label_at = {row.integer(20)};
    package.label_tries = static_cast<int>(row.integer(21));
    package.trouble = row.text(22);
    package.opened_at = {row.integer(23)};
    package.told_at = {row.integer(24)};
    const DeclaredLoad declared{{row.integer(25)},
                                {{row.integer(26)}, {row.integer(27)}, {row.integer(28)}}};
    if (declared != DeclaredLoad{}) package.declared = declared;
    return package;
}

}  // namespace

void put_package(Database& db, const ChannelPackage& p) {
    const auto next = p.next();
    const auto declared = p.declared.value_or(DeclaredLoad{});
    db.run(
        "INSERT OR REPLACE INTO channel_packages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
        "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, "
        "?29, ?30)",
        p.parcel.value, p.link, p.package_number, words_of(p.wanted), p.done,
        next ? std::string(to_text(*next)) : std::string{}, p.act.seq, p.act.index, p.arranged,
        p.method, p.address, p.slot, slots_text(p.slots), p.slot_asked, p.cancel_id,
        p.cancel_answer, p.cancel_why, p.cancel_asked_at.value, p.cancel_by.value,
        p.cancel_told_at.value, p.asked_at.value, p.label_at.value, p.label_tries, p.trouble,
        p.opened_at.value, p.told_at.value, declared.weight.value, declared.size.length.value,
        declared.size.width.value, declared.size.height.value);
}

std::optional<ChannelPackage> SqlBooks::channel_package(ParcelId id) const {
    auto rows = db_->query(PACKAGE_COLUMNS "WHERE parcel_id = ?1", id.value);
    return rows.next() ? std::optional(read_package(rows)) : std::nullopt;
}

std::optional<ChannelPackage> SqlBooks::channel_package_by_number(
    std::string_view link, std::string_view package_number) const {
    auto rows = db_->query(PACKAGE_COLUMNS
                           "WHERE link = ?1 AND package_number = ?2 ORDER BY parcel_id DESC",
                           link, package_number);
    return rows.next() ? std::optional(read_package(rows)) : std::nullopt;
}

std::vector<ChannelPackage> SqlBooks::open_packages() const {
    std::vector<ChannelPackage> open;
    auto rows = db_->query(PACKAGE_COLUMNS
                           "WHERE (next <> '' OR trouble <> '') AND parcel_id IN (SELECT id FROM "
                           "parcels WHERE voided_at = 0) ORDER BY opened_at, parcel_id LIMIT 200");
    while (rows.next()) open.push_back(read_package(rows));
    return open;
}

}  // namespace kemas::ledger
