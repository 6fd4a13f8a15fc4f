#include "drivers/printer/ipp_talk.hpp"

#include <cups/cups.h>

#include <algorithm>

namespace kemas::printer {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct Uri {
    char scheme[32], user[64], host[256], resource[512];
    int port = 0;
    bool good = false;
    bool encrypted() const { return std::string_view(scheme).ends_with('s'); }
};

Uri split(const std::string& text) {
    Uri uri{};
    const auto status = httpSeparateURI(
        HTTP_URI_CODING_ALL, text.c_str(), uri.scheme, sizeof uri.scheme, uri.user, sizeof uri.user,
        uri.host, sizeof uri.host, &uri.port, uri.resource, sizeof uri.resource);
    const std::string_view scheme = uri.scheme;
    uri.good = status >= HTTP_URI_STATUS_OK && uri.host[0] != '\0' &&
               (scheme == "ipp" || scheme == "ipps" || scheme == "http" || scheme == "https");
    return uri;
}

struct IppDelete {
    void operator()(ipp_t* message) const { ippDelete(message); }
};
using Message = std::unique_ptr<ipp_t, IppDelete>;

std::vector<std::string> texts(ipp_t* message, const char* name) {
    std::vector<std::string> result;
    ipp_attribute_t* found = ippFindAttribute(message, name, IPP_TAG_ZERO);
    for (int i = 0; found && i < ippGetCount(found); ++i)
        if (const char* text = ippGetString(found, i, nullptr)) result.emplace_back(text);
    return result;
}

int number(ipp_t* message, const char* name, int otherwise) {
    ipp_attribute_t* found = ippFindAttribute(message, name, IPP_TAG_ZERO);
    return found ? ippGetInteger(found, 0) : otherwise;
}

}  // namespace

struct IppTalk::Line {
    IppTalk* talk = nullptr;
    Uri uri;
    http_t* http = nullptr;
    Clock::time_point deadline;

    ~Line() {
        if (http) httpClose(http);
    }
    // libcups asks this whenever nothing moved for a while.
    static int goes_on(http_t*, void* self) {
        auto* line = static_cast<Line*>(self);
        return !line->talk->stopped_ && Clock::now() < line->deadline;
    }
    Message request(ipp_op_t operation, const std::string& to) const {
        Message message(ippNewRequest(operation));
        ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr,
                     to.c_str());
        return message;
    }
    // Sends a request without a document; nullptr when no answer came.
    Message ask(Message request) {
        const http_status_t sent =
            cupsSendRequest(http, request.get(), uri.resource, ippLength(request.get()));
        if (sent != HTTP_STATUS_CONTINUE && sent != HTTP_STATUS_OK) return nullptr;
        return Message(cupsGetResponse(http, uri.resource));
    }
};

IppTalk::IppTalk(std::string uri) : uri_(std::move(uri)) {}
IppTalk::~IppTalk() = default;

bool IppTalk::is_uri(const std::string& uri) {
    return split(uri).good;
}

void IppTalk::stop() {
    stopped_ = true;
    std::atomic_ref<int>(cancel_).store(1);
}

// A connection of its own for each call: a print server closes idle ones whenever it likes.
Result<IppTalk::Line*> IppTalk::line(milliseconds limit) {
    line_ = std::make_unique<Line>();
    line_->talk = this;
    line_->uri = split(uri_);
    line_->deadline = Clock::now() + limit;
    if (!line_->uri.good) return fail(Remedy::stop, uri_ + " is no IPP address");
    const auto encryption =
        line_->uri.encrypted() ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
    line_->http = httpConnect2(line_->uri.host, line_->uri.port, nullptr, AF_UNSPEC, encryption, 1,
                               static_cast<int>(limit.count()), &cancel_);
    if (!line_->http)
        return fail(Remedy::reconnect, stopped_ ? "stopped" : std::string(cupsLastErrorString()));
    httpSetTimeout(line_->http, 0.1, Line::goes_on, line_.get());
    return line_.get();
}

Result<IppPrinterFacts> IppTalk::ask_printer(milliseconds limit) {
    const auto open = line(limit);
    if (!open) return tl::unexpected(open.error());
    static constexpr const char* wanted[] = {"printer-state", "printer-state-reasons",
                                             "printer-make-and-model", "printer-is-accepting-jobs",
                                             "document-format-supported"};
    Message request = (*open)->request(IPP_OP_GET_PRINTER_ATTRIBUTES, uri_);
    ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 5,
                  nullptr, wanted);
    const Message answer = (*open)->ask(std::move(request));
    if (!answer) return fail(Remedy::retry, "no answer to its state");
    if (ippGetStatusCode(answer.get()) >= IPP_STATUS_REDIRECTION_OTHER_SITE)
        return fail(Remedy::call_person, ippErrorString(ippGetStatusCode(answer.get())));
    IppPrinterFacts facts;
    facts.state = number(answer.get(), "printer-state", 0);
    ipp_attribute_t* accepts =
        ippFindAttribute(answer.get(), "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    facts.accepts_jobs = !accepts || ippGetBoolean(accepts, 0) != 0;
    facts.reasons = texts(answer.get(), "printer-state-reasons");
    if (const auto model = texts(answer.get(), "printer-make-and-model"); !model.empty())
        facts.model = model[0];
    facts.formats = texts(answer.get(), "document-format-supported");
    return facts;
}

IppTalk::Sent IppTalk::print(const std::string& document, const std::string& format,
                             milliseconds stall) {
    using Kind = Sent::Kind;
    const auto open = line(stall);
    if (!open) return {Kind::unsent, 0, open.error().what};
    Line& to = **open;
    Message request = to.request(IPP_OP_PRINT_JOB, uri_);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr,
                 "kemas");
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr,
                 "kemas label");
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
                 format.c_str());
    const http_status_t sent = cupsSendRequest(to.http, request.get(), to.uri.resource,
                                               ippLength(request.get()) + document.size());
    if (sent != HTTP_STATUS_CONTINUE)
        return {Kind::unsent, 0, std::string("not accepted: ") + httpStatus(sent)};
    constexpr std::size_t block = 16'384;
    for (std::size_t at = 0; at < document.size(); at += block) {
        to.deadline = Clock::now() + stall;
        const std::size_t size = std::min(block, document.size() - at);
        if (cupsWriteRequestData(to.http, document.data() + at, size) != HTTP_STATUS_CONTINUE)
            return {Kind::lost, 0,
                    "broke off after " + std::to_string(at) + " of " +
                        std::to_string(document.size()) + " bytes"};
    }
    to.deadline = Clock::now() + stall;
    const Message answer(cupsGetResponse(to.http, to.uri.resource));
    if (!answer) return {Kind::lost, 0, "did not answer after the whole job"};
    const ipp_status_t status = ippGetStatusCode(answer.get());
    if (status >= IPP_STATUS_REDIRECTION_OTHER_SITE) {
        const bool surely_none = (status >= IPP_STATUS_ERROR_BAD_REQUEST && status < 0x0500) ||
                                 status == IPP_STATUS_ERROR_BUSY ||
                                 status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS;
        return {surely_none ? Kind::refused : Kind::lost, 0, ippErrorString(status)};
    }
    const int id = number(answer.get(), "job-id", 0);
    if (id <= 0) return {Kind::lost, 0, "gave the job no number"};
    return {Kind::accepted, id, {}};
}

Result<IppJobFacts> IppTalk::ask_job(int id, milliseconds limit) {
    const auto open = line(limit);
    if (!open) return tl::unexpected(open.error());
    Message request = (*open)->request(IPP_OP_GET_JOB_ATTRIBUTES, uri_);
    ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
    const Message answer = (*open)->ask(std::move(request));
    if (!answer) return fail(Remedy::retry, "no answer about job " + std::to_string(id));
    if (ippGetStatusCode(answer.get()) >= IPP_STATUS_REDIRECTION_OTHER_SITE)
        return fail(Remedy::call_person, ippErrorString(ippGetStatusCode(answer.get())));
    IppJobFacts facts;
    facts.state = number(answer.get(), "job-state", 0);
    facts.reasons = texts(answer.get(), "job-state-reasons");
    return facts;
}

}  // namespace kemas::printer
