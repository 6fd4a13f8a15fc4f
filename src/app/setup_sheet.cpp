#include "app/setup_sheet.hpp"

#include "app/device_facts.hpp"
#include "drivers/profile/load_profile.hpp"
#include "label/check_code.hpp"

namespace kemas::app {
namespace {

using label::Symbology;
using Pages = tl::expected<std::vector<Fields>, label::LabelRefusal>;

tl::unexpected<label::LabelRefusal> refuse(std::string field, std::string why) {
    return tl::unexpected(label::LabelRefusal{std::move(field), std::move(why)});
}

const std::string& value(const Fields& asked, const char* name) {
    static const std::string none;
    const auto it = asked.find(name);
    return it == asked.end() ? none : it->second;
}

// One place of a page; the fields' numbers are added when the place is known.
struct Place {
    std::string name, name_en, when, symbol, code, text;
    bool beside = false;  // the text stands beside the code, which is square
};

Place place_of(const profile::SetupCode& code, std::string data, int number) {
    Place place;
    place.name = std::to_string(number) + "  " + code.what.id;
    place.name_en = code.what.en;
    if (!code.when.en.empty())
        place.when = "Hanya bila / only if: " + code.when.id + " / " + code.when.en;
    const auto symbology = symbology_of(code);
    place.symbol = symbology == Symbology::code128_fnc3
                       ? "fnc3"
                       : std::string(label::rules_of(symbology).name);
    place.beside = !label::rules_of(symbology).linear;
    place.text = (code.programming ? "<FNC3>" : "") + data;
    place.code = std::move(data);
    return place;
}

Place place_of(const label::CheckCode& code) {
    Place place;
    place.name = std::string(1, code.letter) + "  " + code.name_id;
    place.name_en = code.name;
    place.symbol = code.bracketed.empty() ? "code128" : "gs1";
    // The layout has the GS1 code itself: a field could not bring its brackets.
    place.code = code.bracketed.empty() ? code.text : "yes";
    place.text = label::visible(code.text);
    return place;
}

std::vector<Fields> paged(const Fields& head, const std::vector<Place>& places) {
    constexpr auto most = static_cast<std::size_t>(label::setup_places);
    const auto pages = (places.size() + most - 1) / most;
    std::vector<Fields> all;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i % most == 0) {
            all.push_back(head);
            all.back()["page"] = std::to_string(all.size());
            all.back()["pages"] = std::to_string(pages);
        }
        const auto at = "_" + std::to_string(i % most + 1);
        auto& page = all.back();
        page["name" + at] = places[i].name;
        page["name_en" + at] = places[i].name_en;
        page["when" + at] = places[i].when;
        page[places[i].symbol + at] = places[i].code;
        page[(places[i].beside ? "data" : "bars") + at] = places[i].text;
    }
    return all;
}

Pages only_page(std::vector<Fields> pages, const std::string& number) {
    if (number.empty()) return pages;
    for (auto& page : pages)
        if (page["page"] == number) return std::vector<Fields>{std::move(page)};
    return refuse("page", "There is no page \"" + number + "\": give one from 1 to " +
                              std::to_string(pages.size()) + ", or none for all.");
}

tl::expected<DeviceFacts, label::LabelRefusal> scanner_named(const settings::Settings& settings,
                                                             const std::string& name) {
    std::string there;
    for (auto& facts : device_facts(settings)) {
        if (facts.kind != "scanner") continue;
        if (facts.name == name) return std::move(facts);
        there += (there.empty() ? "" : ", ") + facts.name;
    }
    return refuse("scanner", "No scanner is called \"" + name +
                                 "\". There are: " + (there.empty() ? "none" : there) + ".");
}

}  // namespace

Symbology symbology_of(const profile::SetupCode& code) {
    if (code.programming) return Symbology::code128_fnc3;
    switch (code.symbology) {
        case profile::SetupCode::Symbology::code128:
            return Symbology::code128;
        case profile::SetupCode::Symbology::qr:
            return Symbology::qr;
        case profile::SetupCode::Symbology::datamatrix:
            break;
    }
    return Symbology::datamatrix;
}

Pages setup_pages(const settings::Settings& settings, const Fields& asked) {
    for (const auto& [name, text] : asked)
        if (name != "scanner" && name != "page" && name != "bluetooth_address")
            return refuse(name,
                          "A set-up sheet is asked for by scanner, page and "
                          "bluetooth_address; the scanner's profile says the rest.");
    const auto facts = scanner_named(settings, value(asked, "scanner"));
    if (!facts) return tl::unexpected(facts.error());
    std::string address;
    if (const auto& written = value(asked, "bluetooth_address"); !written.empty()) {
        const auto digits = profile::bluetooth_digits(written);
        if (!digits)
            return refuse("bluetooth_address",
                          "\"" + written +
                              "\" is no Bluetooth address: 12 hexadecimal digits, as "
                              "11:22:33:44:55:66.");
        address = *digits;
    }
    Fields head{{"scanner", facts->name}};
    std::vector<Place> places;
    if (!facts->profile.empty()) {
        const auto loaded = profile::load_scanner_profile(facts->profile);
        if (!loaded) return refuse("scanner", loaded.error().what);
        head["model"] = loaded->vendor + " " + loaded->model;
        for (const auto& code : loaded->setup)
            if (auto data = profile::data_of(code, address))
                places.push_back(
                    place_of(code, std::move(*data), static_cast<int>(places.size()) + 1));
        const auto from = loaded->document + ", revision: " + loaded->revision;
        head["manual"] =
            (places.empty() ? "Kode setelan ada di / set-up codes are in: " : "Sumber / from: ") +
            from;
    }
    places.push_back(place_of(label::plain_check()));
    places.push_back(place_of(label::gs1_check()));
    return only_page(paged(head, places), value(asked, "page"));
}

}  // namespace kemas::app
