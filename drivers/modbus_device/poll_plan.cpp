#include "drivers/modbus_device/poll_plan.hpp"

#include <algorithm>

namespace kemas::modbus_device {

PollPlan::PollPlan(const profile::ModbusProfile& profile)
    : limits_(profile.limits), blocks_(profile.blocks) {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        PollRequest next = alone(i);
        if (!blocks_[i].mergeable || next.bracket) {
            requests_.push_back(std::move(next));
            continue;
        }
        const auto fits = [&](PollRequest& earlier) { return join(earlier, next); };
        if (std::none_of(requests_.begin(), requests_.end(), fits))
            requests_.push_back(std::move(next));
    }
}

PollRequest PollPlan::alone(std::size_t block) const {
    const profile::ReadBlock& from = blocks_[block];
    PollRequest request;
    request.function_code = from.function_code;
    request.start = from.start;
    request.count = from.count;
    request.bracket = from.bracket;
    request.blocks.push_back(block);
    const int align = from.is_bits() ? std::max(limits_.bit_alignment, 1) : 1;
    request.start -= request.start % align;
    request.count = (from.end() - request.start + align - 1) / align * align;
    int word = 0;
    for (std::size_t i = 0; i < block; ++i) word += blocks_[i].words();
    request.parts.push_back({from.start - request.start, from.count, word, from.is_bits()});
    return request;
}

bool PollPlan::join(PollRequest& into, const PollRequest& next) const {
    const bool allowed = into.function_code == next.function_code &&
                         std::all_of(into.blocks.begin(), into.blocks.end(), [this](std::size_t i) {
                             return blocks_[i].mergeable && !blocks_[i].bracket;
                         });
    const int start = std::min(into.start, next.start);
    const int end = std::max(into.start + into.count, next.start + next.count);
    const int hole = std::max(into.start, next.start) -
                     std::min(into.start + into.count, next.start + next.count);
    const int most = next.function_code <= 2 ? limits_.max_bits : limits_.max_registers;
    if (!allowed || hole > limits_.max_hole || end - start > most) return false;
    for (Part& part : into.parts) part.from += into.start - start;
    for (Part part : next.parts) {
        part.from += next.start - start;
        into.parts.push_back(part);
    }
    into.blocks.insert(into.blocks.end(), next.blocks.begin(), next.blocks.end());
    into.start = start;
    into.count = end - start;
    return true;
}

void PollPlan::split(std::size_t request) {
    const std::vector<std::size_t> blocks = requests_[request].blocks;
    requests_.erase(requests_.begin() + static_cast<std::ptrdiff_t>(request));
    std::vector<PollRequest> apart;
    for (const std::size_t block : blocks) {
        blocks_[block].mergeable = false;
        apart.push_back(alone(block));
    }
    requests_.insert(requests_.begin() + static_cast<std::ptrdiff_t>(request), apart.begin(),
                     apart.end());
}

void place(const PollRequest& request, const std::vector<std::uint16_t>& answer,
           std::vector<std::uint16_t>& words) {
    for (const Part& part : request.parts)
        std::copy_n(answer.begin() + part.from, part.count, words.begin() + part.word);
}

void place(const PollRequest& request, const std::vector<bool>& answer,
           std::vector<std::uint16_t>& words) {
    for (const Part& part : request.parts)
        for (int i = 0; i < part.count; ++i) {
            std::uint16_t& word = words[static_cast<std::size_t>(part.word + i / 16)];
            const auto bit = static_cast<std::uint16_t>(1u << (i % 16));
            const bool set = answer[static_cast<std::size_t>(part.from + i)];
            word = static_cast<std::uint16_t>(set ? word | bit : word & ~bit);
        }
}

}  // namespace kemas::modbus_device
