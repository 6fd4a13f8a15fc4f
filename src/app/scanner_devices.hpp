// A site's scanners, made from its settings and their profiles.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "drivers/camera/decoder_pool.hpp"
#include "ports/scanner.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

// The pool of children that decode pictures: kemas-decode, beside this very program.
std::string decoder_program();  // the path of kemas-decode, which stands beside kemasd
std::unique_ptr<camera::DecoderPool> make_decoder(boost::asio::any_io_executor loop);

// What a line's reader says when it read nothing: its own word and its profile's.
std::vector<std::string> no_reads_of(const settings::ScannerSettings& from);

// Faults: a profile that cannot be read or is of another kind of line, an unknown format.
Result<std::unique_ptr<Scanner>> make_scanner(boost::asio::any_io_executor loop,
                                              camera::DecoderPool& decoder,
                                              const settings::ScannerSettings& from,
                                              const std::string& epoch);

}  // namespace kemas::app
