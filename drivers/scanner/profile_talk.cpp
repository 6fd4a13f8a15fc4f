#include "drivers/scanner/profile_talk.hpp"

#include <algorithm>

namespace kemas::scanner {

using profile::GsRule;
using profile::ScannerProtocol;

Protocol protocol_of(ScannerProtocol protocol) {
    switch (protocol) {
        case ScannerProtocol::honeywell:
            return Protocol::honeywell;
        case ScannerProtocol::ssi:
            return Protocol::ssi;
        case ScannerProtocol::dataman:
            return Protocol::dataman;
        case ScannerProtocol::keyence_sr:
            return Protocol::keyence_sr;
        case ScannerProtocol::line:
        case ScannerProtocol::evdev:  // what its keys gave
            break;
    }
    return Protocol::line;
}

void take_profile(const profile::ScannerProfile& from, ScannerOptions& to) {
    to.protocol = protocol_of(from.protocol);
    FramerOptions& framing = to.framing;
    std::string terminators;
    for (const auto& each : from.terminators)
        for (const char c : each)
            if (terminators.find(c) == std::string::npos) terminators += c;
    if (!terminators.empty()) framing.terminators = terminators;
    framing.max_bytes = std::min(framing.max_bytes, static_cast<std::size_t>(from.max_length));
    framing.prefix = from.prefix;
    framing.separator = from.separator;
    framing.ignore = from.ignore;
    if (from.trigger && !from.trigger->ok_reply.empty())
        framing.ignore.push_back(from.trigger->ok_reply);
    framing.no_reads = from.no_read;
    for (const auto& bytes : from.on_connect) to.on_connect += bytes;
    for (const auto& rule : from.gs)
        if (rule.kind == GsRule::Kind::substitute) to.gs_substitute = rule.text;
    if (from.trigger) {
        to.trigger_on = from.trigger->on;
        to.trigger_off = from.trigger->off;
    }
    if (!from.ack) return;
    to.good = from.ack->good;
    to.bad = from.ack->bad;
    to.answer_within_ms = from.ack->timeout_ms;
}

}  // namespace kemas::scanner
