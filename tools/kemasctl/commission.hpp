// A commissioning run: walks a person through every device of the site and keeps what was found.
// Knows kemasd's HTTP face only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "label/check_code.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/session.hpp"

namespace kemas::ctl {

struct Step {
    enum class Verdict { pass, fail, skipped };
    std::string what;      // "GS1 code with GS"
    std::string expected;  // "0102...<GS>10B2"
    std::string found;
    Verdict verdict = Verdict::pass;
    std::string to_do;  // of a failure or a skipped step
};

struct DeviceRun {
    std::string name, kind;
    std::vector<std::pair<std::string, std::string>> about;  // address, profile, its hash, ...
    std::vector<Step> steps;

    bool has(Step::Verdict verdict) const;
};

struct CommissionReport {
    std::string site, version, who, started, ended;
    std::vector<DeviceRun> devices;
    bool complete = false;  // the run came to its end

    bool has(Step::Verdict verdict) const;
};

// The report as Markdown, dated and signed.
std::string to_markdown(const CommissionReport& report);

// Asks the person, or a file of answers: "scale-1/weight-1 = 1000", one a line, # begins a comment.
class Asker {
 public:
    static Result<Asker> from_file(const std::string& path);  // "" = the terminal

    // `key` names the question in the file of answers; an empty answer is `otherwise`.
    std::string ask(const std::string& key, const std::string& question,
                    const std::string& otherwise);
    bool yes(const std::string& key, const std::string& question, bool otherwise);
    void ready(const std::string& key, const std::string& request);  // Enter
    bool ended() const { return ended_; }                            // nobody answers any more

 private:
    bool by_file_ = false, ended_ = false;
    std::map<std::string, std::string> answers_;
};

struct CommissionRun {
    Session& session;
    Asker& asker;
    int wait_s = 60;     // for a code, or for a load to come to rest
    std::string stem{};  // of the files beside the report: its name without .md

    std::optional<object> device(const std::string& name, const std::string& kind);
};

// The sheet of a scanner: set-up codes of its profile, and the check codes.
void commission_setup(CommissionRun& run, DeviceRun& device, const object& facts);
void commission_scanner(CommissionRun& run, DeviceRun& device, const object& facts);
void commission_scale(CommissionRun& run, DeviceRun& device, const object& facts);
void commission_printer(CommissionRun& run, DeviceRun& device,
                        const std::vector<std::string>& scanners);

// ---- check codes (check_sheet.cpp)

using label::CheckCode;
using label::gs1_check;
using label::plain_check;
using label::visible;
std::string heading_of(const CheckCode& code);  // "A  Plain code (Code 128)"
// What a scanner must be set to, by the protocol of its profile, as lines for a person.
std::vector<std::string> scanner_set_up(const object& facts);
// Barcodes and words to print on office paper; `notes` stand above the barcodes.
Result<std::string> check_sheet(const std::vector<std::string>& notes);
// A code as it came, with its control characters; text() would make them blanks.
std::string raw_code(const object& last_code);

}  // namespace kemas::ctl
