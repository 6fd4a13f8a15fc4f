// A site's own files, as anybody may write them: settings, lists of operators and cartons, label
// layouts, sentences. Each is read or refused with its file and line. The first byte picks which.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "label/layout.hpp"
#include "messages/read_messages.hpp"
#include "settings/rosters.hpp"
#include "settings/settings.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;

namespace {

// "file:12: something", each line of it.
void names_its_lines(std::string_view text, std::string_view file) {
    must(!text.empty(), "a refused file says why");
    for (; !text.empty(); text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1)) {
        auto line = text.substr(0, text.find('\n'));
        must(line.starts_with(file) && line.substr(file.size()).starts_with(':'), "names its file");
        line.remove_prefix(file.size() + 1);
        const auto digits = line.find_first_not_of("0123456789");
        must(digits > 0 && digits != line.npos && line.substr(digits, 2) == ": ", "names its line");
        must(line.size() > digits + 2, "says what is wrong there");
    }
}

void settings_file(std::string_view text) {
    static const int file = memfd_create("site", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(file);
    must(ftruncate(file, 0) == 0 &&
             pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()),
         "the file can be written");
    const auto settings = settings::load_settings(path);
    if (!settings)
        return must(
            settings.error().what.find(":") != std::string::npos && !settings.error().what.empty(),
            "a refused file says where and why");
    must(settings->site.hash.size() == 64, "settings have their hash");
    must(settings->http.port >= 0 && settings->http.port <= 65535, "a port is a port");
}

void layout(std::string_view text) {
    const auto read = label::parse_layout(text, "l.toml");
    if (!read) return must(read.error().what.starts_with("l.toml:"), "names its file");
    for (const auto& box : read->boxes)
        must(box.area.x >= 0 && box.area.y >= 0 && box.area.width >= 0 && box.area.height >= 0 &&
                 box.area.x + box.area.width <= read->width &&
                 box.area.y + box.area.height <= read->height,
             "no box leaves the page");
}

void sentences(std::string_view text) {
    messages::Sentences read;
    std::vector<std::string> mistakes;
    messages::read_messages(text, "m.toml", read, mistakes);
    for (const auto& mistake : mistakes) names_its_lines(messages::one_line(mistake), "m.toml");
    for (const auto& [code, sentence] : read) {
        must(message_shape(code) != nullptr, "a sentence is the answer of a known code");
        sentence.fill({{"scanned", "{next}"}, {"next", "\x1b[0m"}});
    }
}

void sentence(Feed& in) {
    const auto shapes = message_shapes();
    const auto& shape = shapes[in.byte() % shapes.size()];
    const std::string value(in.take(in.byte() % 32));
    const auto text = in.rest();
    const auto parsed = messages::Sentence::parse(text, shape);
    if (!parsed) return must(!parsed.error().what.empty(), "a refused sentence says why");
    const auto said = parsed->fill({{"scanned", value}, {"next", value}, {"what", value}});
    must(messages::one_line(said) == said, "what is said fits any terminal");
}

void rows(std::string_view text, bool operators) {
    settings::Mistakes mistakes("r.csv");
    Site site;
    operators ? settings::read_operators(text, mistakes, site)
              : settings::read_cartons(text, mistakes, site);
    if (!mistakes.empty()) names_its_lines(mistakes.text(), "r.csv");
    for (const auto& [badge, who] : site.badges)
        must(site.operators.contains(who), "a badge is somebody's");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed in(data, size);
    switch (in.byte() % 6) {
        case 0:
            return settings_file(in.rest()), 0;
        case 1:
            return layout(in.rest()), 0;
        case 2:
            return sentences(in.rest()), 0;
        case 3:
            return sentence(in), 0;
        case 4:
            return rows(in.rest(), true), 0;
        default:
            return rows(in.rest(), false), 0;
    }
}
