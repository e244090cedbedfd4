// A made-up market of any size: every record is a pure function of the seed and its number.
//
// So records can be made in any order and in parallel, and a national market needs no memory. What
// is assumed stands in README.md; nothing follows from it about real people or work. Integers only.
// Immutable, safe to share. Test: tests/unit/services/scheduler/engine/synthetic_market_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/scheduler/engine/market_input.h"
#include "services/scheduler/engine/synthetic/labour_world.h"

namespace matchgo::scheduler::engine {

// Where people live, on the grid of the market file (hectometres).
struct SyntheticPlace {
  int32_t x = 0;
  int32_t y = 0;
  int64_t population = 0;
};

struct SyntheticOptions {
  uint64_t seed = 1;
  int64_t switchers = 0;
  int64_t vacancies = 0;
  int64_t starts = 0;
  int32_t occupations = 0;  // 0: 1,200 in a national market, fewer in smaller ones
  bool hard_plans = false;  // hard_plans.h: starts whose plan is hard to find
  std::vector<SyntheticPlace> places;
};

class SyntheticMarket {
 public:
  // REQUIRES: places not empty.
  explicit SyntheticMarket(SyntheticOptions options);

  const LabourWorld& world() const { return world_; }
  std::string seed() const { return "synthetic-" + std::to_string(options_.seed); }
  // REQUIRES: 0 <= number < the count in the options. Ids ascend with the number.
  MarketSwitcher Switcher(int64_t number) const;
  MarketVacancy Vacancy(int64_t number) const;
  MarketStart Start(int64_t number) const;
  // Everything at once, for markets that fit in memory.
  MarketInput All() const;

 private:
  struct Point {
    int32_t x = 0;
    int32_t y = 0;
  };
  Random Stream(uint64_t kind, int64_t number) const;
  Point Scatter(Random& random, const WeightedChoice& choice) const;
  std::vector<std::string> SkillsOf(Random& random, int32_t home) const;
  void SetWishes(Random& random, int32_t home, MarketSwitcher& made) const;

  SyntheticOptions options_;
  LabourWorld world_;
  WeightedChoice homes_;    // places by population
  WeightedChoice schools_;  // larger places only
};

}  // namespace matchgo::scheduler::engine
