// Deferred acceptance with openings as textbooks have it (Gale, Shapley 1962): two sides, lists.
//
// Shares nothing with the engine: it knows ranks, not markets, and proposes one by one. Used by
// tests/property and tests/bench.
#pragma once

#include <cstddef>
#include <vector>

namespace matchgo::testing {

struct TwoSided {
  // Per proposer the other side's parties in the order of preference.
  std::vector<std::vector<int>> wishes;
  // The rank of that proposer's wish with that party, smaller is better; as long as wishes.
  std::vector<std::vector<size_t>> ranks;
  std::vector<int> seats;  // per party
};

// Per proposer the party that keeps her, or -1.
std::vector<int> DeferredAcceptance(const TwoSided& market);

}  // namespace matchgo::testing
