#include "intake/seal.hpp"

#include <sodium.h>

#include <cassert>
#include <cstdlib>

namespace kemas::intake {
namespace {

std::string hex(const unsigned char* bytes, std::size_t size) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(size * 2);
    for (std::size_t i = 0; i < size; ++i) {
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

// One field a line, each with its length: no content can imitate another's field border.
class Canonical {
 public:
    explicit Canonical(std::string_view kind) {
        text_ = kind;
        text_ += '\n';
    }
    Canonical& put(std::string_view name, std::string_view value) {
        text_ += name;
        text_ += ' ' + std::to_string(value.size()) + ':';
        text_ += value;
        text_ += '\n';
        return *this;
    }
    Canonical& put(std::string_view name, std::int64_t value) {
        return put(name, std::to_string(value));
    }
    const std::string& text() const { return text_; }

 private:
    std::string text_;
};

std::string content_text(const OrderDraft& draft) {
    Canonical out("kemas order 1");
    out.put("channel", draft.key.channel)
        .put("shop", draft.key.shop)
        .put("external_id", draft.key.external_id)
        .put("owner", draft.owner)
        .put("combine_group", draft.combine_group)
        .put("area_code", draft.area_code)
        .put("value", draft.value.value)
        .put("courier", draft.courier)
        .put("service", draft.service)
        .put("note", draft.note)
        .put("ship_by", draft.ship_by.value);
    if (draft.cod) out.put("cod_amount", draft.cod->value);
    for (const auto& line : draft.lines) out.put("sku", line.sku).put("quantity", line.quantity);
    if (draft.arranged) {
        out.put("shipment_courier", draft.arranged->courier)
            .put("shipment_service", draft.arranged->service)
            .put("tracking_number", draft.arranged->tracking_number)
            .put("package_number", draft.arranged->package_number);
    }
    return out.text();
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return hex(digest, sizeof digest);
}

std::string person_hash(std::string_view salt, const Person& person) {
    Canonical out("kemas person 1");
    out.put("salt", salt)
        .put("name", person.name)
        .put("phone", person.phone)
        .put("address", person.address)
        .put("district", person.district)
        .put("city", person.city)
        .put("province", person.province)
        .put("postal_code", person.postal_code);
    return sha256_hex(out.text());
}

SealedOrder seal(OrderDraft draft) {
    const int ready = sodium_init();  // harmless when repeated
    assert(ready >= 0 && "libsodium must start");
    if (ready < 0) std::abort();
    unsigned char salt[16];
    randombytes_buf(salt, sizeof salt);

    SealedOrder sealed;
    sealed.content_hash = sha256_hex(content_text(draft));
    sealed.person_salt = hex(salt, sizeof salt);
    sealed.person_hash = person_hash(sealed.person_salt, draft.ship_to);
    if (draft.arranged && !draft.arranged->label_zpl.empty()) {
        sealed.label_hash = sha256_hex(draft.arranged->label_zpl);
    }
    sealed.draft = std::move(draft);
    return sealed;
}

}  // namespace kemas::intake
