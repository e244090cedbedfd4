// Small random markets for property tests: dense, full of ties, with minima that bind.
//
// The same seed gives the same market everywhere. Not for measuring anything; see tests/bench for
// realistic markets. Used by tests/property and tests/unit/services/scheduler/engine.
#pragma once

#include <cstdint>
#include <string>

#include "common/random/random.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/market_input.h"

namespace matchgo::testing {

struct MarketShape {
  int64_t switchers_max = 7;
  int64_t vacancies_max = 5;
  int64_t starts_max = 4;
  int64_t modules_max = 4;
  int64_t skills = 6;
  int64_t min_max = 3;
};

// A full market without commitments.
scheduler::engine::MarketInput RandomMarket(Random& random, const MarketShape& shape);

// A bare market of random triples, with scores that often tie.
scheduler::engine::MarketInput RandomTriples(Random& random, const MarketShape& shape);

enum class RandomNesting { kVacanciesInStarts, kStartsInVacancies };
// A bare market with ranks that mechanism `nested` accepts.
scheduler::engine::MarketInput RandomNested(Random& random, const MarketShape& shape,
                                            RandomNesting nesting);

// Changes a full market so that most of its contracts are feasible and compete: everybody near,
// little required, every start teaching it.
void MakeDense(Random& random, scheduler::engine::MarketInput& market);

// Adds frozen and declined lines that fit, drawn from the feasible contracts.
void AddCommitments(Random& random, scheduler::engine::MarketInput& market);

// The same lines in another order.
std::string ShuffleLines(Random& random, const std::string& text);

}  // namespace matchgo::testing
