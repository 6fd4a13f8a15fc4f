// Which requests make up one round of reading: the profile's blocks as they are, or neighbours
// joined where the profile allows it. Pure; sends nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "drivers/profile/device_profile.hpp"

namespace kemas::modbus_device {

// Words of a request's answer that belong to a block, and where they go in the round.
struct Part {
    int from = 0;  // register or bit of the answer
    int count = 0;
    int word = 0;  // index into the round's words
    bool bits = false;
};

struct PollRequest {
    int function_code = 3;
    int start = 0;
    int count = 0;
    bool bracket = false;
    std::vector<std::size_t> blocks;  // of the profile
    std::vector<Part> parts;
    bool merged() const { return blocks.size() > 1; }
};

class PollPlan {
 public:
    explicit PollPlan(const profile::ModbusProfile& profile);
    const std::vector<PollRequest>& requests() const { return requests_; }
    // Asks for the blocks of this request one by one from now on: the device refused them joined.
    void split(std::size_t request);

 private:
    PollRequest alone(std::size_t block) const;
    bool join(PollRequest& into, const PollRequest& next) const;

    profile::Limits limits_;
    std::vector<profile::ReadBlock> blocks_;
    std::vector<PollRequest> requests_;
};

// Copies what belongs to the round.
void place(const PollRequest& request, const std::vector<std::uint16_t>& answer,
           std::vector<std::uint16_t>& words);
void place(const PollRequest& request, const std::vector<bool>& answer,
           std::vector<std::uint16_t>& words);

}  // namespace kemas::modbus_device
