// What a market holds, counted: sizes, distributions, sectors, a map, and how much is feasible.
//
// Feasibility is estimated: for a fixed sample of switchers the rules that need no plan are tried
// on all vacancies, and a sample of what is left is checked with every start that serves it.
// Deterministic, integers only, pure. Test:
// tests/unit/services/scheduler/engine/market_stats_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

// Of some numbers; all zero when there are none.
struct Spread {
  int64_t least = 0;
  int64_t tenth = 0;
  int64_t median = 0;
  int64_t nine_tenths = 0;
  int64_t most = 0;
  int64_t mean_hundredths = 0;

  friend bool operator==(const Spread&, const Spread&) = default;
};
Spread SpreadOf(std::vector<int64_t> numbers);

struct NamedSpread {
  std::string_view word;  // stable: a key in --json
  Spread spread;
};

struct SectorCount {
  std::string name;
  int64_t first_wishes = 0;  // switchers whose first wish it is
  int64_t openings = 0;
  int64_t seats = 0;  // of starts that serve an occupation of the sector
};

// Means over the sampled switchers, in hundredths.
struct Reach {
  int64_t switchers = 0;   // sampled
  int64_t vacancies = 0;   // within her travel distance
  int64_t acceptable = 0;  // and with her pay and hours
  int64_t direct = 0;      // of these, feasible without a start
  int64_t learning = 0;    // of these, feasible with at least one start
  int64_t contracts = 0;   // feasible contracts, all starts counted
};

// People and openings by place, row by row from the north-west.
struct MarketMap {
  int32_t width = 0;
  int32_t height = 0;
  std::vector<int64_t> people;
  std::vector<int64_t> openings;
};

struct MarketStats {
  int64_t openings = 0;
  int64_t seats = 0;
  int64_t minima = 0;
  int64_t modules = 0;
  int64_t online = 0;
  int64_t qualified_vacancies = 0;
  int64_t busiest_skills_permille = 0;  // of all skills of people: in the busiest 1 % of skills
  std::vector<NamedSpread> spreads;
  std::vector<SectorCount> sectors;  // most openings first
  Reach reach;
  MarketMap map;
};

// A bare market has counts only.
MarketStats StatsOf(const Market& market, int32_t map_width);

}  // namespace matchgo::scheduler::engine
