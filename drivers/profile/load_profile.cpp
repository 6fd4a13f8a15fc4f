#include "drivers/profile/load_profile.hpp"

#include <fstream>
#include <sstream>

#include "core/bare_letter.hpp"
#include "drivers/profile/loaders.hpp"

namespace kemas::profile {
namespace {

constexpr std::string_view kKinds = "one of scale, conveyor, io, scanner, printer";

std::optional<ScaleProtocol> text_protocol(std::string_view name) {
    for (const ScaleProtocol protocol :
         {ScaleProtocol::toledo_continuous, ScaleProtocol::mt_sics, ScaleProtocol::cas,
          ScaleProtocol::and_standard, ScaleProtocol::dini, ScaleProtocol::hid_pos})
        if (name_of(protocol) == name) return protocol;
    return std::nullopt;
}

AnyProfile read_any_scale(TableReader& root, const std::string& file) {
    const std::string protocol = root.text("protocol").value_or("modbus");
    if (const auto text = text_protocol(protocol)) return read_text_scale(root, file, *text);
    if (protocol != "modbus")
        root.wrong("protocol", "\"" + protocol + "\"",
                   "one of modbus, toledo_continuous, mt_sics, cas, and, dini, hid_pos");
    return read_scale(root, file);
}

AnyProfile read_modbus_device(TableReader& root, const std::string& file, Kind kind) {
    const std::string protocol = root.text("protocol").value_or("modbus");
    if (protocol != "modbus") root.wrong("protocol", "\"" + protocol + "\"", "modbus");
    return read_device(root, file, kind);
}

std::optional<AnyProfile> read_kind(TableReader& root, const std::string& file) {
    const std::string kind = root.need_text("kind");
    if (kind == "scale") return read_any_scale(root, file);
    if (kind == "conveyor") return read_modbus_device(root, file, Kind::conveyor);
    if (kind == "io") return read_modbus_device(root, file, Kind::io);
    if (kind == "scanner") return read_scanner(root, file);
    if (kind == "printer") return read_printer(root, file);
    if (root.has("kind")) root.wrong("kind", "\"" + kind + "\"", kKinds);
    root.forget();
    return std::nullopt;
}

std::string_view name_of(const AnyProfile& profile) {
    static constexpr std::string_view kNames[] = {"a Modbus scale", "a scale that speaks frames",
                                                  "a conveyor or I/O box", "a scanner",
                                                  "a printer"};
    return kNames[profile.index()];
}

template <class T>
Result<T> only(Result<AnyProfile> any, const std::string& file) {
    if (!any) return tl::make_unexpected(any.error());
    if (T* right = std::get_if<T>(&*any)) return std::move(*right);
    return fail(Remedy::call_person, file + ":1: is the profile of " + std::string(name_of(*any)) +
                                         ", expected that of " +
                                         std::string(name_of(AnyProfile(T{}))));
}

Result<std::string> text_of(const std::string& path) {
    constexpr std::size_t limit = 1 << 20;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file) text << file.rdbuf();
    if (!file)
        return fail(Remedy::call_person,
                    path + ":1: cannot be read, expected a profile (TOML); check the path");
    if (text.str().size() > limit)
        return fail(Remedy::call_person, path + ":1: larger than 1 MiB, expected a profile");
    return text.str();
}

}  // namespace

Result<AnyProfile> parse_profile(std::string_view text, const std::string& name) {
    if (const auto letter = find_bare_letter(text))
        return fail(Remedy::call_person, letter->in(name));
    try {
        const toml::table root = toml::parse(text, name);
        Mistakes mistakes(name);
        TableReader reader(root, "the profile", mistakes);
        reader.need_integer("schema", 1, 1);
        std::optional<AnyProfile> profile = read_kind(reader, name);
        reader.finish();
        if (!mistakes.empty() || !profile) return fail(Remedy::call_person, mistakes.text());
        return std::move(*profile);
    } catch (const toml::parse_error& error) {
        return fail(Remedy::call_person, name + ":" + std::to_string(error.source().begin.line) +
                                             ": " + std::string(error.description()) +
                                             ", expected valid TOML");
    }
}

Result<AnyProfile> load_profile(const std::string& path) {
    const auto text = text_of(path);
    if (!text) return tl::make_unexpected(text.error());
    return parse_profile(*text, path);
}

Result<ScaleProfile> load_scale_profile(const std::string& path) {
    return only<ScaleProfile>(load_profile(path), path);
}
Result<ScaleProfile> parse_scale_profile(std::string_view toml, const std::string& name) {
    return only<ScaleProfile>(parse_profile(toml, name), name);
}
Result<TextScaleProfile> load_text_scale_profile(const std::string& path) {
    return only<TextScaleProfile>(load_profile(path), path);
}
Result<DeviceProfile> load_device_profile(const std::string& path) {
    return only<DeviceProfile>(load_profile(path), path);
}
Result<ScannerProfile> load_scanner_profile(const std::string& path) {
    return only<ScannerProfile>(load_profile(path), path);
}
Result<PrinterProfile> load_printer_profile(const std::string& path) {
    return only<PrinterProfile>(load_profile(path), path);
}

const Head& head_of(const AnyProfile& profile) {
    return std::visit([](const auto& one) -> const Head& { return one; }, profile);
}

}  // namespace kemas::profile
