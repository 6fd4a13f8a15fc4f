// What is told when the ledger's disk fails. Knows no ledger.
#pragma once

#include <exception>
#include <string>

#include "core/fault.hpp"

namespace kemas::ledger {

inline Fault store_fault(const std::exception& error) {
    return {Remedy::reconnect, std::string("the ledger cannot write: ") + error.what() +
                                   "; check the disk, nothing is confirmed until it works again"};
}

}  // namespace kemas::ledger
