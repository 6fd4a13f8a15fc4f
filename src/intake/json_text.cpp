#include "intake/json_text.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <set>

namespace kemas::intake {
namespace {

namespace json = boost::json;

// Walks the text to find what the tree cannot tell any more: keys given twice, and the path of a
// syntax error.
struct Walk {
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = 200;

    struct Level {
        bool array = false;
        std::size_t index = 0;
        std::string key;
        std::set<std::string, std::less<>> keys;
    };
    std::vector<Level> levels;
    FieldFaults faults;
    std::string key_part;

    std::string path() const {
        std::string text;
        for (const auto& level : levels) {
            if (level.array) {
                text += '[' + std::to_string(level.index) + ']';
            } else if (!level.key.empty()) {
                text = join_path(text, level.key);
            }
        }
        return text;
    }
    bool value_done() {
        if (!levels.empty() && levels.back().array) ++levels.back().index;
        return true;
    }
    bool open(bool array) {
        levels.push_back({array, 0, {}, {}});
        return true;
    }
    bool close() {
        levels.pop_back();
        return value_done();
    }

    using Error = json::error_code;
    using View = json::string_view;
    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_array_begin(Error&) { return open(true); }
    bool on_array_end(std::size_t, Error&) { return close(); }
    bool on_object_begin(Error&) { return open(false); }
    bool on_object_end(std::size_t, Error&) { return close(); }
    bool on_string_part(View, std::size_t, Error&) { return true; }
    bool on_string(View, std::size_t, Error&) { return value_done(); }
    bool on_key_part(View part, std::size_t, Error&) {
        key_part.append(part.data(), part.size());
        return true;
    }
    bool on_key(View rest, std::size_t, Error&) {
        key_part.append(rest.data(), rest.size());
        Level& level = levels.back();
        level.key = std::move(key_part);
        key_part.clear();
        if (!level.keys.insert(level.key).second) faults.push_back({path(), "is given twice"});
        return true;
    }
    bool on_number_part(View, Error&) { return true; }
    bool on_int64(std::int64_t, View, Error&) { return value_done(); }
    bool on_uint64(std::uint64_t, View, Error&) { return value_done(); }
    bool on_double(double, View, Error&) { return value_done(); }
    bool on_bool(bool, Error&) { return value_done(); }
    bool on_null(Error&) { return value_done(); }
    bool on_comment_part(View, Error&) { return true; }
    bool on_comment(View, Error&) { return true; }
};

std::string reason_of(const json::error_code& error, std::size_t at) {
    const std::string where = " at byte " + std::to_string(at);
    if (error == json::error::too_deep) {
        return "is nested deeper than " + std::to_string(kDeepestJson) + " levels" + where;
    }
    if (error == json::error::incomplete) return "ends in the middle of the JSON" + where;
    if (error == json::error::extra_data) return "has something after the JSON" + where;
    if (error == json::error::key_too_large) return "has an overlong key" + where;
    return "cannot be read as JSON in UTF-8: " + error.message() + where;
}

}  // namespace

tl::expected<json::value, FieldFaults> read_json(std::string_view body) {
    json::parse_options options;
    options.max_depth = kDeepestJson;
    json::basic_parser<Walk> parser(options);
    json::error_code error;
    std::size_t read = parser.write_some(false, body.data(), body.size(), error);
    if (!error && body.find_first_not_of(" \t\r\n", read) != std::string_view::npos) {
        error = json::error::extra_data;
    }
    Walk& walk = parser.handler();
    if (error) {
        walk.faults.push_back({walk.path(), reason_of(error, read)});
        return tl::unexpected(std::move(walk.faults));
    }
    if (!walk.faults.empty()) return tl::unexpected(std::move(walk.faults));
    json::value tree = json::parse({body.data(), body.size()}, error, {}, options);
    if (error) return tl::unexpected(FieldFaults{{"", reason_of(error, 0)}});
    return tree;
}

}  // namespace kemas::intake
