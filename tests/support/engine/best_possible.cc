#include "tests/support/engine/best_possible.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace matchgo::testing {
namespace {

using namespace scheduler::engine;

// Switcher by switcher; what the rest can still reach depends on the seats that are left only.
class Trial {
 public:
  Trial(const Market& market, const ContractTable& table, const Commitments& commitments,
        bool heads)
      : table_(table), commitments_(commitments), heads_(heads), best_of_(market.switchers.size()) {
    for (const Vacancy& vacancy : market.vacancies) seats_.push_back(vacancy.openings);
    vacancies_ = seats_.size();
    for (const Start& start : market.starts) seats_.push_back(start.capacity);
  }

  int64_t Run() { return From(0); }

 private:
  // Of the switchers from this one on.
  int64_t From(size_t s) {
    if (s == best_of_.size()) return 0;
    if (const auto known = best_of_[s].find(seats_); known != best_of_[s].end()) {
      return known->second;
    }
    const std::vector<int32_t> seats = seats_;
    int64_t best = IsFrozen(s) ? -1 : From(s + 1);
    for (const int32_t place : table_.OfSwitcher(static_cast<int32_t>(s))) {
      const FeasibleContract& entry = table_.at(place);
      if (!May(entry.contract)) continue;
      Take(entry.contract);
      if (std::ranges::min(seats_) >= 0) {
        const int64_t rest = From(s + 1);
        if (rest >= 0) best = std::max(best, (heads_ ? 1 : entry.score) + rest);
      }
      seats_ = seats;
    }
    return best_of_[s][seats] = best;
  }

  bool IsFrozen(size_t s) const {
    return std::ranges::binary_search(commitments_.frozen, static_cast<int32_t>(s), {},
                                      &Contract::switcher);
  }
  bool May(const Contract& contract) const {
    if (IsFrozen(static_cast<size_t>(contract.switcher))) {
      return std::ranges::binary_search(commitments_.frozen, contract);
    }
    return !std::ranges::binary_search(commitments_.declined, contract);
  }
  void Take(const Contract& contract) {
    --seats_[static_cast<size_t>(contract.vacancy)];
    if (!contract.direct()) --seats_[vacancies_ + static_cast<size_t>(contract.start)];
  }

  const ContractTable& table_;
  const Commitments& commitments_;
  const bool heads_;
  std::vector<std::map<std::vector<int32_t>, int64_t>> best_of_;
  std::vector<int32_t> seats_;  // left, of vacancies and then of starts
  size_t vacancies_ = 0;
};

}  // namespace

BestPossible FindBestPossible(const Market& market, const ContractTable& table,
                              const Commitments& commitments) {
  return {.total_score = Trial(market, table, commitments, false).Run(),
          .placed = Trial(market, table, commitments, true).Run()};
}

}  // namespace matchgo::testing
