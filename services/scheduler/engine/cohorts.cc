#include "services/scheduler/engine/cohorts.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

namespace matchgo::scheduler::engine {
namespace {

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

class CohortChooser {
 public:
  CohortChooser(const Market& market, const LiveContracts& live, CohortState& state)
      : market_(market), live_(live), state_(state) {}

  OpenSetMethod Run(CohortSearch search) {
    const std::vector<int32_t> undecided = Undecided();
    if (search == CohortSearch::kCloseShortOnly) {
      CloseShort(undecided);
      CloseEmpty(undecided);
      Reopen(undecided);
      return AnyMayFallShort() ? OpenSetMethod::kReportedLoads : OpenSetMethod::kFixed;
    }
    OpenSetMethod method = OpenSetMethod::kExact;
    for (const std::vector<int32_t>& component : Components(undecided)) {
      if (component.size() <= kExactStartsMax) {
        Enumerate(component);
      } else {
        Search(component);
        method = OpenSetMethod::kLocalSearch;
      }
      CloseEmpty(component);
    }
    return method;
  }

 private:
  // Higher is better: total score, then people placed.
  using Value = std::pair<int64_t, int64_t>;

  Value value() const { return {state_.total_score(), state_.matched()}; }
  int32_t FrozenIn(int32_t p) const { return live_.room().participants[static_cast<size_t>(p)]; }

  bool AnyMayFallShort() const {
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      if (market_.start(p).min > 1 && FrozenIn(p) == 0) return true;
    }
    return false;
  }

  // Closes the starts that cannot reach their minimum whatever else happens, and gives those that
  // are left to decide on. A start with a frozen contract runs in any case.
  std::vector<int32_t> Undecided() {
    std::vector<int32_t> undecided;
    std::vector<int32_t> seen_for(market_.switchers.size(), kNone);
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      if (FrozenIn(p) > 0) continue;
      int32_t people = 0;
      for (const int32_t position : live_.of_start()[p]) {
        int32_t& seen = seen_for[static_cast<size_t>(live_.at(position).switcher)];
        if (std::exchange(seen, p) != p) ++people;
      }
      if (people == 0 || people < market_.start(p).min) {
        state_.Close(p);
      } else {
        undecided.push_back(p);
      }
    }
    return undecided;
  }

  // Starts whose people and jobs have nothing to do with each other are decided apart. Every
  // component ascends, and they are in the order of their first start.
  std::vector<std::vector<int32_t>> Components(const std::vector<int32_t>& undecided) {
    const size_t vacancies = market_.switchers.size();
    const size_t starts = vacancies + market_.vacancies.size();
    UnionFind parties(starts + market_.starts.size());
    for (const LiveContract& contract : live_.all()) {
      if (contract.start != kNone && !state_.IsOpen(contract.start)) continue;
      const auto switcher = static_cast<size_t>(contract.switcher);
      parties.Join(switcher, vacancies + static_cast<size_t>(contract.vacancy));
      if (contract.start != kNone) {
        parties.Join(switcher, starts + static_cast<size_t>(contract.start));
      }
    }
    std::vector<std::vector<int32_t>> components;
    std::vector<int32_t> component_of(starts + market_.starts.size(), kNone);
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

  bool IsShort(int32_t p) const {
    const int32_t load = state_.LoadOf(p);
    return load > 0 && load < market_.start(p).min;
  }

  bool AllKeepTheirMinimum(const std::vector<int32_t>& starts) const {
    return std::ranges::none_of(starts, [this](int32_t p) { return IsShort(p); });
  }

  void Set(int32_t p, bool open) {
    if (open) {
      state_.Open(p);
    } else {
      state_.Close(p);
    }
  }

  // All subsets in Gray code order, so that each differs from the one before in one start. The
  // start with the shortest list is the one that changes most often.
  void Enumerate(std::vector<int32_t> starts) {
    std::ranges::sort(starts, {},
                      [this](int32_t p) { return std::pair(live_.of_start()[p].size(), p); });
    // Of equal values the set that closes fewest, then a fixed one of these.
    using Candidate = std::tuple<Value, int, uint32_t>;
    Candidate best{{-1, -1}, 0, 0};
    uint32_t closed = 0;
    const uint32_t count = uint32_t{1} << starts.size();
    for (uint32_t step = 0;; ++step) {
      if (AllKeepTheirMinimum(starts)) {
        best = std::max(best, Candidate{value(), -std::popcount(closed), ~closed});
      }
      if (step + 1 == count) break;
      const auto bit = static_cast<size_t>(std::countr_zero(step + 1));
      closed ^= uint32_t{1} << bit;
      Set(starts[bit], (closed >> bit & 1U) == 0);
    }
    const uint32_t open = std::get<2>(best);
    for (size_t bit = 0; bit < starts.size(); ++bit) Set(starts[bit], (open >> bit & 1U) != 0);
  }

  // Closes the start that is filled worst for its minimum, until none is short. Loads are not
  // monotone: whoever is released may bump somebody out of another start.
  void CloseShort(const std::vector<int32_t>& starts) {
    for (;;) {
      int32_t worst = kNone;
      for (const int32_t p : starts) {
        if (IsShort(p) && (worst == kNone || FilledWorse(p, worst))) worst = p;
      }
      if (worst == kNone) return;
      state_.Close(worst);
    }
  }

  bool FilledWorse(int32_t a, int32_t b) const {
    return int64_t{state_.LoadOf(a)} * market_.start(b).min <
           int64_t{state_.LoadOf(b)} * market_.start(a).min;
  }

  void CloseEmpty(const std::vector<int32_t>& starts) {
    for (const int32_t p : starts) {
      if (state_.LoadOf(p) == 0) state_.Close(p);
    }
  }

  // Until no closed start can be reopened with all minima kept and a higher total.
  void Reopen(const std::vector<int32_t>& starts) {
    for (bool improved = true; improved;) {
      improved = false;
      for (const int32_t p : starts) {
        if (state_.IsOpen(p)) continue;
        const Value before = value();
        state_.Open(p);
        if (AllKeepTheirMinimum(starts) && value() > before) {
          improved = true;
          CloseEmpty(starts);
        } else {
          state_.Close(p);
        }
      }
    }
  }

  // Changes one start after another, closing what that leaves short, while the value rises. The
  // plain reopening of one start is such a change, so none that helps is left.
  void Search(const std::vector<int32_t>& starts) {
    CloseShort(starts);
    CloseEmpty(starts);
    for (bool improved = true; improved;) {
      improved = false;
      for (const int32_t p : starts) {
        const Value before = value();
        const std::vector<uint8_t> open = OpenFlags(starts);
        Set(p, !state_.IsOpen(p));
        CloseShort(starts);
        if (value() > before) {
          improved = true;
          CloseEmpty(starts);
        } else {
          for (size_t i = 0; i < starts.size(); ++i) Set(starts[i], open[i] != 0);
        }
      }
    }
  }

  std::vector<uint8_t> OpenFlags(const std::vector<int32_t>& starts) const {
    std::vector<uint8_t> open;
    open.reserve(starts.size());
    for (const int32_t p : starts) open.push_back(state_.IsOpen(p) ? 1 : 0);
    return open;
  }

  const Market& market_;
  const LiveContracts& live_;
  CohortState& state_;
};

}  // namespace

OpenSetMethod ChooseOpenStarts(const Market& market, const LiveContracts& live, CohortSearch search,
                               CohortState& state) {
  return CohortChooser(market, live, state).Run(search);
}

}  // namespace matchgo::scheduler::engine
