// An IPP printer that behaves well or badly by script; the wire by libcups, on a thread of its own.
#pragma once

#include <cups/cups.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kemas::test {

class IppPeer {
 public:
    enum class Trouble {
        none,
        hang,
        die_in_document,
        die_after_document,
        refuse,
        busy_job,
        abort_job
    };

    IppPeer() {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { accept_all(); });
    }
    ~IppPeer() {
        over_ = true;
        thread_.join();
        ::close(listener_);
    }

    std::string uri() const {
        return "ipp://127.0.0.1:" + std::to_string(port_) + "/printers/label";
    }
    std::vector<std::string> documents() {
        const std::lock_guard lock(mutex_);
        return documents_;
    }
    void say(int state, std::vector<std::string> reasons) {
        const std::lock_guard lock(mutex_);
        printer_state_ = state;
        reasons_ = std::move(reasons);
    }
    std::atomic<Trouble> trouble = Trouble::none;
    std::atomic<int> questions = 0;

 private:
    void accept_all() {
        while (!over_) {
            pollfd wait{listener_, POLLIN, 0};
            if (::poll(&wait, 1, 10) <= 0) continue;
            http_t* http = httpAcceptConnection(listener_, 1);
            if (!http) continue;
            httpSetTimeout(
                http, 0.05,
                [](http_t*, void* self) -> int { return !static_cast<IppPeer*>(self)->over_; },
                this);
            while (!over_ && serve(http)) {
            }
            httpClose(http);
        }
    }

    bool serve(http_t* http) {
        char uri[256];
        http_state_t state;
        while ((state = httpReadRequest(http, uri, sizeof uri)) == HTTP_STATE_WAITING)
            if (over_) return false;
        if (state != HTTP_STATE_POST) return false;
        http_status_t status;
        while ((status = httpUpdate(http)) == HTTP_STATUS_CONTINUE)
            if (over_) return false;
        if (trouble == Trouble::hang) {
            while (!over_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return false;
        }
        if (httpGetExpect(http) == HTTP_STATUS_CONTINUE)
            httpWriteResponse(http, HTTP_STATUS_CONTINUE);
        ipp_t* request = ippNew();
        ipp_state_t read;
        while ((read = ippRead(http, request)) != IPP_STATE_DATA)
            if (read == IPP_STATE_ERROR || over_) return ippDelete(request), false;
        ipp_t* answer = ippNewResponse(request);
        const bool goes_on = fill(http, ippGetOperation(request), answer);
        if (goes_on) {
            httpSetLength(http, ippLength(answer));
            httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
            httpWriteResponse(http, HTTP_STATUS_OK);
            ippSetState(answer, IPP_STATE_IDLE);
            while (ippWrite(http, answer) != IPP_STATE_DATA && !over_) {
            }
            httpFlushWrite(http);
        }
        ippDelete(request);
        ippDelete(answer);
        return goes_on;
    }

    bool fill(http_t* http, ipp_op_t operation, ipp_t* answer) {
        if (operation == IPP_OP_PRINT_JOB) {
            std::string document;
            char block[4096];
            for (ssize_t n; (n = httpRead2(http, block, sizeof block)) > 0 && !over_;) {
                document.append(block, static_cast<std::size_t>(n));
                if (trouble == Trouble::die_in_document) return false;
            }
            if (trouble == Trouble::die_after_document) return false;
            if (trouble == Trouble::refuse) {
                ippSetStatusCode(answer, IPP_STATUS_ERROR_NOT_POSSIBLE);
                return true;
            }
            const std::lock_guard lock(mutex_);
            documents_.push_back(document);
            ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id",
                          static_cast<int>(documents_.size()));
            ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", IPP_JSTATE_PENDING);
        } else if (operation == IPP_OP_GET_JOB_ATTRIBUTES) {
            int state = ++questions < 2 ? IPP_JSTATE_PROCESSING : IPP_JSTATE_COMPLETED;
            if (trouble == Trouble::busy_job) state = IPP_JSTATE_PROCESSING;
            if (trouble == Trouble::abort_job) state = IPP_JSTATE_ABORTED;
            ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", state);
        } else {
            const std::lock_guard lock(mutex_);
            ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", printer_state_);
            ippAddBoolean(answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs", 1);
            for (const auto& reason : reasons_)
                ippAddString(answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons",
                             nullptr, reason.c_str());
            ippAddString(answer, IPP_TAG_PRINTER, IPP_TAG_MIMETYPE, "document-format-supported",
                         nullptr, "application/octet-stream");
        }
        return true;
    }

    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> over_ = false;
    std::mutex mutex_;
    int printer_state_ = IPP_PSTATE_IDLE;
    std::vector<std::string> reasons_{"none"};
    std::vector<std::string> documents_;
    std::thread thread_;
};

}  // namespace kemas::test
