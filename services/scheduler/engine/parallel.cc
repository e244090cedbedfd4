#include "services/scheduler/engine/parallel.h"

#include <algorithm>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {

void SerialParallel::For(size_t count, size_t grain, const Body& body) {
  CHECK(grain > 0);
  for (size_t begin = 0; begin < count; begin += grain) {
    body(0, begin, std::min(count, begin + grain));
  }
}

}  // namespace matchgo::scheduler::engine
