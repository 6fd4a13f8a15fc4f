// A printer's status as its profile lays it out: what is asked, how long the answer is, which bits
// mean what. Pure. Languages whose answer is no row of bits (ZPL's ~HS, EPL2's codes) keep their
// codec; so does a site that names a language and no profile.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drivers/printer/printer_language.hpp"
#include "drivers/profile/printer_profile.hpp"

namespace kemas::printer {

using StatusQueries = std::vector<profile::StatusQuery>;  // all asked in one go

/// The profile's queries of bytes; empty when its language's codec owns the answer.
StatusQueries byte_queries(const profile::PrinterProfile& profile);

std::string question_of(const StatusQueries& queries);
bool is_whole_answer(const StatusQueries& queries, std::string_view heard);
/// Faults: bytes that this language cannot have said. Needs a whole answer.
Result<PrinterSays> understand(Language language, const StatusQueries& queries,
                               std::string_view heard);

}  // namespace kemas::printer
