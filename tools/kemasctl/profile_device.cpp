#include "tools/kemasctl/profile_device.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <charconv>
#include <exception>

#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::ctl {
namespace {

namespace asio = boost::asio;

bus::ModbusTcpOptions options_of(const profile::ModbusProfile& profile, const DeviceAt& at) {
    bus::ModbusTcpOptions options;
    options.host = at.host;
    options.port = static_cast<std::uint16_t>(at.port);
    // A person waits: rather a slow answer than none.
    options.timeout_ms =
        at.timeout_ms ? at.timeout_ms : std::max(profile.limits.response_timeout_ms, 2000);
    options.min_gap_ms = profile.limits.min_gap_ms;
    options.pause_after_connect_ms = profile.limits.pause_after_connect_ms;
    return options;
}

// The words of a block as the profile counts them.
std::vector<std::uint16_t> packed(const bus::Bits& bits) {
    std::vector<std::uint16_t> words((bits.size() + 15) / 16);
    for (std::size_t i = 0; i < bits.size(); ++i)
        if (bits[i]) words[i / 16] = static_cast<std::uint16_t>(words[i / 16] | 1u << i % 16);
    return words;
}

asio::awaitable<Result<std::vector<std::uint16_t>>> read_block(bus::ModbusTcp& master, int unit,
                                                               profile::ReadBlock block) {
    const auto to = static_cast<std::uint8_t>(unit);
    const auto start = static_cast<std::uint16_t>(block.start);
    const auto count = static_cast<std::uint16_t>(block.count);
    if (!block.is_bits()) {
        auto words = co_await master.read_registers(to, block.function_code, start, count);
        co_return words;
    }
    const auto bits = co_await master.read_bits(to, block.function_code, start, count);
    if (!bits) co_return tl::make_unexpected(bits.error());
    co_return packed(*bits);
}

std::string text_of(const std::vector<std::uint16_t>& words) {
    std::string text;
    for (const std::uint16_t word : words)
        for (const int shift : {8, 0}) {
            const char c = static_cast<char>(word >> shift & 0xFF);
            if (c >= 0x20 && c <= 0x7E) text += c;
        }
    return text;
}

Result<std::string> check_identity(const profile::Identity& expected,
                                   const std::vector<std::uint16_t>& words) {
    if (!expected.text.empty()) {
        const std::string text = text_of(words);
        if (text.starts_with(expected.text)) return text;
        return fail(Remedy::call_person, "another device answers: it calls itself \"" + text +
                                             "\", the profile expects \"" + expected.text +
                                             "\"; choose the profile of this model");
    }
    const std::string told = scale::hex_words(words);
    if (words == expected.words) return told;
    return fail(Remedy::call_person,
                "another device answers: it tells " + told + ", the profile expects " +
                    scale::hex_words(expected.words) + "; choose the profile of this model");
}

std::string where(const profile::ReadBlock& block) {
    return "function code " + std::to_string(block.function_code) + ", address " +
           std::to_string(block.start) + " to " + std::to_string(block.end() - 1) + ": ";
}

asio::awaitable<void> read_all(bus::ModbusTcp& master, const profile::ModbusProfile& profile,
                               int unit, Result<DeviceAnswer>& answer) {
    if (profile.identity) {
        const profile::ReadBlock block = profile.identity->block;
        const auto words = co_await read_block(master, unit, block);
        if (!words) {
            answer = fail(words.error().remedy, "identity, " + where(block) + words.error().what);
            co_return;
        }
        auto identity = check_identity(*profile.identity, *words);
        if (!identity) {
            answer = tl::make_unexpected(identity.error());
            co_return;
        }
        answer->identity = std::move(*identity);
    }
    for (const profile::ReadBlock& block : profile.blocks) {
        const auto words = co_await read_block(master, unit, block);
        if (!words) {
            answer = fail(words.error().remedy, where(block) + words.error().what);
            co_return;
        }
        answer->words.insert(answer->words.end(), words->begin(), words->end());
    }
}

void ended(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
}

}  // namespace

void DeviceAt::add_to(CLI::App& command) {
    command.add_option("--host", host, "Where the device is: a name or an address")
        ->type_name("HOST")
        ->required();
    command.add_option("--port", port, "Its Modbus TCP port")
        ->check(CLI::Range(1, 65535))
        ->capture_default_str();
    command.add_option("--unit", unit, "Its unit (station) number")
        ->check(CLI::Range(0, 255))
        ->capture_default_str();
    command.add_option("--timeout-ms", timeout_ms, "How long to wait for one answer")
        ->check(CLI::Range(10, 60'000));
    command.add_option("--decimals", decimals, "Scale: digits behind the point, as the site file");
    command.add_option("--weight-unit", weight_unit, "Scale: its unit, as the site file");
    command.add_option("--division", division, "Scale: its division e, as the site file");
}

Result<profile::SiteFacts> DeviceAt::site() const {
    profile::SiteFacts facts;
    if (!decimals.empty()) {
        if (decimals.size() != 1 || decimals[0] < '0' || decimals[0] > '9')
            return fail(Remedy::stop, "--decimals is \"" + decimals + "\", expected 0 to 9");
        facts.decimals = decimals[0] - '0';
    }
    if (!weight_unit.empty()) {
        facts.unit = profile::parse_unit(weight_unit);
        if (!facts.unit)
            return fail(Remedy::stop, "--weight-unit is \"" + weight_unit +
                                          "\", expected one of mg, g, kg, t, lb, oz");
    }
    if (!division.empty()) {
        facts.division = profile::parse_decimal(division);
        if (!facts.division || facts.division->digits <= 0)
            return fail(Remedy::stop,
                        "--division is \"" + division + "\", expected a number such as 0.005");
    }
    return facts;
}

Result<DeviceAnswer> read_device(const profile::ModbusProfile& profile, const DeviceAt& at) {
    asio::io_context loop;
    bus::ModbusTcp master(loop.get_executor(), options_of(profile, at));
    Result<DeviceAnswer> answer = DeviceAnswer{};
    asio::co_spawn(loop, read_all(master, profile, at.unit, answer), ended);
    loop.run();
    master.stop();
    return answer;
}

const profile::ModbusProfile* modbus_of(const profile::AnyProfile& profile) {
    if (const auto* scale = std::get_if<profile::ScaleProfile>(&profile)) return scale;
    return std::get_if<profile::DeviceProfile>(&profile);
}

}  // namespace kemas::ctl
