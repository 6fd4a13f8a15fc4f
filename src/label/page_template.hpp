// A text with holes: "Berat {weight_g|kg}". Braces themselves are written {{ and }}.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "label/content.hpp"
#include "label/filters.hpp"

namespace kemas::label {

class PageTemplate {
 public:
    /// Reads the template; the error says what is wrong with it, without a place.
    static tl::expected<PageTemplate, std::string> parse(std::string_view source);

    /// The text with every hole filled. A template whose fields are all empty gives an empty text.
    tl::expected<std::string, LabelRefusal> filled(const LabelContent& content) const;

    /// Names of the fields it uses, in order, with repeats.
    std::vector<std::string> fields() const;

    /// Each field without what stands around it.
    std::vector<PageTemplate> alone() const;
    /// Each GS1 element string, "[10]{lot}", for itself.
    std::vector<PageTemplate> elements() const;

    /// The field to name when the text does not fit: the longest one, or `fallback` without fields.
    std::string blame(const LabelContent& content, const std::string& fallback) const;

    bool is_literal() const { return fields().empty(); }

 private:
    struct Part {
        std::string literal;  // used when `field` is empty
        std::string field;
        std::vector<Filter> filters;
    };
    std::vector<Part> parts_;
};

}  // namespace kemas::label
