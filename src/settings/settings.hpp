// A site as its files describe it, checked: everything the daemon needs to start. Knows no device
// and no ledger.
#pragma once

#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/site.hpp"

namespace kemas::settings {

struct HttpSettings {
    std::string address = "127.0.0.1";
    int port = 8420;
    std::string token;  // empty = loopback only
    friend bool operator==(const HttpSettings&, const HttpSettings&) = default;
};

struct LedgerSettings {
    std::string path = "/var/lib/kemas/ledger.db";
    friend bool operator==(const LedgerSettings&, const LedgerSettings&) = default;
};

// Of each device: `written` is its table as it stands in the file, with its profile; equal = same.
struct ScannerSettings {
    std::string written;
    std::string name, station;
    bool listens = true;  // mode = "server": the scanner connects to us; "client": we to it
    std::string host = "127.0.0.1";  // the address to listen on, or the reader's
    int port = 0;
    std::string terminators = "\r\n";  // any of these ends a code
    std::string no_read, heartbeat;  // what the reader says when it read nothing, or is just alive
};

// A serial line; 0 = as the profile or the protocol has it.
struct SerialSettings {
    std::string device;  // "/dev/serial/by-id/..."; empty = none
    int baud = 0;
    char parity = 0;  // 'N', 'E', 'O'
    int data_bits = 0, stop_bits = 0;
    friend bool operator==(const SerialSettings&, const SerialSettings&) = default;
};

struct ScaleSettings {
    std::string written;
    std::string name, station;
    std::string profile;  // path of the firmware profile
    std::string host;
    int port = 502;
    int unit = 1;
    SerialSettings serial;  // instead of host: Modbus RTU, or a scale that talks text
    // What the profile leaves to the site: how this very scale is set up.
    int decimals = -1;        // behind the point; -1 = the profile knows
    std::string weight_unit;  // "g", "kg", ...; empty = the profile knows
    std::string division;     // "0.005", in that unit; empty = the profile knows
    int poll_ms = 50;
    int min_readings = 3;
    int min_span_ms = 300;
    int max_age_ms = 1000;
    std::string calibration_due;       // "2027-01-31", the last good day; empty = not watched
    bool refuse_uncalibrated = false;  // after that day: calibration = "refuse"; else warn
};

struct PrinterSettings {
    std::string written;
    std::string name;
    std::string host;
    int port = 9100;
    bool ask_zpl_status = false;  // status = "zpl": ask ~HS before every job
    int connect_timeout_ms = 3000, stall_timeout_ms = 10000, close_timeout_ms = 30000;
};

struct LabelSettings {
    std::string layout;  // path of the courier label's layout
    std::string sender_name, sender_phone, sender_address;
    friend bool operator==(const LabelSettings&, const LabelSettings&) = default;
};

struct OrderDbSettings {
    bool enabled = false;
    std::string backend = "sqlite";  // sqlite, postgresql, mysql
    std::string connect;             // file name or connection string
    int poll_ms = 1000;
    int deadline_ms = 5000;
    friend bool operator==(const OrderDbSettings&, const OrderDbSettings&) = default;
};

struct Settings {
    std::string site_name = "Kemas";
    std::string language = "en";  // of the operators' answers: en, id
    std::string utc_offset = "+07:00";
    int utc_offset_minutes = 420;  // of the site's wall clock
    LedgerSettings ledger;
    HttpSettings http;
    Site site;  // policy, stations, operators, cartons
    LabelSettings label;
    std::vector<ScannerSettings> scanners;
    std::vector<ScaleSettings> scales;
    std::vector<PrinterSettings> printers;
    OrderDbSettings order_db;
    std::string messages_folder;  // empty = the catalogue built in
    std::string log_level = "info";
};

// Reads the site file and the files it names (operators, cartons; paths are relative to it). Every
// fault reads "file:line: what, and what was expected".
Result<Settings> load_settings(const std::string& path);

}  // namespace kemas::settings
