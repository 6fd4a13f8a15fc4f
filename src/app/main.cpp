// kemasd's command line.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "app/daemon.hpp"
#include "app/version.hpp"
#include "log/log.hpp"

namespace {

constexpr int exit_config = 2;  // the files of the site are wrong
constexpr int exit_failed = 3;  // they are right, the world is not

int fail(int code, const kemas::Fault& fault) {
    std::fprintf(stderr, "%s\n", fault.what.c_str());
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App cli{"Kemas: the warehouse's pick, pack and ship terminal service"};
    std::string config = "/etc/kemas/kemas.toml";
    bool accept_lost_tail = false, check = false;
    cli.add_option("-c,--config", config, "The site file")->capture_default_str();
    cli.add_flag("--check", check, "Read and check the site's files, then end");
    cli.add_flag("--accept-lost-tail", accept_lost_tail,
                 "Go on though the ledger's end is missing; count the floor again afterwards");
    cli.set_version_flag("--version", std::string("kemasd ") + kemas::app::version);
    CLI11_PARSE(cli, argc, argv);

    std::signal(SIGPIPE, SIG_IGN);
    auto plan = kemas::app::read_plan(config);
    if (!plan) return fail(exit_config, plan.error());
    if (check) return std::puts("The site's files are in order."), 0;
    plan->accept_lost_tail = accept_lost_tail;
    if (const auto level = kemas::log::level_named(plan->settings.log_level))
        kemas::log::set_level(*level);
    kemas::app::Daemon daemon(std::move(*plan));
    const auto run = daemon.run();
    return run ? 0 : fail(exit_failed, run.error());
}
