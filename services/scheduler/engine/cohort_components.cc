#include "services/scheduler/engine/cohort_components.h"

#include <cstddef>
#include <numeric>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

using Id = KnownContracts::Id;

class UnionFind {
 public:
  explicit UnionFind(size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), size_t{0});
  }
  size_t Root(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void Join(size_t a, size_t b) { parent_[Root(a)] = Root(b); }

 private:
  std::vector<size_t> parent_;
};

// Whether it could be taken in some set of open starts: not if a party has no seat at all.
bool MayBeTaken(const KnownContract& contract, const ExactState& exact) {
  const StableState& state = exact.state();
  return state.HasSeat(contract.switcher) &&
         state.LimitOfVacancy(contract.vacancy) != KnownContracts::kBeforeAll &&
         (contract.start == kNone ||
          state.LimitOfStart(contract.start) != KnownContracts::kBeforeAll);
}

bool CanReachItsMinimum(const Market& market, int32_t p, const ExactState& exact,
                        std::vector<int32_t>& seen_for) {
  int32_t people = 0;
  for (const Id id : exact.known().OfStart(p)) {
    const KnownContract& contract = exact.known().at(id);
    if (!MayBeTaken(contract, exact)) continue;
    int32_t& seen = seen_for[static_cast<size_t>(contract.switcher)];
    if (std::exchange(seen, p) != p) ++people;
  }
  return people > 0 && people >= market.start(p).min;
}

}  // namespace

std::vector<int32_t> CloseHopeless(const Market& market, ExactState& state) {
  std::vector<int32_t> undecided;
  std::vector<int32_t> seen_for(market.switchers.size(), kNone);
  for (int32_t p = 0; p < market.start_count(); ++p) {
    if (state.state().FrozenIn(p) > 0) continue;
    if (state.lists_all() && !CanReachItsMinimum(market, p, state, seen_for)) {
      state.Close(p);
    } else {
      undecided.push_back(p);
    }
  }
  return undecided;
}

std::vector<std::vector<int32_t>> ComponentsOf(const Market& market,
                                               const std::vector<int32_t>& undecided,
                                               const ExactState& state) {
  if (undecided.empty()) return {};
  if (!state.lists_all()) return {undecided};
  const size_t vacancies = market.switchers.size();
  const size_t starts = vacancies + market.vacancies.size();
  UnionFind parties(starts + market.starts.size());
  for (Id id = 0; id < state.known().size(); ++id) {
    const KnownContract& contract = state.known().at(id);
    if (!MayBeTaken(contract, state)) continue;
    const auto switcher = static_cast<size_t>(contract.switcher);
    parties.Join(switcher, vacancies + static_cast<size_t>(contract.vacancy));
    if (contract.start != kNone) {
      parties.Join(switcher, starts + static_cast<size_t>(contract.start));
    }
  }
  std::vector<std::vector<int32_t>> components;
  std::vector<int32_t> component_of(starts + market.starts.size(), kNone);
  for (const int32_t p : undecided) {
    int32_t& component = component_of[parties.Root(starts + static_cast<size_t>(p))];
    if (component == kNone) {
      component = static_cast<int32_t>(components.size());
      components.emplace_back();
    }
    components[static_cast<size_t>(component)].push_back(p);
  }
  return components;
}

}  // namespace matchgo::scheduler::engine
