// One model of barcode reader: how its codes come framed, what is no code, and how it is told that
// a scan was recorded. Pure data; knows no barcode.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/profile/device_profile.hpp"
#include "drivers/profile/serial_line.hpp"

namespace kemas::profile {

enum class ScannerProtocol { line, honeywell, ssi, dataman, keyence_sr, evdev };
enum class ScannerTransport { tcp_client, tcp_server, serial, evdev };  // seen from kemasd

// How GS (0x1D) comes out of a keyboard scanner, which has no such key.
struct GsRule {
    enum class Kind { alt_code, ctrl_key, substitute };
    Kind kind = Kind::alt_code;
    std::string
        text;  // alt_code: digits typed ("029"); ctrl_key: the key ("]"); substitute: the sign
};

// What tells the operator, at the scanner, that the host took the code.
struct HostAck {
    std::string good, bad;  // bytes; ssi builds its own packets: both are empty
    int timeout_ms = 0;     // the scanner gives up after this; 0 = not stated
};

struct Trigger {
    std::string on, off, ok_reply;  // bytes
};

struct ScannerSample {
    std::string what;
    int line = 0;
    std::string bytes;               // what arrives, framing and all
    std::vector<std::string> codes;  // what must come out, in bytes
};

struct SetupWords {
    std::string en, id;  // what a person reads, in English and Indonesian
};

// The one thing that only the site knows of a set-up code: 12 hexadecimal digits.
constexpr std::string_view bluetooth_hole = "{bluetooth_address}";

// A barcode that sets the scanner up, as its maker describes it: data and symbol are both sourced.
struct SetupCode {
    enum class Symbology { code128, qr, datamatrix };
    int line = 0;
    int order = 1;          // scanned first to last
    SetupWords what, when;  // what it sets; for whom it is, empty = everybody
    Symbology symbology = Symbology::code128;
    bool programming = false;  // the Code 128 begins with FNC3
    std::string data;          // printable ASCII; may hold bluetooth_hole once
    std::string document, revision, place;
};

std::string_view name_of(SetupCode::Symbology symbology);
/// What its barcode holds; nothing when it needs the address and there is none.
std::optional<std::string> data_of(const SetupCode& code, std::string_view bluetooth_address);
/// "11:22:33:44:55:66" or "112233445566" as 12 digits in capitals; nothing when it is neither.
std::optional<std::string> bluetooth_digits(std::string_view written);

struct ScannerProfile : Head {
    ScannerProtocol protocol = ScannerProtocol::line;
    std::vector<ScannerTransport> transports;
    int tcp_port = 0;
    std::optional<SerialLine> serial;
    std::string prefix;                    // bytes before every code
    std::vector<std::string> terminators;  // any one of them ends a code
    int max_length = 4096;
    std::string separator;                // between several codes of one trigger; empty = one code
    std::vector<std::string> no_read;     // "ERROR": the reader looked and found nothing
    std::vector<std::string> ignore;      // heartbeats and replies to commands
    std::vector<std::string> on_connect;  // bytes to send, in order
    std::optional<HostAck> ack;
    std::optional<Trigger> trigger;
    std::vector<GsRule> gs;
    std::string layout = "us";     // keyboard layout the scanner is set to
    std::vector<SetupCode> setup;  // in order; empty: none could be sourced
    std::vector<ScannerSample> samples;
};

std::string_view name_of(ScannerProtocol protocol);

}  // namespace kemas::profile
