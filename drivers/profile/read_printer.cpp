#include <algorithm>

#include "drivers/profile/loaders.hpp"
#include "drivers/profile/modbus_reader.hpp"
#include "drivers/profile/printer_status.hpp"

namespace kemas::profile {
namespace {

void read_dpi(TableReader& root, PrinterProfile& profile) {
    const toml::array* list = root.array("dpi");
    if (!list || list->empty()) {
        if (!list && !root.has("dpi")) root.missing("dpi", "a list as [203, 300]");
        if (list) root.wrong("dpi", "empty", "a list as [203, 300]");
        return;
    }
    for (const toml::node& node : *list) {
        const auto* number = node.as_integer();
        if (number && number->get() >= 100 && number->get() <= 1200)
            profile.dpi.push_back(static_cast<int>(number->get()));
        else
            root.mistakes().add(node.source(),
                                "dpi holds something else, expected whole numbers 100 to 1200");
    }
}

PrinterState read_state(TableReader& reader, const StatusQuery& query) {
    PrinterState state;
    state.name = reader.need_text("name");
    state.byte = static_cast<int>(reader.integer("byte", 0, query.reply_bytes - 1).value_or(0));
    state.mask = static_cast<int>(reader.need_integer("mask", 1, 255));
    state.equals = static_cast<int>(reader.integer("equals", 0, 255).value_or(state.mask));
    if (state.equals & ~state.mask)
        reader.wrong("equals", std::to_string(state.equals), "bits of the mask only");
    if (!is_printer_state(state.name))
        reader.wrong("name", "\"" + state.name + "\"", "one of " + printer_state_names());
    reader.finish();
    return state;
}

void same_bits(TableReader& root, const StatusQuery& query, const PrinterState& state, int line) {
    for (const PrinterState& other : query.states)
        if (other.byte == state.byte && (other.mask & state.mask) &&
            (other.mask != state.mask || other.equals == state.equals))
            root.mistakes().add(line, "\"" + state.name + "\" explains bits that \"" + other.name +
                                          "\" explains already, expected bits of its own");
}

StatusQuery read_query(TableReader& reader) {
    StatusQuery query;
    query.ask = need_bytes(reader, "ask");
    query.reply = reader.choice<StatusQuery::Reply>(
        "reply", {{"bytes", StatusQuery::Reply::bytes},
                  {"zpl_host_status", StatusQuery::Reply::zpl_host_status}});
    query.timeout_ms = static_cast<int>(reader.integer("timeout_ms", 50, 30'000).value_or(1000));
    if (query.reply == StatusQuery::Reply::bytes) {
        query.reply_bytes = static_cast<int>(reader.need_integer("reply_bytes", 1, 64));
        for (const toml::table* table :
             need_tables(reader, "states", "what the bits of the reply mean")) {
            TableReader one(*table, "states", reader.mistakes());
            PrinterState state = read_state(one, query);
            same_bits(reader, query, state, one.line());
            query.states.push_back(std::move(state));
        }
    }
    reader.finish();
    return query;
}

void read_sample(TableReader& root, PrinterProfile& profile, const toml::table& table) {
    TableReader reader(table, "[[sample]]", root.mistakes());
    PrinterSample sample;
    sample.line = reader.line();
    sample.what = reader.need_text("what");
    const int last = std::max(0, static_cast<int>(profile.queries.size()) - 1);
    sample.query = static_cast<int>(reader.integer("query", 0, last).value_or(0));
    sample.reply = need_bytes(reader, "reply");
    if (!reader.has("states")) reader.missing("states", "a list of states; empty for ready");
    sample.states = read_texts(reader, "states");
    for (const std::string& name : sample.states)
        if (!is_printer_state(name))
            reader.wrong("states", "\"" + name + "\"", "some of " + printer_state_names());
    if (!profile.queries.empty()) {
        const StatusQuery& query = profile.queries[static_cast<std::size_t>(sample.query)];
        if (query.reply == StatusQuery::Reply::bytes &&
            static_cast<int>(sample.reply.size()) != query.reply_bytes)
            reader.wrong("reply", std::to_string(sample.reply.size()) + " bytes long",
                         std::to_string(query.reply_bytes) + ", as reply_bytes says");
    }
    reader.finish();
    profile.samples.push_back(std::move(sample));
}

}  // namespace

PrinterProfile read_printer(TableReader& root, const std::string& file) {
    PrinterProfile profile;
    profile.file = file;
    profile.kind = Kind::printer;
    read_head(root, profile);
    profile.language =
        root.choice<PrinterLanguage>("language", {{"zpl", PrinterLanguage::zpl},
                                                  {"tspl", PrinterLanguage::tspl},
                                                  {"epl2", PrinterLanguage::epl2},
                                                  {"escpos", PrinterLanguage::escpos},
                                                  {"cpcl", PrinterLanguage::cpcl}});
    read_dpi(root, profile);
    profile.max_width_dots =
        static_cast<int>(root.integer("max_width_dots", 0, 100'000).value_or(0));
    profile.tcp_port = static_cast<int>(root.integer("tcp_port", 0, 65535).value_or(9100));
    profile.serial = read_serial_line(root);
    if (root.has("counter"))
        profile.counter = root.choice<PrinterCounter>(
            "counter", {{"none", PrinterCounter::none},
                        {"zebra_label_count", PrinterCounter::zebra_label_count}});
    if (root.has("status"))
        for (const toml::table* table : need_tables(root, "status", "one table a query")) {
            TableReader reader(*table, "[[status]]", root.mistakes());
            profile.queries.push_back(read_query(reader));
        }
    if (!profile.queries.empty() || root.has("sample"))
        for (const toml::table* table :
             need_tables(root, "sample", "at least one: a reply and what it means"))
            read_sample(root, profile, *table);
    return profile;
}

std::string_view name_of(PrinterLanguage language) {
    switch (language) {
        case PrinterLanguage::zpl:
            return "zpl";
        case PrinterLanguage::tspl:
            return "tspl";
        case PrinterLanguage::epl2:
            return "epl2";
        case PrinterLanguage::escpos:
            return "escpos";
        case PrinterLanguage::cpcl:
            return "cpcl";
    }
    return "unknown";
}

}  // namespace kemas::profile
