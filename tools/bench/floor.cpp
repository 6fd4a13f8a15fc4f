#include "floor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

namespace kemas::bench {

Samples measure_floor(const std::string& folder, double seconds) {
    using Clock = std::chrono::steady_clock;
    const auto path = folder + "/floor";
    const int fd = open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) throw std::runtime_error("cannot write " + path);
    const std::vector<char> block(4096, 'k');
    Samples samples;
    const auto start = Clock::now();
    auto before = start;
    do {
        if (write(fd, block.data(), block.size()) != static_cast<ssize_t>(block.size()) ||
            fdatasync(fd) != 0) {
            close(fd);
            throw std::runtime_error("the disk under " + path + " refuses a write");
        }
        const auto now = Clock::now();
        samples.us.push_back(std::chrono::duration<double, std::micro>(now - before).count());
        before = now;
        samples.seconds = std::chrono::duration<double>(now - start).count();
    } while (samples.seconds < seconds);
    close(fd);
    unlink(path.c_str());
    return samples;
}

}  // namespace kemas::bench
