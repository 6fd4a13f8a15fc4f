// What people do with devices while they set up or look after them: the last code of each scanner,
// check codes, a printer's test page. Knows no order and no ledger; runs on the loop thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "app/devices.hpp"
#include "label/layout.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

// A code that holds this is one of a check sheet or a test page: it is answered here and never
// reaches a station. No courier's number and no trade item number holds these letters.
constexpr std::string_view check_mark = "KMSCHK";

struct SeenCode {
    std::string text;
    Instant at;
    std::uint64_t count = 0;  // codes since the start, this one included
};

struct TestPrint {
    PrintOutcome outcome;
    // What its barcodes hold, with "2", "3" or "4" (dots a module) after it; a plain page, in a
    // language other than ZPL, has the first of them alone.
    std::string code;
};

class DeviceDesk {
 public:
    // All outlive the desk.
    DeviceDesk(boost::asio::any_io_executor loop, const settings::Settings& settings,
               Devices& devices, const label::Layout& layout);

    // Remembers the code; true: it was a check code, and has been answered.
    bool took(const std::string& scanner, const ScannedLine& line);
    const SeenCode* last_code(const std::string& scanner) const;  // null: none yet

    const settings::Settings& settings() const { return settings_; }
    Scanner* scanner(const std::string& name) const;  // null: there is none of that name
    Scale* scale(const std::string& name) const;
    Printer* printer(const std::string& name) const;

    // Waits for its turn behind the printer's jobs; ends within `test_page_limit`. Fault: it cannot
    // be drawn, or the printer speaks another language.
    using OnTestPrint = std::function<void(Result<TestPrint>)>;
    void print_test_page(const std::string& printer, OnTestPrint done);

 private:
    boost::asio::any_io_executor loop_;
    const settings::Settings& settings_;
    Devices& devices_;
    const label::Layout& layout_;
    std::map<std::string, SeenCode> seen_;
    int pages_ = 0;
};

constexpr Milliseconds test_page_limit{25'000};

}  // namespace kemas::app
