// Exposer: answers GET /metrics for one process, on loopback unless told otherwise.
//
// A port that is taken is a Status, not an exception. Port 0 picks a free one. It has its own two
// threads and must not outlive the Metrics it shows. Test:
// tests/unit/common/metrics/metrics_test.cc
#pragma once

#include <memory>
#include <string>

#include "common/base/status.h"
#include "common/metrics/metrics.h"

namespace prometheus {
class Exposer;
}

namespace matchgo::metrics {

class Exposer {
 public:
  // address: "127.0.0.1:9464".
  static StatusOr<std::unique_ptr<Exposer>> Start(const Metrics& metrics,
                                                  const std::string& address);
  ~Exposer();

  // The port in use.
  int port() const { return port_; }

 private:
  Exposer(std::unique_ptr<prometheus::Exposer> server, int port);
  std::unique_ptr<prometheus::Exposer> server_;
  int port_;
};

}  // namespace matchgo::metrics
