#include <fmt/core.h>

#include <cstdio>
#include <iostream>
#include <sstream>

#include "tools/kemasctl/commission.hpp"

namespace kemas::ctl {
namespace {

std::string trimmed(const std::string& text) {
    const auto from = text.find_first_not_of(" \t\r");
    if (from == text.npos) return "";
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

}  // namespace

Result<Asker> Asker::from_file(const std::string& path) {
    Asker asker;
    if (path.empty()) return asker;
    asker.by_file_ = true;
    const auto bytes = read_file(path);
    if (!bytes) return tl::unexpected(bytes.error());
    std::istringstream lines(*bytes);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        line = trimmed(line);
        if (line.empty() || line[0] == '#') continue;
        const auto equals = line.find('=');
        if (equals == line.npos)
            return fail(
                Remedy::call_person,
                fmt::format("{}:{}: is no answer, expected \"question = answer\"", path, number));
        asker.answers_[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
    }
    return asker;
}

std::string Asker::ask(const std::string& key, const std::string& question,
                       const std::string& otherwise) {
    fmt::print("{}{} ", question, otherwise.empty() ? "" : " [" + otherwise + "]");
    std::string answer;
    if (by_file_) {
        const auto it = answers_.find(key);
        if (it != answers_.end()) answer = it->second;
        fmt::print("({}) {}\n", key, answer);
    }
    std::fflush(stdout);
    if (!by_file_ && !ended_) {
        std::getline(std::cin, answer);
        if (!std::cin) {
            ended_ = true;
            fmt::print("\n");
        }
    }
    answer = trimmed(answer);
    return answer.empty() ? otherwise : answer;
}

bool Asker::yes(const std::string& key, const std::string& question, bool otherwise) {
    for (;;) {
        const auto answer = ask(key, question + " (y/n)", otherwise ? "y" : "n");
        if (answer == "y" || answer == "Y" || answer == "yes") return true;
        if (answer == "n" || answer == "N" || answer == "no") return false;
        fmt::print("Please answer y or n.\n");
        if (by_file_ || ended_) return false;
    }
}

void Asker::ready(const std::string& key, const std::string& request) {
    ask(key, request + " Then press Enter.", "");
}

}  // namespace kemas::ctl
