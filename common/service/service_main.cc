#include "common/service/service_main.h"

#include <csignal>
#include <utility>

#include "common/base/status_macros.h"
#include "common/log/log.h"
#include "common/random/random.h"
#include "common/time/clock.h"

namespace matchgo {

Status ServiceMain(ProcessOptions options, const std::vector<ModuleFactory>& factories,
                   const std::function<void(Process&)>& started) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  // Threads made from here on inherit the mask, so only sigwait below sees the signals.
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const SystemClock clock;
  SystemEntropy entropy;
  if (options.tick.count() == 0) options.tick = std::chrono::milliseconds(1000);
  ASSIGN_OR_RETURN(const std::unique_ptr<Process> process,
                   Process::Start(std::move(options), clock, entropy, factories));
  if (started) started(*process);
  int received = 0;
  sigwait(&signals, &received);
  log::Info("stopping", {{"signal", received}});
  // A second signal ends the process at once.
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  process->Stop();
  return absl::OkStatus();
}

}  // namespace matchgo
