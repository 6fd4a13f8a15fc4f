// Who is called what, who listens where, and who points at whom: checked when all is read. Knows no
// setting's meaning.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "settings/mistakes.hpp"

namespace kemas::settings {

class Names {
 public:
    explicit Names(Mistakes& mistakes) : mistakes_(mistakes) {}

    // `kind` is "station", "scale", ...: a name is unique within its kind.
    void declare(const std::string& kind, const std::string& name, int line);
    // `whose` ("station \"bench-1\"") says at `line` that it uses `kind` `name`; empty = none.
    void use(const std::string& kind, const std::string& name, const std::string& whose, int line);
    // A local port; 0 (the system picks one) is never taken.
    void listen(const std::string& whose, const std::string& host, int port, int line);
    // A peer that only one may talk to; `where` is its address.
    void talk_to(const std::string& whose, const std::string& where, int line);

    void check_uses();

 private:
    struct Use {
        std::string kind, name, whose;
        int line = 0;
    };
    struct Listener {
        std::string whose, host;
        int port = 0, line = 0;
    };

    Mistakes& mistakes_;
    std::map<std::string, std::map<std::string, int>> declared_;  // kind -> name -> line
    std::vector<Use> uses_;
    std::vector<Listener> listeners_;
    std::map<std::string, std::pair<std::string, int>> peers_;  // address -> whose, line
};

}  // namespace kemas::settings
