#include "drivers/profile/loaders.hpp"
#include "drivers/profile/modbus_reader.hpp"

namespace kemas::profile {
namespace {

void read_transports(TableReader& root, ScannerProfile& profile) {
    for (const std::string& name : read_texts(root, "transports")) {
        if (name == "tcp_client")
            profile.transports.push_back(ScannerTransport::tcp_client);
        else if (name == "tcp_server")
            profile.transports.push_back(ScannerTransport::tcp_server);
        else if (name == "serial")
            profile.transports.push_back(ScannerTransport::serial);
        else if (name == "evdev")
            profile.transports.push_back(ScannerTransport::evdev);
        else
            root.wrong("transports", "\"" + name + "\"",
                       "some of tcp_client (we connect), tcp_server (the reader connects), serial, "
                       "evdev");
    }
    if (profile.transports.empty() && !root.has("transports"))
        root.missing("transports", "a list of tcp_client, tcp_server, serial, evdev");
}

void read_ack(TableReader& root, ScannerProfile& profile) {
    const toml::table* table = root.table("ack");
    if (!table) return;
    TableReader reader(*table, "[ack]", root.mistakes());
    HostAck ack;
    if (profile.protocol == ScannerProtocol::ssi) {  // packets with a checksum
        for (const char* key : {"good", "bad"})
            if (reader.node(key))
                reader.wrong(key, "given", "nothing: SSI answers with packets of its own");
    } else {
        ack.good = need_bytes(reader, "good");
        ack.bad = read_bytes(reader, "bad");
    }
    ack.timeout_ms = static_cast<int>(reader.integer("timeout_ms", 0, 60'000).value_or(0));
    reader.finish();
    profile.ack = ack;
}

void read_trigger(TableReader& root, ScannerProfile& profile) {
    const toml::table* table = root.table("trigger");
    if (!table) return;
    TableReader reader(*table, "[trigger]", root.mistakes());
    Trigger trigger;
    trigger.on = need_bytes(reader, "on");
    trigger.off = read_bytes(reader, "off");
    trigger.ok_reply = read_bytes(reader, "ok_reply");
    reader.finish();
    profile.trigger = trigger;
}

void read_gs(TableReader& root, ScannerProfile& profile) {
    if (!root.has("gs")) return;
    for (const toml::table* table : need_tables(root, "gs", "one table a rule")) {
        TableReader reader(*table, "[[gs]]", root.mistakes());
        GsRule rule;
        rule.kind = reader.choice<GsRule::Kind>("kind", {{"alt_code", GsRule::Kind::alt_code},
                                                         {"ctrl_key", GsRule::Kind::ctrl_key},
                                                         {"substitute", GsRule::Kind::substitute}});
        rule.text = reader.need_text("text");
        if (profile.protocol != ScannerProtocol::evdev && rule.kind != GsRule::Kind::substitute)
            reader.wrong("kind", "of a keyboard",
                         "substitute: a scanner on a line sends bytes, not keys");
        const bool digits = rule.text.find_first_not_of("0123456789") == std::string::npos;
        if (rule.kind == GsRule::Kind::alt_code && (!digits || rule.text.empty()))
            reader.wrong("text", "\"" + rule.text + "\"", "the digits typed, as \"029\"");
        if (rule.kind != GsRule::Kind::alt_code && rule.text.size() != 1)
            reader.wrong("text", "\"" + rule.text + "\"", "one character");
        reader.finish();
        profile.gs.push_back(std::move(rule));
    }
}

}  // namespace

ScannerProfile read_scanner(TableReader& root, const std::string& file) {
    ScannerProfile profile;
    profile.file = file;
    profile.kind = Kind::scanner;
    profile.protocol =
        root.choice<ScannerProtocol>("protocol", {{"line", ScannerProtocol::line},
                                                  {"honeywell", ScannerProtocol::honeywell},
                                                  {"ssi", ScannerProtocol::ssi},
                                                  {"dataman", ScannerProtocol::dataman},
                                                  {"keyence_sr", ScannerProtocol::keyence_sr},
                                                  {"evdev", ScannerProtocol::evdev}});
    read_head(root, profile);
    read_transports(root, profile);
    const bool keyboard = profile.protocol == ScannerProtocol::evdev;
    if (keyboard) {
        profile.layout = root.choice<std::string>("layout", {{"us", "us"}, {"de", "de"}},
                                                  std::optional<std::string>("us"));
    } else {
        profile.tcp_port = static_cast<int>(root.integer("tcp_port", 0, 65535).value_or(0));
        profile.serial = read_serial_line(root);
        profile.on_connect = read_byte_list(root, "on_connect");
        read_ack(root, profile);
        read_trigger(root, profile);
    }
    if (profile.protocol != ScannerProtocol::ssi) {  // whose packets need none of these
        profile.prefix = read_bytes(root, "prefix");
        profile.separator = read_bytes(root, "separator");
        profile.ignore = read_texts(root, "ignore");
        read_gs(root, profile);
    }
    profile.terminators = read_byte_list(root, "terminators");
    if (profile.terminators.empty() && profile.protocol != ScannerProtocol::ssi &&
        !root.has("terminators"))
        root.missing("terminators", "the bytes that end a code, as [\"<CR>\", \"<LF>\"]");
    profile.max_length = static_cast<int>(root.integer("max_length", 1, 65'536).value_or(4096));
    profile.no_read = read_texts(root, "no_read");
    read_setup(root, profile);
    for (const toml::table* table :
         need_tables(root, "sample", "at least one: bytes and the codes they carry")) {
        TableReader reader(*table, "[[sample]]", root.mistakes());
        ScannerSample sample;
        sample.line = reader.line();
        sample.what = reader.need_text("what");
        sample.bytes = need_bytes(reader, "bytes");
        if (!reader.has("codes")) reader.missing("codes", "a list of codes; empty for none");
        sample.codes = read_byte_list(reader, "codes");
        reader.finish();
        profile.samples.push_back(std::move(sample));
    }
    return profile;
}

std::string_view name_of(ScannerProtocol protocol) {
    switch (protocol) {
        case ScannerProtocol::line:
            return "line";
        case ScannerProtocol::honeywell:
            return "honeywell";
        case ScannerProtocol::ssi:
            return "ssi";
        case ScannerProtocol::dataman:
            return "dataman";
        case ScannerProtocol::keyence_sr:
            return "keyence_sr";
        case ScannerProtocol::evdev:
            return "evdev";
    }
    return "unknown";
}

}  // namespace kemas::profile
