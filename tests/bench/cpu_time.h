// CpuMicros: CPU time used so far, which says more than rates on a machine that others use as well;
// it, too, grows when caches are shared, so compare what ran side by side.
//
// Of all threads of this process, or of its children that have ended. Used by the benchmarks only.
#pragma once

#include <sys/resource.h>

namespace matchgo::bench {

// `who`: RUSAGE_SELF or RUSAGE_CHILDREN.
inline double CpuMicros(int who) {
  rusage used{};
  getrusage(who, &used);
  const auto micros = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return micros(used.ru_utime) + micros(used.ru_stime);
}

}  // namespace matchgo::bench
