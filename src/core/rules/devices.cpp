// The book of devices: what each was doing last, and since when.
#include "core/rules/rules.hpp"

namespace kemas {

void on_device_changed(Turn& turn, const DeviceChanged& in) {
    turn.change(PutDevice{in});
    turn.accept("device_changed", {{"device", in.name}, {"state", in.state}});
}

}  // namespace kemas
