#include "tests/support/engine/contract_table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/plan.h"

namespace matchgo::scheduler::engine {
namespace {

// Walks all contracts of one switcher after another. It applies the rules of feasibility.h in
// another order, cheapest first, and shares what contracts of one switcher have in common; a
// property test compares it with Check contract by contract.
class ContractFinder {
 public:
  ContractFinder(const Market& market, const Weights& weights)
      : market_(market),
        weights_(weights),
        lottery_(market),
        has_(static_cast<size_t>(market.skill_names.size()), 0),
        starts_of_(static_cast<size_t>(market.occupation_names.size())),
        hours_(market.starts.size()),
        admits_(market.starts.size(), 0) {
    for (int32_t p = 0; p < market.start_count(); ++p) {
      plans_.emplace_back(market.start_modules[p]);
      for (const int32_t occupation : market.start_occupations[p]) {
        starts_of_[static_cast<size_t>(occupation)].push_back(p);
      }
    }
  }

  std::vector<FeasibleContract> Run() {
    for (int32_t s = 0; s < market_.switcher_count(); ++s) VisitSwitcher(s);
    return std::move(found_);
  }

 private:
  void VisitSwitcher(int32_t s) {
    const std::span<const int32_t> skills = market_.switcher_skills[s];
    for (const int32_t skill : skills) has_[static_cast<size_t>(skill)] = 1;
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      admits_[static_cast<size_t>(p)] = Admits(market_.switcher(s), market_.start(p));
      hours_[static_cast<size_t>(p)].clear();
    }
    for (int32_t v = 0; v < market_.vacancy_count(); ++v) VisitVacancy(s, v);
    for (const int32_t skill : skills) has_[static_cast<size_t>(skill)] = 0;
  }

  // What rule 5 asks of her and the start alone.
  static bool Admits(const Switcher& s, const Start& p) {
    return s.level >= p.entry_level && p.begins >= s.available &&
           (p.online || DistanceSquared(s.x, s.y, p.x, p.y) <= int64_t{s.max_dist} * s.max_dist);
  }

  void VisitVacancy(int32_t s, int32_t v) {
    const Switcher& switcher = market_.switcher(s);
    const Vacancy& vacancy = market_.vacancy(v);
    if (vacancy.salary_max < switcher.salary_floor || vacancy.hours < switcher.hours_min ||
        vacancy.hours > switcher.hours_max ||
        DistanceSquared(switcher.x, switcher.y, vacancy.x, vacancy.y) >
            int64_t{switcher.max_dist} * switcher.max_dist) {
      return;
    }
    missing_.clear();
    for (const int32_t skill : market_.vacancy_required[v]) {
      if (has_[static_cast<size_t>(skill)] == 0) missing_.push_back(skill);
    }
    const bool lacks_qualification =
        vacancy.qualification != kNone &&
        !std::ranges::binary_search(market_.switcher_qualifications[s], vacancy.qualification);
    if (missing_.empty() && !lacks_qualification) {
      if (switcher.available <= vacancy.latest_ready) Add({s, v, kNone}, 0, switcher.available);
      return;
    }
    for (const int32_t p : starts_of_[static_cast<size_t>(vacancy.occupation)]) {
      if (admits_[static_cast<size_t>(p)] == 0 || market_.start(p).begins > vacancy.latest_ready) {
        continue;
      }
      if (lacks_qualification &&
          !std::ranges::binary_search(market_.start_awards[p], vacancy.qualification)) {
        continue;
      }
      VisitStart({s, v, p});
    }
  }

  void VisitStart(const Contract& contract) {
    const auto p = static_cast<size_t>(contract.start);
    std::vector<int64_t>& hours = hours_[p];
    if (hours.empty()) {
      hours = RemainingHours(market_.start_modules[contract.start],
                             market_.switcher_skills[contract.switcher]);
    }
    const Plan plan = FindPlan(plans_[p], hours, missing_);
    const Switcher& switcher = market_.switcher(contract.switcher);
    if (!plan.exists || (plan.hours > 0 && switcher.study_hours == 0)) return;
    const int64_t ready =
        ReadyDay(market_.start(contract.start).begins, plan.hours, switcher.study_hours);
    if (ready > market_.vacancy(contract.vacancy).latest_ready) return;
    Add(contract, plan.modules, static_cast<int32_t>(ready));
  }

  void Add(const Contract& contract, uint64_t modules, int32_t ready) {
    found_.push_back({.contract = contract,
                      .score = ScoreOf(PartsOf(market_, contract, modules, ready), weights_),
                      .ready = ready,
                      .key = lottery_.KeyOf(contract),
                      .modules = modules});
  }

  const Market& market_;
  const Weights& weights_;
  Lottery lottery_;
  std::vector<PlanIndex> plans_;
  std::vector<uint8_t> has_;                     // her skills
  std::vector<std::vector<int32_t>> starts_of_;  // per occupation
  std::vector<std::vector<int64_t>> hours_;      // per start, hers; empty: not computed yet
  std::vector<uint8_t> admits_;                  // per start, her
  std::vector<int32_t> missing_;
  std::vector<FeasibleContract> found_;
};

std::vector<FeasibleContract> FromTriples(const Market& market) {
  const Lottery lottery(market);
  std::vector<FeasibleContract> contracts;
  contracts.reserve(market.triples.size());
  for (const GivenTriple& triple : market.triples) {
    contracts.push_back({.contract = triple.contract,
                         .score = triple.score,
                         .ready = 0,
                         .key = lottery.KeyOf(triple.contract),
                         .modules = 0});
  }
  return contracts;
}

}  // namespace

ContractTable::ContractTable(const Market& market, const Weights& weights,
                             std::vector<FeasibleContract> contracts)
    : contracts_(std::move(contracts)), weights_(weights), lottery_(market) {
  std::ranges::sort(contracts_, PlacedBefore);
  std::vector<std::vector<int32_t>> of_switcher(market.switchers.size());
  for (int32_t place = 0; place < size(); ++place) {
    of_switcher[static_cast<size_t>(at(place).contract.switcher)].push_back(place);
  }
  for (const std::vector<int32_t>& places : of_switcher) of_switcher_.Append(places);
}

std::optional<int32_t> ContractTable::Find(const Contract& contract) const {
  for (const int32_t place : OfSwitcher(contract.switcher)) {
    if (at(place).contract == contract) return place;
  }
  return std::nullopt;
}

StatusOr<ContractTable> FindContracts(const Market& market, const Weights& weights) {
  if (Status status = Validate(weights); !status.ok()) return status;
  return ContractTable(market, weights,
                       market.bare ? FromTriples(market) : ContractFinder(market, weights).Run());
}

}  // namespace matchgo::scheduler::engine
