// A kemasd of its own, started for a measurement and stopped after it.
#pragma once

#include <sys/types.h>

#include <string>

namespace kemas::bench {

class DaemonProcess {
 public:
    // Starts it and waits until it says READY=1. Throws when it does not within a minute.
    DaemonProcess(const std::string& program, const std::string& config, const std::string& log);
    DaemonProcess(const DaemonProcess&) = delete;
    DaemonProcess& operator=(const DaemonProcess&) = delete;
    ~DaemonProcess();

    double ready_s() const { return ready_s_; }  // from its start to READY=1
    double rss_mb() const;                       // VmRSS now, MB = 2^20 bytes
    double cpu_s() const;                        // user and system, all threads
    pid_t pid() const { return pid_; }

 private:
    pid_t pid_ = -1;
    double ready_s_ = 0;
};

}  // namespace kemas::bench
