#include "drivers/profile/loaders.hpp"
#include "drivers/profile/meaning_of.hpp"
#include "drivers/profile/modbus_reader.hpp"

namespace kemas::profile {
namespace {

template <class T, class As>
Source<T> constant(TableReader& root, std::string_view key, As as, std::string_view expected) {
    Source<T> result;
    const toml::node* node = root.node(key);
    if (!node) return result;
    result.constant = as(*node);
    if (!result.constant) root.wrong(key, "not that", expected);
    return result;
}

FrameSample read_sample(TableReader& reader, const toml::table& table) {
    FrameSample sample;
    sample.line = reader.line();
    sample.what = reader.need_text("what");
    sample.frame = need_bytes(reader, "frame");
    if (auto weight = reader.integer("weight_mg", -1'000'000'000'000, 1'000'000'000'000))
        sample.weight = Milligrams{*weight};
    sample.stable = reader.boolean("stable").value_or(false);
    sample.fault = reader.text("fault").value_or("");
    if (table.contains("weight_mg") == table.contains("fault"))
        reader.missing("weight_mg or fault", "exactly one of them: what the frame means");
    if (!sample.fault.empty() &&
        meaning_of_scale_status(sample.fault) != StatusBit::Meaning::fault &&
        sample.fault != "no_reading")
        reader.wrong("fault", "\"" + sample.fault + "\"",
                     "no_reading, or a fault of: " + scale_status_names());
    sample.site = read_site_facts(reader);
    reader.finish();
    return sample;
}

}  // namespace

TextScaleProfile read_text_scale(TableReader& root, const std::string& file,
                                 ScaleProtocol protocol) {
    TextScaleProfile profile;
    profile.file = file;
    profile.kind = Kind::scale;
    profile.protocol = protocol;
    read_head(root, profile);
    const bool usb = protocol == ScaleProtocol::hid_pos;
    if (usb) {
        profile.usb_vendor = static_cast<int>(root.integer("usb_vendor", 0, 0xFFFF).value_or(0));
        profile.usb_product = static_cast<int>(root.integer("usb_product", 0, 0xFFFF).value_or(0));
    } else {
        profile.serial = read_serial_line(root);
        profile.tcp_port = static_cast<int>(root.integer("tcp_port", 0, 65535).value_or(0));
        profile.request = read_bytes(root, "request");
        profile.period_ms = static_cast<int>(root.integer("period_ms", 20, 60'000).value_or(200));
        profile.zero = read_bytes(root, "zero");
        profile.tare = read_bytes(root, "tare");
        profile.clear_tare = read_bytes(root, "clear_tare");
        profile.command_ms =
            static_cast<int>(root.integer("command_ms", 100, 60'000).value_or(5000));
        profile.decimals = constant<int>(root, "decimals", as_decimals, kDecimals);
    }
    profile.max_age_ms = static_cast<int>(root.integer("max_age_ms", 50, 60'000).value_or(1000));
    if (protocol == ScaleProtocol::toledo_continuous)
        profile.checksum = root.boolean("checksum").value_or(false);
    profile.net = root.boolean("net").value_or(false);
    profile.unit = constant<Unit>(root, "unit", as_unit, kUnit);
    profile.division = constant<Decimal>(root, "division", as_division, kDivision);
    for (const toml::table* table :
         need_tables(root, "sample", "at least one: a frame and the weight it means")) {
        TableReader reader(*table, "[[sample]]", root.mistakes());
        profile.samples.push_back(read_sample(reader, *table));
    }
    return profile;
}

std::string_view name_of(ScaleProtocol protocol) {
    switch (protocol) {
        case ScaleProtocol::toledo_continuous:
            return "toledo_continuous";
        case ScaleProtocol::mt_sics:
            return "mt_sics";
        case ScaleProtocol::cas:
            return "cas";
        case ScaleProtocol::and_standard:
            return "and";
        case ScaleProtocol::dini:
            return "dini";
        case ScaleProtocol::hid_pos:
            return "hid_pos";
    }
    return "unknown";
}

}  // namespace kemas::profile
