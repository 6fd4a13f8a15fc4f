// A loop for a Modbus master, calls that end, and descriptors until the next is above 1024.
#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drivers/bus/modbus_master.hpp"

namespace kemas::bus {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

class MasterTest : public ::testing::Test {
 protected:
    template <class T>
    T finish(asio::awaitable<T> call) {
        std::optional<T> outcome;
        asio::co_spawn(loop, std::move(call), [&](std::exception_ptr error, T value) {
            if (error) std::rethrow_exception(error);
            outcome = std::move(value);
        });
        loop.restart();
        const auto last = Clock::now() + std::chrono::seconds(20);
        while (!outcome && Clock::now() < last) loop.run_one_for(milliseconds(50));
        EXPECT_TRUE(outcome) << "the call did not end";
        return std::move(*outcome);
    }
    Result<Registers> read(ModbusMaster& master, std::uint16_t start = 10, std::uint8_t unit = 1) {
        return finish(master.read_registers(unit, 3, start, 2));
    }
    // What every peer of these tests holds: 1000 + address.
    void expect_good(ModbusMaster& master, std::uint16_t start, std::uint8_t unit = 1) {
        const auto words = read(master, start, unit);
        ASSERT_TRUE(words) << words.error().what;
        EXPECT_THAT(*words, ::testing::ElementsAre(1000 + start, 1001 + start));
    }
    void expect_fault(ModbusMaster& master, Remedy remedy, const std::string& words) {
        const auto answer = read(master);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().remedy, remedy) << answer.error().what;
        EXPECT_THAT(answer.error().what, ::testing::HasSubstr(words));
    }
    static Deadline soon() { return Clock::now() + std::chrono::seconds(30); }

    asio::io_context loop;
};

// What a peer does once, and what the call then says.
template <class Peer>
struct Misbehaviour {
    std::string name;
    typename Peer::Behaviour behaviour;
    std::string words;
    Remedy remedy = Remedy::reconnect;
    int timeout_ms = 0;
};
template <class Peer>
std::string name_of(const ::testing::TestParamInfo<Misbehaviour<Peer>>& info) {
    return info.param.name;
}
template <class Peer>
void PrintTo(const Misbehaviour<Peer>& one, std::ostream* out) {
    *out << one.name;
}

// Opens files until the next descriptor is above 1024; closes them at its end.
class ManyDescriptors {
 public:
    ManyDescriptors() {
        getrlimit(RLIMIT_NOFILE, &before_);
        rlimit more = before_;
        more.rlim_cur = 2'000;
        possible_ = before_.rlim_max >= 2'000 && setrlimit(RLIMIT_NOFILE, &more) == 0;
        while (possible_ && (open_.empty() || open_.back() < 1'100))
            open_.push_back(::open("/dev/null", O_RDONLY));
    }
    ManyDescriptors(const ManyDescriptors&) = delete;
    ManyDescriptors& operator=(const ManyDescriptors&) = delete;
    ~ManyDescriptors() {
        for (const int fd : open_) ::close(fd);
        setrlimit(RLIMIT_NOFILE, &before_);
    }
    bool possible() const { return possible_; }

 private:
    rlimit before_{};
    bool possible_ = false;
    std::vector<int> open_;
};

}  // namespace kemas::bus
