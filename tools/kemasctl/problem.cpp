#include "tools/kemasctl/problem.hpp"

#include <fmt/core.h>

#include <boost/json/parse.hpp>

#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

std::string choices_text(const array& choices) {
    std::vector<Row> rows;
    for (const auto& item : choices) {
        const auto& choice = as_object(item);
        rows.push_back({cell(choice, "channel"), cell(choice, "shop")});
    }
    if (rows.empty()) return "";
    return table({"CHANNEL", "SHOP"}, rows) + "Say which with --channel and --shop.\n";
}

}  // namespace

std::string fault_table(const array& errors) {
    std::vector<Row> rows;
    bool in_file = false;
    for (const auto& item : errors) in_file = in_file || as_object(item).contains("line");
    for (const auto& item : errors) {
        const auto& error = as_object(item);
        if (in_file) {
            const auto line = count(error, "line");  // 0: the file as a whole
            rows.push_back({line > 0 ? std::to_string(line) : "-", cell(error, "column"),
                            cell(error, "reason")});
        } else {
            rows.push_back({cell(error, "path"), cell(error, "reason")});
        }
    }
    return table(in_file ? Row{"LINE", "COLUMN", "REASON"} : Row{"PATH", "REASON"}, rows);
}

std::string problem_text(const Reply& reply, const Server& server) {
    boost::system::error_code error;
    const auto tree = boost::json::parse(reply.body, error);
    const auto& problem = as_object(tree);
    auto words = text(problem, "detail");
    if (words.empty()) words = text(problem, "title");
    if (error || words.empty()) {
        return fmt::format(
            "kemasctl: {} answers {} without saying why; check that it is kemasd's address.\n",
            server.url, reply.status);
    }
    std::string out = "kemasctl: " + words + '\n';
    if (reply.status == 401) {
        out += server.token.empty() ? "Give the site's token with --token or KEMAS_TOKEN.\n"
                                    : "The token given with --token or KEMAS_TOKEN is another.\n";
    }
    if (const auto what = text(problem, "difference"); !what.empty()) {
        out += pairs({{"difference", what}});
    }
    return out + choices_text(list(problem, "choices")) + fault_table(list(problem, "errors"));
}

}  // namespace kemas::ctl
