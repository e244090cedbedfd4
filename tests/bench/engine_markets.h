// The made-up markets that the benches of the engine measure on, and CPU time of one thread.
//
// Market and places are those of `matchgo market generate --seed 1`; the clock is that of the
// calling thread. Used by the benchmarks only.
#pragma once

#include <time.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "common/base/check.h"
#include "services/programmes/builtin/builtin.h"
#include "services/scheduler/engine/synthetic/synthetic_market.h"

namespace matchgo::bench {

inline double CpuMicroseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

inline double Timed(const std::function<void()>& work) {
  const double began = CpuMicroseconds();
  work();
  return CpuMicroseconds() - began;
}

inline std::vector<scheduler::engine::SyntheticPlace> DutchPlaces() {
  const auto catalogue = programmes::builtin::LoadCatalogue();
  CHECK(catalogue.ok());
  std::vector<scheduler::engine::SyntheticPlace> places;
  for (const auto& place : catalogue->places) {
    places.push_back({place.grid.x, place.grid.y, place.population});
  }
  return places;
}

struct Size {
  int64_t switchers, vacancies, starts;
};

inline scheduler::engine::SyntheticOptions OptionsOf(const Size& size) {
  return {.seed = 1,
          .switchers = size.switchers,
          .vacancies = size.vacancies,
          .starts = size.starts,
          .places = DutchPlaces()};
}

}  // namespace matchgo::bench
