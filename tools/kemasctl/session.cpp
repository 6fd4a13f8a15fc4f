#include "tools/kemasctl/session.hpp"

#include <fmt/core.h>

#include <boost/json/parse.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tools/kemasctl/problem.hpp"

namespace kemas::ctl {
namespace {

Exit exit_of(long status) {
    if (status >= 200 && status < 300) return Exit::ok;
    // A token that is missing, or a kemasd in trouble, is no verdict about what was asked.
    return status == 401 || status == 403 || status >= 500 ? Exit::cannot : Exit::refused;
}

}  // namespace

std::optional<std::string> Session::ask_bytes(const Call& call) {
    auto reply = send(server, call);
    if (!reply) {
        complain(Exit::cannot, reply.error().what);
        return std::nullopt;
    }
    last_ = std::move(*reply);
    exit = exit_of(last_.status);
    if (exit == Exit::ok) return last_.body;
    if (json) print_raw();
    fmt::print(stderr, "{}", problem_text(last_, server));
    return std::nullopt;
}

std::optional<boost::json::object> Session::ask(const Call& call) {
    const auto body = ask_bytes(call);
    if (!body) return std::nullopt;
    boost::system::error_code error;
    const auto tree = boost::json::parse(*body, error);
    if (error || !tree.is_object()) {
        complain(Exit::cannot, fmt::format("{} answers, but not as kemasd does; check the address "
                                           "given with --url or KEMAS_URL.",
                                           server.url));
        return std::nullopt;
    }
    return tree.get_object();
}

void Session::print_raw() const {
    fmt::print("{}{}", last_.body, last_.body.ends_with('\n') ? "" : "\n");
}

void Session::complain(Exit with, const std::string& what) {
    exit = with;
    fmt::print(stderr, "kemasctl: {}\n", what);
}

Result<std::string> read_file(const std::string& name) {
    std::ifstream file;
    if (name != "-") file.open(name, std::ios::binary);
    std::istream& from = name == "-" ? std::cin : file;
    std::ostringstream bytes;
    if (from && from.peek() != std::char_traits<char>::eof()) bytes << from.rdbuf();
    if (!from.eof() && (!from || !bytes)) {
        return fail(Remedy::call_person,
                    fmt::format("Cannot read {}: {}; check the name.", name, std::strerror(errno)));
    }
    return std::move(bytes).str();
}

}  // namespace kemas::ctl
