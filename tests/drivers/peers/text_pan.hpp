// A scale that speaks text: what lies on it is written by the test and read by the peer's thread.
// It obeys zero and tare as the models do, or refuses.
#pragma once

#include <atomic>
#include <cstdio>

#include "tests/drivers/peers/pty_peer.hpp"

namespace kemas::test {

struct Pan {
    std::atomic<int> g = 0, tare_g = 0;  // on the pan since the last zero; held as tare
    std::atomic<bool> moves = false, silent = false, garbled = false, knows_tare = true;
    std::atomic<bool> refuses = false, ignores = false;  // commands
    std::atomic<int> commands = 0, dawdles_ms = 0;

    // "ST,GS,+0012.34kg" every 5 ms; MZ, MT and CT come back when they are carried out.
    PtyPeer::Script continuous() {
        return [this](PtyPeer& peer) {
            std::string got;
            while (!peer.over()) {
                char line[64];
                std::snprintf(line, sizeof line, "%s,%s,%+08.3fkg\r\n", moves ? "US" : "ST",
                              tare_g ? "NT" : "GS", (g - tare_g) / 1000.0);
                if (!silent) peer.say(garbled ? "\x93\x8a\xff?\r\n" : line);
                got += peer.hear(5);
                const std::string command = cut(got);
                if (command.empty()) continue;
                const char* verb = command == "MZ" ? "Z" : command == "MT" ? "T" : "C";
                peer.say(obey(verb[0]) ? command + "\r\n" : "I\r\n");
            }
        };
    }
    // Answers SI, TA, Z, T and TAC.
    PtyPeer::Script sics() {
        return [this](PtyPeer& peer) {
            std::string got;
            while (!peer.over()) {
                got += peer.hear();
                if (silent) continue;
                const std::string question = cut(got);
                if (question.empty()) continue;
                char line[64];
                if (question == "TA" && knows_tare)
                    std::snprintf(line, sizeof line, "TA A %9d g\r\n", tare_g.load());
                else if (question == "SI")
                    std::snprintf(line, sizeof line, "S %c %9d g\r\n", moves ? 'D' : 'S',
                                  g - tare_g);
                else if (question == "Z")
                    std::snprintf(line, sizeof line, "Z %c\r\n", obey('Z') ? 'A' : 'I');
                else if (question == "T" && obey('T'))
                    std::snprintf(line, sizeof line, "T S %9d g\r\n", tare_g.load());
                else if (question == "TAC" && obey('C'))
                    std::snprintf(line, sizeof line, "TAC A\r\n");
                else
                    std::snprintf(line, sizeof line, "ES\r\n");
                peer.say(line);
            }
        };
    }

 private:
    // The first line of what was heard, taken out of it.
    static std::string cut(std::string& got) {
        const auto end = got.find("\r\n");
        if (end == std::string::npos) return {};
        std::string line = got.substr(0, end);
        got.erase(0, end + 2);
        return line;
    }
    bool obey(char what) {
        ++commands;
        std::this_thread::sleep_for(std::chrono::milliseconds(dawdles_ms));
        if (refuses) return false;
        if (ignores) return true;
        if (what == 'Z') g = 0;
        if (what == 'T') tare_g = g.load();
        if (what == 'C') tare_g = 0;
        return true;
    }
};

}  // namespace kemas::test
