#include "drivers/profile/load_scale_profile.hpp"

#include <charconv>
#include <fstream>
#include <sstream>

#include "drivers/profile/table_reader.hpp"

namespace kemas::profile {
namespace {

constexpr std::string_view kStatusNames[] = {"stable",    "overload",  "underload",
                                             "error",     "adc_error", "sensor_error",
                                             "not_ready", "other_unit"};

std::optional<Decimal> as_decimal(const toml::node& node) {
    if (const auto* number = node.as_integer()) return Decimal{number->get(), 0};
    if (const auto* text = node.as_string()) return parse_decimal(text->get());
    return std::nullopt;
}
std::optional<Decimal> as_division(const toml::node& node) {
    std::optional<Decimal> value = as_decimal(node);
    return value && value->digits > 0 ? value : std::nullopt;
}
std::optional<Unit> as_unit(const toml::node& node) {
    const auto* text = node.as_string();
    return text ? parse_unit(text->get()) : std::nullopt;
}
std::optional<int> as_decimals(const toml::node& node) {
    const auto* number = node.as_integer();
    if (!number || number->get() < 0 || number->get() > 9) return std::nullopt;
    return static_cast<int>(number->get());
}
constexpr std::string_view kDecimals = "a number of decimals from 0 to 9";
constexpr std::string_view kUnit = "one of \"mg\", \"g\", \"kg\", \"t\", \"lb\", \"oz\"";
constexpr std::string_view kDivision = "a whole number or a decimal in quotes (\"0.005\"), above 0";

class Loader {
 public:
    Loader(const toml::table& root, const std::string& file)
        : mistakes_(file), root_(root, "the profile", mistakes_) {
        profile_.file = file;
    }

    Result<ScaleProfile> load() {
        root_.need_integer("schema", 1, 1);
        root_.choice<int>("kind", {{"scale", 0}});
        profile_.vendor = root_.need_text("vendor");
        profile_.model = root_.need_text("model");
        profile_.verified =
            root_.choice<Verification>("verified", {{"document", Verification::document},
                                                    {"simulator", Verification::simulator},
                                                    {"hardware", Verification::hardware}});
        base_ = static_cast<int>(root_.need_integer("address_base", 0, 40001));
        if (base_ != 0 && base_ != 1 && base_ != 30001 && base_ != 40001)
            root_.wrong("address_base", std::to_string(base_),
                        "0 (wire addresses), 1, 30001 or 40001 (first register of the manual)");
        source();
        limits();
        blocks();
        weight();
        profile_.unit = read_source<Unit>(root_, "unit", as_unit, kUnit, false);
        profile_.division = read_source<Decimal>(root_, "division", as_division, kDivision, true);
        status();
        liveness();
        samples();
        root_.finish();
        if (!mistakes_.empty()) return fail(Remedy::call_person, mistakes_.text());
        return std::move(profile_);
    }

 private:
    void source() {
        const toml::table* table = root_.need_table("source");
        if (!table) return;
        TableReader reader(*table, "[source]", mistakes_);
        profile_.document = reader.need_text("document");
        profile_.revision = reader.need_text("revision");
        reader.finish();
    }

    void limits() {
        const toml::table* table = root_.table("limits");
        if (!table) return;
        TableReader reader(*table, "[limits]", mistakes_);
        Limits& limits = profile_.limits;
        limits.response_timeout_ms =
            static_cast<int>(reader.integer("response_timeout_ms", 10, 10'000).value_or(200));
        limits.min_gap_ms = static_cast<int>(reader.integer("min_gap_ms", 0, 10'000).value_or(0));
        limits.max_registers =
            static_cast<int>(reader.integer("max_registers", 1, 125).value_or(125));
        reader.finish();
    }

    void blocks() {
        const toml::array* list = root_.array("read");
        if (!list || list->empty()) {
            if (!root_.node("read")) root_.missing("[[read]]", "one table per request");
            return;
        }
        for (const toml::node& node : *list) {
            if (!node.is_table()) {
                mistakes_.add(node.source(), "read holds no table, expected [[read]] tables");
                continue;
            }
            TableReader reader(*node.as_table(), "[[read]]", mistakes_);
            ReadBlock block;
            block.function_code = static_cast<int>(reader.need_integer("function_code", 3, 4));
            block.start = static_cast<int>(reader.need_integer("start", base_, base_ + 65535));
            block.start -= base_;
            block.count =
                static_cast<int>(reader.need_integer("count", 1, profile_.limits.max_registers));
            reader.finish();
            profile_.blocks.push_back(block);
        }
    }

    // The place of `register` within the words read; a mistake when no or several blocks read it.
    Field field(TableReader& reader, int words) {
        Field result;
        result.words = words;
        result.register_number =
            static_cast<int>(reader.need_integer("register", base_, base_ + 65535));
        if (words == 2 || reader.node("word_order"))
            result.word_order = reader.choice<WordOrder>(
                "word_order",
                {{"high_first", WordOrder::high_first}, {"low_first", WordOrder::low_first}});
        const int wire = result.register_number - base_;
        int before = 0, holders = 0;
        for (const ReadBlock& block : profile_.blocks) {
            if (wire >= block.start && wire + words <= block.start + block.count) {
                result.word = before + wire - block.start;
                ++holders;
            }
            before += block.count;
        }
        if (holders != 1)
            reader.wrong("register",
                         std::to_string(result.register_number) +
                             (holders ? " and read by several blocks" : " and not read"),
                         "a register of exactly one [[read]] block");
        return result;
    }
    int words_of(TableReader& reader) {
        return static_cast<int>(reader.integer("words", 1, 2).value_or(1));
    }

    // Weight and what decides over it must come from one answer: between two requests the load may
    // have changed.
    void same_block(TableReader& reader, const Field& other) {
        int end = 0;
        for (const ReadBlock& block : profile_.blocks) {
            const int begin = end;
            end += block.count;
            const int weight = profile_.weight.field.word;
            if (weight >= begin && weight < end && (other.word < begin || other.word >= end))
                reader.wrong("register", "in another block than the weight",
                             "one block for both, or a load that moves pairs two readings");
        }
    }

    Condition bit_field(TableReader& reader) {
        Condition result;
        const int words = words_of(reader);
        result.at.field = field(reader, words);
        result.at.first_bit = static_cast<int>(reader.need_integer("bit", 0, words * 16 - 1));
        result.at.bits = 1;
        result.equals = static_cast<std::uint32_t>(reader.need_integer("active_when", 0, 1));
        reader.finish();
        same_block(reader, result.at.field);
        return result;
    }

    template <class T, class As>
    Source<T> read_source(TableReader& parent, std::string_view key, As as,
                          std::string_view expected, bool number_allowed) {
        Source<T> result;
        const toml::node* node = parent.node(key);
        if (!node) return result;
        if (!node->is_table()) {
            result.constant = as(*node);
            if (!result.constant) parent.wrong(key, "not that", expected);
            return result;
        }
        TableReader reader(*node->as_table(), std::string(key), mistakes_);
        Told<T> told;
        const int words = words_of(reader);
        told.at.field = field(reader, words);
        told.at.first_bit =
            static_cast<int>(reader.integer("first_bit", 0, words * 16 - 1).value_or(0));
        told.at.bits = static_cast<int>(reader.integer("bits", 1, words * 16 - told.at.first_bit)
                                            .value_or(words * 16 - told.at.first_bit));
        const toml::table* table = reader.table("table");
        const toml::table* one_hot = reader.table("one_hot");
        if (table && one_hot) reader.wrong("one_hot", "beside table", "only one of the two");
        if (!table && !one_hot && !number_allowed) reader.missing("table", "code = meaning");
        if (one_hot) told.kind = Told<T>::Kind::one_hot;
        if (table) told.kind = Told<T>::Kind::table;
        if (const toml::table* rows = table ? table : one_hot)
            told.table = code_table<T>(*rows, as, expected, one_hot ? words * 16 : 0);
        reader.finish();
        same_block(reader, told.at.field);
        result.told = std::move(told);
        return result;
    }

    template <class T, class As>
    std::vector<std::pair<std::uint32_t, T>> code_table(const toml::table& rows, As as,
                                                        std::string_view expected, int bits) {
        std::vector<std::pair<std::uint32_t, T>> result;
        for (const auto& [key, node] : rows) {
            std::uint32_t code = 0;
            const std::string_view text = key.str();
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
            std::optional<T> value = as(node);
            if (error != std::errc{} || end != text.data() + text.size() ||
                (bits && code >= static_cast<std::uint32_t>(bits)))
                mistakes_.add(key.source(),
                              "code \"" + std::string(text) + "\", expected " +
                                  (bits ? "a bit from 0 to " + std::to_string(bits - 1)
                                        : std::string("a whole number")));
            else if (!value)
                mistakes_.add(node.source(), "meaning of code " + std::string(text) +
                                                 ", expected " + std::string(expected));
            else
                result.emplace_back(code, *value);
        }
        return result;
    }

    void weight() {
        const toml::table* table = root_.need_table("weight");
        if (!table) return;
        TableReader reader(*table, "[weight]", mistakes_);
        Weight& weight = profile_.weight;
        weight.number = reader.choice<NumberKind>("number", {{"u16", NumberKind::u16},
                                                             {"s16", NumberKind::s16},
                                                             {"u32", NumberKind::u32},
                                                             {"s32", NumberKind::s32},
                                                             {"float32", NumberKind::float32}});
        const bool narrow = weight.number == NumberKind::u16 || weight.number == NumberKind::s16;
        weight.field = field(reader, narrow ? 1 : 2);
        weight.decimals = read_source<int>(reader, "decimals", as_decimals, kDecimals, true);
        if (const toml::table* sign = reader.table("negative")) {
            TableReader sign_reader(*sign, "negative", mistakes_);
            weight.negative = bit_field(sign_reader);
            if (weight.number != NumberKind::u16 && weight.number != NumberKind::u32)
                reader.wrong("number", "signed", "u16 or u32: the sign is told by a bit");
        }
        reader.finish();
    }

    void status() {
        const toml::table* table = root_.table("status");
        if (!table) return;
        for (const auto& [key, node] : *table) {
            const std::string name(key.str());
            if (std::find(std::begin(kStatusNames), std::end(kStatusNames), name) ==
                std::end(kStatusNames)) {
                std::string expected;
                for (std::string_view known : kStatusNames)
                    expected += (expected.empty() ? "" : ", ") + std::string(known);
                mistakes_.add(key.source(),
                              "unknown status \"" + name + "\", expected one of: " + expected);
            } else if (!node.is_table()) {
                mistakes_.add(node.source(), "status." + name + " is no table, expected a table");
            } else {
                TableReader reader(*node.as_table(), "[status." + name + "]", mistakes_);
                StatusBit status;
                status.name = name;
                status.at = bit_field(reader);
                if (name == "stable") status.meaning = StatusBit::Meaning::good;
                profile_.status.push_back(std::move(status));
            }
        }
    }

    void liveness() {
        const toml::table* table = root_.table("liveness");
        if (!table) return;
        TableReader reader(*table, "[liveness]", mistakes_);
        Liveness liveness;
        liveness.field = field(reader, words_of(reader));
        liveness.max_age = {reader.need_integer("max_age_ms", 10, 60'000)};
        reader.finish();
        profile_.liveness = liveness;
    }

    void samples() {
        const toml::array* list = root_.array("sample");
        if (!list || list->empty()) {
            if (!root_.node("sample"))
                root_.missing("[[sample]]", "at least one: words and the value they mean");
            return;
        }
        for (const toml::node& node : *list) {
            if (const toml::table* table = node.as_table())
                sample(*table);
            else
                mistakes_.add(node.source(), "sample holds no table, expected [[sample]] tables");
        }
    }

    void sample(const toml::table& table) {
        TableReader reader(table, "[[sample]]", mistakes_);
        Sample sample;
        sample.line = reader.line();
        sample.what = reader.need_text("what");
        if (const toml::array* words = reader.array("words"))
            for (const toml::node& word : *words) {
                const auto* number = word.as_integer();
                if (!number || number->get() < 0 || number->get() > 0xFFFF)
                    mistakes_.add(word.source(),
                                  "words holds something else, expected 0 to 0xFFFF");
                else
                    sample.words.push_back(static_cast<std::uint16_t>(number->get()));
            }
        if (static_cast<int>(sample.words.size()) != profile_.word_count())
            reader.wrong(
                "words", std::to_string(sample.words.size()) + " long",
                std::to_string(profile_.word_count()) + " words, all read blocks in order");
        sample.gross = {
            reader.integer("gross_mg", -1'000'000'000'000, 1'000'000'000'000).value_or(0)};
        sample.stable = reader.boolean("stable").value_or(false);
        sample.fault = reader.text("fault").value_or("");
        if (sample.fault.empty() && !table.contains("gross_mg"))
            reader.missing("gross_mg", "the weight that the words mean, or a fault");
        if (auto division = reader.integer("division_mg", 1, 1'000'000'000'000))
            sample.division = Milligrams{*division};
        if (const toml::table* site = reader.table("site")) {
            TableReader facts(*site, "site", mistakes_);
            if (auto decimals = facts.integer("decimals", 0, 9))
                sample.site.decimals = static_cast<int>(*decimals);
            sample.site.unit = read_source<Unit>(facts, "unit", as_unit, kUnit, false).constant;
            sample.site.division =
                read_source<Decimal>(facts, "division", as_division, kDivision, false).constant;
            facts.finish();
        }
        reader.finish();
        profile_.samples.push_back(std::move(sample));
    }

    Mistakes mistakes_;
    TableReader root_;
    ScaleProfile profile_;
    int base_ = 0;
};

}  // namespace

Result<ScaleProfile> parse_scale_profile(std::string_view text, const std::string& name) {
    try {
        const toml::table root = toml::parse(text, name);
        return Loader(root, name).load();
    } catch (const toml::parse_error& error) {
        return fail(Remedy::call_person, name + ":" + std::to_string(error.source().begin.line) +
                                             ": " + std::string(error.description()) +
                                             ", expected valid TOML");
    }
}

Result<ScaleProfile> load_scale_profile(const std::string& path) {
    constexpr std::size_t limit = 1 << 20;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file) text << file.rdbuf();
    if (!file)
        return fail(Remedy::call_person,
                    path + ":1: cannot be read, expected a scale profile (TOML); check the path");
    if (text.str().size() > limit)
        return fail(Remedy::call_person, path + ":1: larger than 1 MiB, expected a scale profile");
    return parse_scale_profile(text.str(), path);
}

}  // namespace kemas::profile
