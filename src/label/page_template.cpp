#include "label/page_template.hpp"

namespace kemas::label {
namespace {

std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto at = text.find(by);
        out.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return out;
        text.remove_prefix(at + 1);
    }
}

}  // namespace

tl::expected<PageTemplate, std::string> PageTemplate::parse(std::string_view source) {
    PageTemplate out;
    std::string literal;
    const auto flush = [&] {
        if (!literal.empty()) out.parts_.push_back({literal, {}, {}});
        literal.clear();
    };
    for (std::size_t i = 0; i < source.size(); ++i) {
        const char c = source[i];
        if ((c == '{' || c == '}') && i + 1 < source.size() && source[i + 1] == c) {
            literal += c;
            ++i;
        } else if (c == '}') {
            return tl::unexpected<std::string>("a } without its {: write }} for the sign itself");
        } else if (c == '{') {
            const auto close = source.find('}', i);
            if (close == std::string_view::npos)
                return tl::unexpected<std::string>(
                    "a { without its }: write {{ for the sign itself");
            const auto words = split(source.substr(i + 1, close - i - 1), '|');
            if (words[0].empty()) return tl::unexpected<std::string>("{} names no field");
            flush();
            Part part{{}, std::string(words[0]), {}};
            for (std::size_t w = 1; w < words.size(); ++w) {
                const auto filter = filter_named(words[w]);
                if (!filter) return tl::unexpected(filter.error());
                part.filters.push_back(*filter);
            }
            out.parts_.push_back(std::move(part));
            i = close;
        } else {
            literal += c;
        }
    }
    flush();
    return out;
}

tl::expected<std::string, LabelRefusal> PageTemplate::filled(const LabelContent& content) const {
    std::string out;
    bool anything = is_literal();
    for (const Part& part : parts_) {
        if (part.field.empty()) {
            out += part.literal;
            continue;
        }
        auto value = cleaned(part.field, content.at(part.field));
        if (!value) return value;
        for (Filter filter : part.filters) {
            if (filter == Filter::money && !value->empty() && !is_currency(content.at("currency")))
                return tl::unexpected(LabelRefusal{
                    "currency", "The currency of the " + part.field +
                                    " is not three capitals (IDR): correct it, then print."});
            auto written = apply(filter, *value, content.at("currency"));
            if (!written)
                return tl::unexpected(
                    LabelRefusal{part.field, "The " + part.field + " \"" + *value + "\" " +
                                                 written.error() + ": correct it, then print."});
            value = *written;
        }
        anything = anything || !value->empty();
        out += *value;
    }
    return anything ? out : std::string();
}

std::vector<std::string> PageTemplate::fields() const {
    std::vector<std::string> out;
    for (const Part& part : parts_)
        if (!part.field.empty()) out.push_back(part.field);
    return out;
}

std::vector<PageTemplate> PageTemplate::elements() const {
    std::vector<PageTemplate> out;
    for (const Part& part : parts_) {
        const bool begins = part.field.empty() && part.literal.find('[') != std::string::npos;
        if (begins || out.empty()) out.emplace_back();
        out.back().parts_.push_back(part);
    }
    return out;
}

std::vector<PageTemplate> PageTemplate::alone() const {
    std::vector<PageTemplate> out;
    for (const Part& part : parts_)
        if (!part.field.empty()) out.emplace_back().parts_.push_back(part);
    return out;
}

std::string PageTemplate::blame(const LabelContent& content, const std::string& fallback) const {
    std::string worst = fallback;
    std::size_t longest = 0;
    for (const Part& part : parts_)
        if (!part.field.empty() && (longest == 0 || content.at(part.field).size() > longest)) {
            worst = part.field;
            longest = content.at(part.field).size();
        }
    return worst;
}

}  // namespace kemas::label
