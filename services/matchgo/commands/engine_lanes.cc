#include "services/matchgo/commands/engine_lanes.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "services/matchgo/commands/wrong_use.h"

namespace matchgo::commands {

int DefaultThreads() {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 256U));
}

void AddThreads(CLI::App& command, const Context& context, int& threads) {
  command
      .add_option("--threads", threads,
                  context.Say("aantal threads (standaard: alle kernen); verandert de uitkomst niet",
                              "number of threads (default: all cores); does not change the result"))
      ->type_name("NUMBER")
      ->check(Between(context, 1, 256));
}

}  // namespace matchgo::commands
