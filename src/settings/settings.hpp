// A site as its files describe it, checked: everything the daemon needs to start. Knows no device
// and no ledger.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/site.hpp"
#include "core/weighing/in_motion.hpp"

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

// A serial line; 0 = as the profile or the protocol has it.
struct SerialSettings {
    std::string device;  // "/dev/serial/by-id/..."; empty = none
    int baud = 0;
    char parity = 0;  // 'N', 'E', 'O'
    int data_bits = 0, stop_bits = 0;
    friend bool operator==(const SerialSettings&, const SerialSettings&) = default;
};

// How a scanner reaches us: it connects to us, or we to it; a serial line; keys it types; a camera.
enum class ScannerMode { server, client, serial, evdev, camera };

// Of each device: `written` is its table as it stands in the file, with its profile; equal = same.
struct ScannerSettings {
    std::string written;
    std::string name, station;
    std::string line, reader;  // instead of a station: it is this reader of this line
    std::string separator;     // of a line's reader: between several codes of one result
    ScannerMode mode = ScannerMode::server;
    std::string profile;             // path of a scanner's profile; empty = what stands here
    std::string host = "127.0.0.1";  // the address to listen on, the reader's, or the camera's
    int port = 0;
    std::string terminators = "\r\n";  // any of these ends a code
    bool own_terminators = false;      // said here: they win over the profile's
    std::string no_read, heartbeat;  // what the reader says when it read nothing, or is just alive
    std::string protocol;            // "line", "honeywell", ...; empty = the profile's, or line
    int answer_within_ms = 0;        // 0 = what the protocol says
    std::string gs_substitute;       // what the scanner sends in place of GS
    SerialSettings serial;           // mode = "serial"
    char flow = 0;                   // of it: 'N', 'R' RTS/CTS, 'X' XON/XOFF; 0 = the profile's
    std::string device;              // mode = "evdev"
    std::string layout;              // "us", "de"; empty = the profile's, or us
    bool gs_alt_code = true, gs_ctrl = true;
    std::string path, authorization;  // mode = "camera": http://host:port/path
    std::string folder;               // or pictures put here
    int poll_ms = 500, confirm = 2, absent_ms = 2000;
    std::vector<std::string> formats;  // empty = the usual ones
};

struct ScaleSettings {
    std::string written;
    std::string name, station;
    std::string profile;  // path of the firmware profile
    std::string host;
    int port = 502;
    int unit = 1;
    SerialSettings serial;  // instead of host: Modbus RTU, or a scale that talks text
    std::string hidraw;     // instead of both: a USB HID scale; also in serial.device
    bool ask_tare = true;   // tare = "never": nobody tares this scale
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
    enum class Transport { tcp, usb, serial, ipp };
    std::string written;
    std::string name;
    Transport transport = Transport::tcp;
    std::string profile;    // path of the firmware profile; empty = none
    std::string host;       // tcp
    int port = 9100;        // 0 = the profile's
    std::string device;     // usb: "/dev/usb/lp0"
    SerialSettings serial;  // serial
    char flow = 0;          // 'N', 'R' (RTS/CTS), 'X' (XON/XOFF); 0 = as the profile has it
    std::string uri;        // ipp
    std::string format = "application/octet-stream";
    std::string language;  // "zpl", "tspl", ...; empty = as the profile has it, else zpl
    int dpi = 0;           // of its head; 0 = as the profile has it, else not checked
    std::int64_t width_tenths_mm = 0, height_tenths_mm = 0;  // of the label in it; 0 = not checked
    bool ask_status = false;                                 // before every job, and between jobs
    std::string counter;         // "zebra_label_count", "none"; empty = as the profile has it
    int status_poll_ms = 10000;  // 0 = not between jobs
    int connect_timeout_ms = 3000, stall_timeout_ms = 10000, close_timeout_ms = 30000;
};

// A scale beside a conveyor line's belt: how to reach it, and how what runs over it is weighed.
struct LineScaleSettings {
    ScaleSettings device;  // station stays empty
    weighing::InMotionRules rules;
    int longest_gap_ms = 0;  // between two readings of one parcel
};

// A module that brings cartons to a line. On a bus of its own: on the PLC's it slows its polls.
struct LineFeedSettings {
    std::string name;
    std::string profile;  // path of the firmware profile
    std::string host;
    int port = 502;
    int unit = 1;
    SerialSettings serial;  // instead of host: Modbus RTU
    int poll_ms = 100;
};

// How to reach the PLC of a conveyor line; its layout is in site.policy.lines under the same name.
struct LineSettings {
    std::string written;
    std::string name;
    std::string profile;  // path of the firmware profile
    std::string host;
    int port = 502;
    int unit = 1;
    SerialSettings serial;  // instead of host: Modbus RTU
    int poll_ms = 10;
    std::optional<LineScaleSettings> scale;
    std::vector<LineFeedSettings> feeds;
};

// How to reach a courier that gives numbers over HTTP; its rules are in site.policy.couriers.
struct CourierSettings {
    std::string written;
    std::string name;   // as the tariff calls it
    std::string url;    // "https://api.courier.example/kemas/v1", without a slash at the end
    std::string token;  // sent as a bearer token; empty = none
    int deadline_ms = 10'000;
    int at_once = 4;               // calls under way
    int breaker_failures = 5;      // in a row: no more calls for a while
    int breaker_open_ms = 15'000;  // the first while; doubled up to 5 minutes
    // Its parcels are followed: each so often, so many a minute, until so old. 0 = not at all.
    int track_every_s = 1'800;
    int track_per_minute = 60;
    int track_days = 30;
};

// How a service of others is called: what all of them may say.
struct ServiceLimits {
    int deadline_ms = 10'000;      // of a whole call
    int at_once = 4;               // calls under way
    int breaker_failures = 5;      // in a row: no more calls for a while
    int breaker_open_ms = 15'000;  // the first while; doubled up to 5 minutes
};

// How to reach a channel that arranges its own shipments; its events are in site.policy.channels.
struct ChannelSettings {
    std::string written;
    std::string name;  // the orders' channel, or "channel/shop"
    std::string url;   // without a slash at its end
    std::string key;   // sent as a bearer token; empty = none
    ServiceLimits limits;
    int rate_per_s = 10;   // calls
    int poll_ms = 15'000;  // of what it wants looked at
};

struct LabelSettings {
    std::string layout;  // path of the courier label's layout
    std::string sender_name, sender_phone, sender_address;
    friend bool operator==(const LabelSettings&, const LabelSettings&) = default;
};

// Labels that come as files.
struct LabelFileSettings {
    std::string folder;  // watched; empty = none
    int poll_ms = 1000;
    int dpi = 203, width_mm = 100, height_mm = 150;  // of the labels they are printed on
    bool may_scale = false;      // a page whose print is larger than the label: scale = "shrink"
    bool growth_refuses = true;  // a number that one dot of growth kills: growth = "refuse"
    friend bool operator==(const LabelFileSettings&, const LabelFileSettings&) = default;
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
    LabelFileSettings label_files;
    std::vector<ScannerSettings> scanners;
    std::vector<ScaleSettings> scales;
    std::vector<PrinterSettings> printers;
    std::vector<LineSettings> lines;
    std::vector<CourierSettings> couriers;  // those over HTTP
    std::vector<ChannelSettings> channels;
    OrderDbSettings order_db;
    std::string messages_folder;  // empty = the catalogue built in
    std::string log_level = "info";
    int declared_share_percent = 10;  // declared further from measured than this is told
};

// Reads the site file and the files it names (operators, cartons; paths are relative to it). Every
// fault reads "file:line: what, and what was expected".
Result<Settings> load_settings(const std::string& path);

}  // namespace kemas::settings
