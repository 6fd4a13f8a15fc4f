// What every command shares: where kemasd is, how to ask it, and what the program ends with. Knows
// no command.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "tools/kemasctl/http.hpp"

namespace kemas::ctl {

enum class Exit {
    ok = 0,
    refused = 1,  // kemasd said no, or does not know the thing
    cannot = 2,   // wrong use, a file that cannot be read, no kemasd, no right token
};

struct Session {
    Server server;
    bool json = false;  // print answers as they came
    Exit exit = Exit::ok;

    // The object of an answer that went through. Else nothing: the person has been told why, and
    // `exit` is set.
    std::optional<boost::json::object> ask(const Call& call);
    // The body of an answer that went through, whatever it is.
    std::optional<std::string> ask_bytes(const Call& call);
    // Prints the last answer as it came.
    void print_raw() const;
    // Tells the person, and sets `exit`.
    void complain(Exit with, const std::string& what);

 private:
    Reply last_;
};

// A file's bytes, or what to do about it; "-" is the standard input.
Result<std::string> read_file(const std::string& name);

}  // namespace kemas::ctl
