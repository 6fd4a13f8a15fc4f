#include "drivers/camera/sandbox.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace kemas::camera {
namespace {

constexpr uid_t kNobody = 65'534;
constexpr rlim_t kMemory = 768U << 20;

// What libc, libpng, libjpeg and ZXing ask of the kernel between reading and answering.
constexpr const char* kAllowed[] = {
    "read",         "write",          "readv",           "writev",     "exit",      "exit_group",
    "brk",          "munmap",         "mremap",          "madvise",    "futex",     "rt_sigreturn",
    "rt_sigaction", "rt_sigprocmask", "sigaltstack",     "setitimer",  "getitimer", "clock_gettime",
    "gettimeofday", "getrandom",      "restart_syscall", "getpid",     "gettid",    "tgkill",
    "sched_yield",  "close",          "lseek",           "newfstatat", "fstat"};

std::string failed(const char* what) {
    return std::string(what) + " (" + std::strerror(errno) + ")";
}

bool limit(__rlimit_resource what, rlim_t most) {
    const rlimit wanted{most, most};
    return setrlimit(what, &wanted) == 0;
}

std::string drop_rights() {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return failed("PR_SET_PDEATHSIG");
    if (geteuid() == 0) {
        // Not every container allows it; the system call filter closes the network in any case.
        (void)unshare(CLONE_NEWNET | CLONE_NEWIPC);
        if (setgroups(0, nullptr) != 0) return failed("setgroups");
        if (setresgid(kNobody, kNobody, kNobody) != 0) return failed("setresgid");
        if (setresuid(kNobody, kNobody, kNobody) != 0) return failed("setresuid");
        // Changing the user clears it.
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return failed("PR_SET_PDEATHSIG");
    }
    if (prctl(PR_SET_DUMPABLE, 0) != 0) return failed("PR_SET_DUMPABLE");
    if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 4U << 20) || !limit(RLIMIT_NPROC, 0) ||
        !limit(RLIMIT_NOFILE, 3))
        return failed("setrlimit");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    if (!limit(RLIMIT_AS, kMemory)) return failed("RLIMIT_AS");  // a sanitizer maps far more
#endif
    return {};
}

std::string filter_calls() {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("PR_SET_NO_NEW_PRIVS");
    const std::unique_ptr<void, void (*)(void*)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)),
                                                        [](void* it) { seccomp_release(it); });
    if (!filter) return "seccomp_init";
    for (const char* name : kAllowed) {
        const int call = seccomp_syscall_resolve_name(name);
        if (call != __NR_SCMP_ERROR && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0)
            return std::string("seccomp rule for ") + name;
    }
    // Memory, but none that can be run.
    const scmp_arg_cmp not_executable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        if (seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &not_executable) != 0)
            return "seccomp rule for memory";
    if (const int error = seccomp_load(filter.get()); error != 0) {
        errno = -error;
        return failed("seccomp_load");
    }
    return {};
}

}  // namespace

std::string enter_sandbox() {
    if (auto why = drop_rights(); !why.empty()) return why;
    return filter_calls();
}

void limit_work_ms(int ms) {
    itimerval limit{};
    limit.it_value.tv_sec = ms / 1000;
    limit.it_value.tv_usec = ms % 1000 * 1000;
    setitimer(ITIMER_PROF, &limit, nullptr);  // SIGPROF ends the process
}

std::string sandbox_leaks() {
    std::string leaks;
    if (open("/etc/passwd", O_RDONLY) >= 0) leaks += "file ";
    if (open("/tmp/kemas-decode-leak", O_WRONLY | O_CREAT, 0600) >= 0) leaks += "new-file ";
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0) leaks += "network ";
    if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0) leaks += "socket ";
    if (const pid_t child = fork(); child == 0)
        _exit(0);
    else if (child > 0)
        leaks += "process ";
    if (setuid(0) == 0) leaks += "root ";
    if (kill(1, 0) == 0) leaks += "signal ";
    char* const none[] = {nullptr};
    if (execve("/bin/true", none, none) == 0) leaks += "exec ";
    if (mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
             0) != MAP_FAILED)
        leaks += "code ";
    return leaks;
}

}  // namespace kemas::camera
