// The small reading of bytes that HTTP needs: fields, tokens, percent-encoding, UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/message.hpp"

namespace kemas::web {

/// Compares without regard to ASCII case.
bool same_word(std::string_view a, std::string_view b);

/// Without spaces and tabs at either end.
std::string_view trim(std::string_view text);

/// The first field of that name in a head of CRLF lines that the framing guard has passed.
std::optional<std::string_view> field_of(std::string_view head, std::string_view name);

/// The length of the UTF-8 character `text` starts with (RFC 3629), 0 when it starts with none.
std::size_t utf8_length(std::string_view text);

enum class Plus { stays, is_space };

/// Decodes %XX. Nothing when an escape is broken, or the result holds a control character or is no
/// UTF-8.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

struct Query {
    Pairs values;
    std::string fault;  // a sentence when the query is refused, else empty
};

/// Reads "a=1&b=2". A name that comes twice is refused: two readers could each take another one.
Query read_query(std::string_view text);

}  // namespace kemas::web
