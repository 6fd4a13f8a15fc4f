// Reads where values lie: the address base, the [[read]] blocks, and every table that names a
// register, coil or input. Keeps who claimed which bits, so that two cannot.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drivers/profile/command.hpp"
#include "drivers/profile/device_profile.hpp"
#include "drivers/profile/meaning_of.hpp"
#include "drivers/profile/table_reader.hpp"

namespace kemas::profile {

class RegisterReader {
 public:
    RegisterReader(TableReader& root, ModbusProfile& profile) : root_(root), profile_(profile) {}

    void addresses();  // address_base, coil_base
    void limits();
    void blocks();  // needs limits
    // A block as [[read]] and [identity] write it.
    ReadBlock block(TableReader& reader, bool identity);

    Field field(TableReader& reader, int words);
    // register (+ words, word_order, byte_order), coil or input, with first_bit and bits.
    Bits bits(TableReader& reader);
    // The same with bit + active_when, or equals / not_equals; or the name of a status.
    Condition condition(TableReader& reader);
    std::optional<Condition> condition(TableReader& parent, std::string_view key);
    std::vector<Condition> conditions(TableReader& parent, std::string_view key);
    // register or coil, with function_code.
    Target target(TableReader& reader);
    std::vector<std::uint16_t> words(TableReader& reader, std::string_view key);
    std::vector<std::uint16_t> values(TableReader& reader);  // value = 1 or values = [1, 2]
    int words_of(TableReader& reader) {
        return static_cast<int>(reader.integer("words", 1, 2).value_or(1));
    }

    // A constant, or a table that names a register.
    template <class T, class As>
    Source<T> source(TableReader& parent, std::string_view key, As as, std::string_view expected,
                     bool number_allowed) {
        Source<T> result;
        const toml::node* node = parent.node(key);
        if (!node) return result;
        if (!node->is_table()) {
            result.constant = as(*node);
            if (!result.constant) parent.wrong(key, "not that", expected);
            return result;
        }
        TableReader reader(*node->as_table(), std::string(key), root_.mistakes());
        result.told = told<T>(reader, as, expected, number_allowed);
        claim_told(*result.told, std::string(key), reader.line());
        reader.finish();
        return result;
    }
    template <class T, class As>
    Told<T> told(TableReader& reader, As as, std::string_view expected, bool number_allowed) {
        Told<T> result;
        result.at = bits(reader);
        const toml::table* table = reader.table("table");
        const toml::table* one_hot = reader.table("one_hot");
        if (table && one_hot) reader.wrong("one_hot", "beside table", "only one of the two");
        if (!table && !one_hot && !number_allowed) reader.missing("table", "code = meaning");
        if (one_hot) result.kind = Told<T>::Kind::one_hot;
        if (table) result.kind = Told<T>::Kind::table;
        if (const toml::table* rows = table ? table : one_hot)
            result.table = codes<T>(*rows, as, expected, one_hot ? result.at.field.words * 16 : 0);
        return result;
    }
    template <class T, class As>
    std::vector<std::pair<std::uint32_t, T>> codes(const toml::table& rows, As as,
                                                   std::string_view expected, int bits) {
        std::vector<std::pair<std::uint32_t, T>> result;
        for (const auto& [key, node] : rows) {
            const auto code = code_of_key(key.str(), bits);
            const std::optional<T> value = as(node);
            if (!code)
                root_.mistakes().add(key.source(),
                                     "code \"" + std::string(key.str()) + "\", expected " +
                                         (bits ? "a bit from 0 to " + std::to_string(bits - 1)
                                               : std::string("a whole number")));
            else if (!value)
                root_.mistakes().add(node.source(), "meaning of code " + std::string(key.str()) +
                                                        ", expected " + std::string(expected));
            else
                result.emplace_back(*code, *value);
        }
        return result;
    }

    // Two owners may not explain the same bits, except by different codes of the same field.
    void claim(const Bits& at, std::string owner, int line);
    void claim(const Condition& condition, std::string owner, int line);
    template <class T>
    void claim_told(const Told<T>& told, const std::string& owner, int line) {
        if (told.kind != Told<T>::Kind::one_hot) return claim(told.at, owner, line);
        for (const auto& [bit, value] : told.table)
            claim(Bits{told.at.field, static_cast<int>(bit), 1}, owner, line);
    }

 private:
    struct Claim {
        std::uint64_t mask = 0;  // over two words, from `word`
        int word = 0;
        std::optional<std::uint32_t> code;
        std::string owner;
    };
    static std::optional<std::uint32_t> code_of_key(std::string_view text, int bits);
    std::optional<int> wire(int number, int function_code) const;
    int highest(int function_code) const;
    int lowest(int function_code) const;
    Bits single(TableReader& reader, std::string_view key, int function_code);
    Field find(TableReader& reader, std::string_view key, int number, int words,
               std::optional<int> function_code, bool bits);
    void claim(Claim claim, int line);

    TableReader& root_;
    ModbusProfile& profile_;
    std::optional<int> base_ = 0;  // empty: as Modicon counts, by function code
    int coil_base_ = 0;
    std::vector<Claim> claims_;
};

}  // namespace kemas::profile
