// One file shown to kemasd as a dry run and then, when asked, imported. Knows no command line.
#pragma once

#include <string>

#include "tools/kemasctl/session.hpp"

namespace kemas::ctl {

struct ImportRun {
    std::string kind;   // "tariff", ...
    std::string file;   // its name, for people and for the books
    std::string body;   // CSV
    std::string again;  // the command that imports it
    std::string next;   // what a person does once it is in
    bool commit = false;
};

void run_import(Session& session, const ImportRun& run);

std::string shell_quoted(const std::string& name);  // as a shell takes it back

}  // namespace kemas::ctl
