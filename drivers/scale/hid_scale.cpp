#include <fcntl.h>
#include <linux/hidraw.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "drivers/scale/serial_scale.hpp"

namespace kemas::scale {

Result<int> open_hid_scale(const std::string& path, int vendor, int product) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        const bool forbidden = errno == EACCES || errno == EPERM;
        return fail(Remedy::reconnect,
                    std::string(std::strerror(errno)) +
                        (forbidden ? ": give kemas's user the file by a udev rule"
                                   : ": check its cable and that it is on"));
    }
    hidraw_devinfo info{};
    const bool known = ioctl(fd, HIDIOCGRAWINFO, &info) == 0;
    const auto same = [](int wanted, __s16 is) {
        return wanted == 0 || wanted == static_cast<unsigned short>(is);
    };
    if (known && same(vendor, info.vendor) && same(product, info.product)) return fd;
    if (!known && vendor == 0) return fd;
    ::close(fd);
    return fail(Remedy::call_person,
                path + " is not the USB scale of the profile: check the udev rule");
}

}  // namespace kemas::scale
