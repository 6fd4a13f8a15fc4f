// Measures one thing by name; tools/kemas-bench builds and calls this.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "benches.hpp"

int main(int argc, char** argv) {
    using namespace kemas::bench;
    const std::map<std::string, Figures (*)(const Setting&)> benches{
        {"confirm", confirm}, {"pipeline", pipeline}, {"status", status}, {"memory", memory},
        {"modbus", modbus},   {"labels", labels},     {"line", line},     {"cartons", cartons},
        {"rating", rating}};
    CLI::App cli{"Kemas' figures, measured beside their peers in one run"};
    std::string name;
    Setting setting;
    bool json = false;
    cli.add_option("name", name,
                   "confirm, pipeline, status, memory, modbus, labels, line, cartons or rating")
        ->required()
        ->check(CLI::IsMember(benches));
    cli.add_option("data", setting.data, "The folder of cartons' vectors")
        ->check(CLI::ExistingDirectory);
    cli.add_option("--kemasd", setting.kemasd, "The program")->required();
    cli.add_option("--root", setting.place.root, "Of the source")->required();
    cli.add_option("--folder", setting.place.folder, "For ledgers and work")->required();
    cli.add_option("--limit-s", setting.limit_s, "No new round after this")->capture_default_str();
    cli.add_flag("--json", json, "One object on the last line");
    CLI11_PARSE(cli, argc, argv);
    std::printf("%s\n", name.c_str());
    try {
        const auto figures = benches.at(name)(setting);
        std::fputs(as_text(figures).c_str(), stdout);
        if (json) std::printf("%s\n", as_json(figures).c_str());
        return 0;
    } catch (const std::exception& error) {
        std::fflush(stdout);
        std::fprintf(stderr, "kemas-bench: %s\n", error.what());
        return 1;
    }
}
