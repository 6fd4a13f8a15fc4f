// Packers at benches with a scale and a printer: whole parcels, from the order's code to the label
// scanned back, over real sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "floor.hpp"
#include "site_files.hpp"

namespace kemas::bench {

class ParcelLoad {
 public:
    // Starts the scales and printers of the site, on a thread of their own; call before kemasd
    // starts.
    explicit ParcelLoad(const Site& site);
    ~ParcelLoad();

    // Every station packs for so long and finishes its last parcel. Samples: from the last item's
    // scan to the whole label at the printer. `watch` is called a few times a second. Throws when
    // a scan is refused or a label does not come.
    Samples run(double seconds, const std::function<void()>& watch = {});

 private:
    struct Packer;
    struct Shared;
    std::unique_ptr<Shared> shared_;
    std::vector<std::unique_ptr<Packer>> packers_;
    std::thread thread_;  // where they work
};

}  // namespace kemas::bench
