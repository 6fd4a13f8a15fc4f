// What reaches a label printer, cut into whole labels and questions, language by language. Strict
// about framing, draws nothing. Pure; shares nothing with the drivers but the languages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kemas::sim {

enum class PrinterTongue { zpl, tspl, epl2, escpos, cpcl };

// The language of that name ("zpl", "tspl" ...), if there is one.
std::optional<PrinterTongue> tongue_named(std::string_view name);
std::string_view name_of(PrinterTongue tongue);

// One label in full, as it came.
struct WholeLabel {
    std::string bytes;
};
// A question that is answered at once, or, `queued`, behind the labels before it.
struct PrinterQuestion {
    enum class About { status, counter };
    About about = About::status;
    int number = 0;  // ESC/POS: n of DLE EOT
    bool queued = false;
};
using PrinterHeard = std::variant<WholeLabel, PrinterQuestion>;

class PrinterStream {
 public:
    explicit PrinterStream(PrinterTongue tongue) : tongue_(tongue) {}

    void hear(std::string_view bytes) { waiting_ += bytes; }
    // The next thing that has come in full; what belongs to no command is dropped, as printers do.
    std::optional<PrinterHeard> next();
    // The sender ended the connection: ESC/POS has no end of a label but this.
    std::optional<WholeLabel> at_end();
    bool in_a_label() const;

 private:
    std::optional<PrinterHeard> next_by_words();  // ZPL
    std::optional<PrinterHeard> next_by_lines();  // TSPL, EPL2, CPCL
    std::optional<PrinterHeard> next_escpos();
    std::string take(std::size_t count);

    PrinterTongue tongue_;
    std::string waiting_;
    std::string label_;  // lines of the one under way
};

}  // namespace kemas::sim
