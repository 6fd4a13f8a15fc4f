#include "intake/field_fault.hpp"

namespace kemas::intake {

std::string to_text(const FieldFaults& faults) {
    std::string text;
    for (const auto& fault : faults) {
        if (!text.empty()) text += "; ";
        text += fault.path;
        if (!fault.path.empty()) text += ' ';
        text += fault.reason;
    }
    return text;
}

std::string join_path(std::string_view parent, std::string_view name) {
    std::string path(parent);
    if (!path.empty()) path += '.';
    path += name;
    return path;
}

}  // namespace kemas::intake
