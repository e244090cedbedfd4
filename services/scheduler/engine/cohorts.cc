#include "services/scheduler/engine/cohorts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <tuple>
#include <utility>

#include "services/scheduler/engine/cohort_components.h"
#include "services/scheduler/engine/cohort_search.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr std::array<std::string_view, 4> kOpenSetMethodNames = {"exact", "local_search",
                                                                 "reported_loads", "fixed"};

// All subsets in Gray code order, so that each differs from the one before in one start. The
// start with the shortest list is the one that changes most often.
void Enumerate(const Market& market, std::vector<int32_t> starts, ExactState& state) {
  std::ranges::sort(starts, {},
                    [&](int32_t p) { return std::pair(state.known().OfStart(p).size(), p); });
  // Of equal values the set that closes fewest, then a fixed one of these.
  using Candidate = std::tuple<CohortValue, int, uint32_t>;
  Candidate best{{-1, -1}, 0, 0};
  uint32_t closed = 0;
  const uint32_t count = uint32_t{1} << starts.size();
  const auto set = [&](size_t bit, bool open) {
    if (open) {
      state.Open(starts[bit]);
    } else {
      state.Close(starts[bit]);
    }
  };
  for (uint32_t step = 0;; ++step) {
    if (NoneIsShort(starts, market, state)) {
      best = std::max(best, Candidate{ValueOf(state), -std::popcount(closed), ~closed});
    }
    if (step + 1 == count) break;
    const auto bit = static_cast<size_t>(std::countr_zero(step + 1));
    closed ^= uint32_t{1} << bit;
    set(bit, (closed >> bit & 1U) == 0);
  }
  const uint32_t open = std::get<2>(best);
  for (size_t bit = 0; bit < starts.size(); ++bit) set(bit, (open >> bit & 1U) != 0);
}

// The mechanisms that close only what is short, on any state.
class ShortCloser {
 public:
  ShortCloser(const Market& market, const std::vector<int32_t>& frozen_in, CohortState& state)
      : market_(market), frozen_in_(frozen_in), state_(state) {}

  OpenSet Run() {
    while (const std::optional<int32_t> worst = WorstShort()) state_.Close(*worst);
    CloseEmpty();
    Reopen();
    OpenSet result;
    result.method = AnyMayFallShort() ? OpenSetMethod::kReportedLoads : OpenSetMethod::kFixed;
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      if (state_.LoadOf(p) > 0) continue;
      state_.Open(p);
      result.closed.push_back({p, state_.LoadOf(p)});
      state_.Close(p);
    }
    return result;
  }

 private:
  bool IsFrozen(int32_t p) const { return frozen_in_[static_cast<size_t>(p)] > 0; }
  CohortValue value() const { return {state_.total_score(), state_.matched()}; }

  bool AnyMayFallShort() const {
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      if (market_.start(p).min > 1 && !IsFrozen(p)) return true;
    }
    return false;
  }

  // The start that is filled worst for its minimum. Loads are not monotone: whoever is released
  // may bump somebody out of another start.
  std::optional<int32_t> WorstShort() const {
    std::optional<int32_t> worst;
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      const int32_t load = state_.LoadOf(p);
      if (IsFrozen(p) || load == 0 || load >= market_.start(p).min) continue;
      if (!worst || int64_t{load} * market_.start(*worst).min <
                        int64_t{state_.LoadOf(*worst)} * market_.start(p).min) {
        worst = p;
      }
    }
    return worst;
  }

  void CloseEmpty() {
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      if (state_.LoadOf(p) == 0) state_.Close(p);
    }
  }

  // Until no closed start can be reopened with all minima kept and a higher total.
  void Reopen() {
    for (bool improved = true; improved;) {
      improved = false;
      for (int32_t p = 0; p < market_.start_count(); ++p) {
        if (state_.IsOpen(p)) continue;
        const CohortValue before = value();
        state_.Open(p);
        if (!WorstShort() && value() > before) {
          improved = true;
          CloseEmpty();
        } else {
          state_.Close(p);
        }
      }
    }
  }

  const Market& market_;
  const std::vector<int32_t>& frozen_in_;
  CohortState& state_;
};

}  // namespace

std::string_view OpenSetMethodName(OpenSetMethod method) {
  return kOpenSetMethodNames[static_cast<size_t>(method)];
}

OpenSet ChooseForTotal(const Market& market, const CohortLimits& limits,
                       const ClearObserver& observer, ExactState& state) {
  OpenSet result;
  const std::vector<int32_t> undecided = CloseHopeless(market, state);
  CohortSearch search(market, limits, observer, state);
  for (const std::vector<int32_t>& component : ComponentsOf(market, undecided, state)) {
    if (component.size() <= limits.exact_starts) {
      Enumerate(market, component, state);
    } else {
      search.Run(component);
      result.method = OpenSetMethod::kLocalSearch;
    }
    CloseEmpty(component, state);
  }
  result.closed = search.FinishLoads();
  for (const ClosedStartLoad& closed : result.closed) {
    WillingGroup group = FindWillingGroup(market, closed.start, state);
    if (!group.switchers.empty()) result.groups.push_back(std::move(group));
  }
  return result;
}

OpenSet CloseWhereShort(const Market& market, const std::vector<int32_t>& frozen_in,
                        CohortState& state) {
  return ShortCloser(market, frozen_in, state).Run();
}

}  // namespace matchgo::scheduler::engine
