// What a printer says about itself, by its language: the question, when its answer is whole, and
// what it means. Pure; knows no transport and no label.
//
// Sources: ZPL II guide "~HS"; TSPL "<ESC>!?" (Gprinter GP-2120T manual p. 34); EPL2 "^ee" (Zebra
// EPL guide 14245L-003 p. 92, Intermec ESim 5.12 p. 132 and PC4 ESim p. 153); ESC/POS "DLE EOT n"
// (Epson TM-U220 p. 54, Samsung SRP-350 p. 8, Custom TG02H p. 64) and "GS r" (Epson TM-U295 p. 72);
// CPCL "ESC h" (Zebra CPCL guide p. 11-3). Codes without a source are faults of their own name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/fault.hpp"

namespace kemas::printer {

enum class Language { none, zpl, tspl, epl2, escpos, cpcl };

struct NotReady {
    std::string state;  // one word for the dashboard
    std::string why;    // a sentence with the next step
};

struct PrinterSays {
    std::optional<NotReady> obstacle;  // why it must not get a label now
    bool busy = false;                 // it has not printed all it was given
    std::string state = "ready";       // or "printing", "paper-low", "take-label"
};

/// When a question is put. ESC/POS has one for each: its real-time status overtakes the job, its
/// queued status waits for it.
enum class Moment { before_job, after_job };

std::string question_of(Language language, Moment moment);
bool is_whole_answer(Language language, Moment moment, std::string_view heard);
/// Faults: an answer that this language cannot have given. Needs a whole answer.
Result<PrinterSays> understand(Language language, Moment moment, std::string_view heard);
/// Whether an answer after a job proves by its coming that everything before it was worked off.
bool answers_in_turn(Language language);

std::string_view name_of(Language language);

/// Asks a Zebra for the labels of its whole life, form feeds and calibration left out; answered in
/// quotes (ZPL guide, SGD "odometer.total_label_count": "31084").
std::string counter_question();
/// The number in its quotes; none until it has come in full.
std::optional<std::int64_t> counter_told(std::string_view heard);

/// What the pins of a USB or parallel port say (linux/lp.h; bits as usblp.c reads them).
std::optional<NotReady> read_pins(int pins);

}  // namespace kemas::printer
