#include "common/metrics/exposer.h"

#include <prometheus/exposer.h>
#include <prometheus/registry.h>

#include <exception>
#include <utility>

namespace matchgo::metrics {

StatusOr<std::unique_ptr<Exposer>> Exposer::Start(const Metrics& metrics,
                                                  const std::string& address) {
  // CivetWeb throws when it cannot bind; that exception ends here.
  try {
    auto server = std::make_unique<prometheus::Exposer>(address);
    server->RegisterCollectable(metrics.registry());
    const std::vector<int> ports = server->GetListeningPorts();
    const int port = ports.empty() ? 0 : ports.front();
    return std::unique_ptr<Exposer>(new Exposer(std::move(server), port));
  } catch (const std::exception&) {
    return Unavailable({"METRICS_PORT",
                        "can't listen on the metrics address: it is malformed or taken; choose "
                        "another with --metrics, or port 0 for any free one"});
  }
}

Exposer::Exposer(std::unique_ptr<prometheus::Exposer> server, int port)
    : server_(std::move(server)), port_(port) {}

Exposer::~Exposer() = default;

}  // namespace matchgo::metrics
