#include "tests/support/engine/deferred_acceptance.h"

#include <numeric>
#include <queue>
#include <utility>

namespace matchgo::testing {

std::vector<int> DeferredAcceptance(const TwoSided& market) {
  using Held = std::pair<size_t, int>;                               // rank, proposer
  std::vector<std::priority_queue<Held>> held(market.seats.size());  // the worst on top
  std::vector<size_t> next(market.wishes.size(), 0);
  std::vector<int> partner(market.wishes.size(), -1);
  std::vector<int> free(market.wishes.size());
  std::iota(free.begin(), free.end(), 0);
  while (!free.empty()) {
    const int proposer = free.back();
    free.pop_back();
    const auto who = static_cast<size_t>(proposer);
    if (next[who] == market.wishes[who].size()) continue;  // has asked everybody
    const size_t wish = next[who]++;
    const int party = market.wishes[who][wish];
    auto& keeps = held[static_cast<size_t>(party)];
    keeps.emplace(market.ranks[who][wish], proposer);
    partner[who] = party;
    if (keeps.size() <= static_cast<size_t>(market.seats[static_cast<size_t>(party)])) continue;
    const int refused = keeps.top().second;
    keeps.pop();
    partner[static_cast<size_t>(refused)] = -1;
    free.push_back(refused);
  }
  return partner;
}

}  // namespace matchgo::testing
