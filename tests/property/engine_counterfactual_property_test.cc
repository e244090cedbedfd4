// Counterfactuals against brute force: the market is cleared again from nothing, over all of its
// contracts and with the same starts, once for every value that somebody could change something to.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/counterfactual.h"
#include "services/scheduler/engine/market_file.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/random_market.h"
#include "tests/support/engine/reference_clearing.h"
#include "tests/support/engine/reference_contracts.h"

namespace matchgo::scheduler::engine {
namespace {

// Small numbers everywhere, so that every value can be tried.
MarketInput SmallNumbers(Random& random) {
  testing::MarketShape shape;
  shape.switchers_max = 8;
  MarketInput input = testing::RandomMarket(random, shape);
  if (random.Chance(500)) testing::MakeDense(random, input);
  const int64_t later = random.Between(0, 3);
  for (MarketSwitcher& s : input.switchers) {
    s.salary_now /= 500;
    s.salary_floor = s.salary_floor / 500 + random.Between(0, 3);
    s.hours_min = random.Between(0, 6);
    s.hours_max = random.Between(6, 10);
    s.max_dist = random.Between(0, 5);
    s.available = random.Between(0, 4 + later);
    s.study_hours = random.Chance(400) ? random.Between(0, 1) : random.Between(3, 6);
  }
  for (MarketVacancy& v : input.vacancies) {
    v.salary_max /= 500;
    v.hours -= 26;
    v.openings = random.Between(0, 2);
    v.latest_ready = random.Chance(300) ? random.Between(0, 8) : random.Between(10, 60);
  }
  for (MarketStart& p : input.starts) {
    p.begins = random.Between(0, 8);
    p.min = std::min<int64_t>(p.min, 1);
    for (MarketModule& module : p.modules) module.hours /= 5;
  }
  return input;
}

constexpr ChangeLimits kLimits{.max_dist = 8, .study_hours = 7, .available = 0};

// One way to change one dimension.
struct Step {
  Dimension dimension = Dimension::kMaxDist;
  int32_t to = 0;
};

// Clears one market again and again for one person.
class Brute {
 public:
  Brute(const Market& market, const Clearing& clearing, int32_t switcher,
        std::optional<int32_t> vacancy)
      : market_(market), scratch_(market), switcher_(switcher), vacancy_(vacancy) {
    for (int32_t p = 0; p < market.start_count(); ++p) open_.push_back(clearing.Runs(p) ? 1 : 0);
    for (int32_t s = 0; s < market.switcher_count(); ++s) {
      if (s == switcher) continue;
      const auto theirs = testing::ReferenceContracts(market, s);
      others_.insert(others_.end(), theirs.begin(), theirs.end());
    }
  }

  // The change with what she then holds, when all of that was changed; nothing if she holds
  // nothing.
  std::optional<Change> Placed(const std::vector<Step>& steps) {
    Change change;
    for (const Step& step : steps) {
      change.set |= SetOf(step.dimension);
      change.to[static_cast<size_t>(step.dimension)] = step.to;
    }
    const Market& market = With(change);
    std::vector<FeasibleContract> contracts = others_;
    for (const FeasibleContract& hers : testing::ReferenceContracts(market, switcher_)) {
      if (!vacancy_ || hers.contract.vacancy == *vacancy_) contracts.push_back(hers);
    }
    const ContractTable table(market, Weights(), std::move(contracts));
    const testing::ReferenceClearing clearing(market, table, market.commitments,
                                              TakingOrder::kByPlace);
    const auto held = clearing.Clear(open_).held[static_cast<size_t>(switcher_)];
    if (!held) return std::nullopt;
    change.contract = table.at(*table.Find(*held));
    return change;
  }

  // What each dimension can be changed to, the smallest change first.
  std::vector<Step> StepsOf(Dimension dimension) const {
    std::vector<Step> steps;
    const Switcher& s = market_.switcher(switcher_);
    const auto up = [&](int32_t from, int32_t to) {
      for (int32_t value = from + 1; value <= to; ++value) steps.push_back({dimension, value});
    };
    const auto down = [&](int32_t from, int32_t to) {
      for (int32_t value = from - 1; value >= to; --value) steps.push_back({dimension, value});
    };
    switch (dimension) {
      case Dimension::kMaxDist:
        up(s.max_dist, kLimits.max_dist);
        break;
      case Dimension::kHoursMin:
        down(s.hours_min, 0);
        break;
      case Dimension::kHoursMax:
        up(s.hours_max, 12);
        break;
      case Dimension::kStudyHours:
        up(s.study_hours, kLimits.study_hours);
        break;
      case Dimension::kAvailable:
        down(s.available, kLimits.available);
        break;
      case Dimension::kSalaryFloor:
        down(s.salary_floor, 0);
        break;
      case Dimension::kSector:
        AddNames(market_.sector_names, market_.switcher_prefs[switcher_], dimension, steps);
        break;
      case Dimension::kSkill:
        AddNames(market_.skill_names, market_.switcher_skills[switcher_], dimension, steps);
        break;
    }
    return steps;
  }

 private:
  static void AddNames(const IdColumn& names, std::span<const int32_t> hers, Dimension dimension,
                       std::vector<Step>& steps) {
    for (int32_t name = 0; name < names.size(); ++name) {
      if (std::ranges::find(hers, name) == hers.end()) steps.push_back({dimension, name});
    }
  }

  // The market with her changed. Lists of names are only made anew when they differ.
  const Market& With(const Change& change) {
    const Profile changed = Changed(PersonOf(market_, switcher_), change);
    scratch_.switchers[static_cast<size_t>(switcher_)] = changed.facts;
    const auto replace = [&](Lists<int32_t>& lists, const std::vector<int32_t>& hers) {
      if (std::ranges::equal(lists[switcher_], hers)) return;
      Lists<int32_t> with;
      for (int32_t s = 0; s < market_.switcher_count(); ++s) {
        with.Append(s == switcher_ ? std::span<const int32_t>(hers) : lists[s]);
      }
      lists = std::move(with);
    };
    replace(scratch_.switcher_skills, changed.skills);
    replace(scratch_.switcher_prefs, changed.prefs);
    return scratch_;
  }

  const Market& market_;
  Market scratch_;
  const int32_t switcher_;
  const std::optional<int32_t> vacancy_;
  std::vector<uint8_t> open_;
  std::vector<FeasibleContract> others_;
};

// The first number that does it; of sectors and skills the one with the best contract.
std::optional<Change> SmallestOf(Brute& brute, Dimension dimension) {
  std::optional<Change> best;
  for (const Step& step : brute.StepsOf(dimension)) {
    const auto placed = brute.Placed({step});
    if (!placed) continue;
    if (IsNumber(dimension)) return placed;
    if (!best || PlacedBefore(placed->contract, best->contract)) best = placed;
  }
  return best;
}

// The first change of exactly these dimensions, their values counted up like digits.
std::optional<Change> SmallestOf(Brute& brute, ChangeSet set) {
  std::vector<std::vector<Step>> choices;
  for (size_t d = 0; d < kDimensions; ++d) {
    const auto dimension = static_cast<Dimension>(d);
    if ((set & SetOf(dimension)) != 0) choices.push_back(brute.StepsOf(dimension));
  }
  std::optional<Change> best;
  std::vector<int32_t> best_numbers;
  std::vector<size_t> at(choices.size(), 0);
  if (std::ranges::any_of(choices, [](const auto& steps) { return steps.empty(); })) return best;
  for (;;) {
    std::vector<Step> steps;
    std::vector<int32_t> numbers;
    for (size_t i = 0; i < choices.size(); ++i) {
      steps.push_back(choices[i][at[i]]);
      if (IsNumber(steps.back().dimension)) numbers.push_back(steps.back().to);
    }
    // Past the first numbers that do it, only the names still matter.
    if (best && numbers != best_numbers) return best;
    const auto placed = brute.Placed(steps);
    if (placed && (!best || PlacedBefore(placed->contract, best->contract))) {
      best = placed;
      best_numbers = numbers;
    }
    size_t digit = choices.size();
    while (digit > 0 && ++at[digit - 1] == choices[digit - 1].size()) at[--digit] = 0;
    if (digit == 0) return best;
  }
}

std::vector<Change> SinglesOf(Brute brute) {
  std::vector<Change> singles;
  for (size_t d = 0; d < kDimensions; ++d) {
    if (const auto change = SmallestOf(brute, static_cast<Dimension>(d))) {
      singles.push_back(*change);
    }
  }
  return singles;
}

// The smallest change of at most `most` dimensions, of two or more.
std::optional<Change> JointOf(Brute& brute, int most) {
  for (int size = 2; size <= most; ++size) {
    for (ChangeSet set = 0; set < ChangeSet{1} << kDimensions; ++set) {
      if (std::popcount(set) != size) continue;
      if (const auto change = SmallestOf(brute, set)) return change;
    }
  }
  return std::nullopt;
}

struct Made {
  std::string text;
  Market market;
};

Made MadeMarket(Random& random, int round) {
  MarketInput input = SmallNumbers(random);
  if (round % 3 == 0) testing::AddCommitments(random, input);
  auto built = BuildMarket(input);
  EXPECT_TRUE(built.ok()) << built.status();
  return {built->text, std::move(built->market)};
}

std::string Lines(const Counterfactuals& counterfactuals, const std::vector<Change>& changes) {
  std::string lines;
  for (const Change& change : changes) lines += counterfactuals.Format(change) + "\n";
  return lines;
}

// Calls visit(made, clearing, switcher) for everybody who holds nothing in random markets.
template <class Visit>
void ForEachUnplaced(uint64_t seed, int rounds, const Visit& visit) {
  Random random(seed);
  for (int round = 0; round < rounds; ++round) {
    const Made made = MadeMarket(random, round);
    const CandidateIndex index(made.market, Weights());
    SerialParallel serial;
    const auto clearing = Clear(index, {}, serial);
    ASSERT_TRUE(clearing.ok());
    const Counterfactuals counterfactuals(index, *clearing, kLimits);
    CandidateSearch search(index);
    for (int32_t s = 0; s < made.market.switcher_count(); ++s) {
      const auto mine = [&](std::optional<int32_t> vacancy) {
        return counterfactuals.For(
            {.switcher = s, .vacancy = vacancy, .declined = clearing->commitments.declined},
            search);
      };
      if (clearing->HeldBy(s) != nullptr) {
        EXPECT_TRUE(mine(std::nullopt).empty());
        continue;
      }
      visit(made, *clearing, counterfactuals, s, mine);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(CounterfactualProperty, SinglesEqualClearingAgainForEveryValue) {
  std::vector<int64_t> seen(kDimensions, 0);
  int64_t none = 0;
  ForEachUnplaced(
      81, 3000,
      [&](const Made& made, const Clearing& clearing, const Counterfactuals& counterfactuals,
          int32_t s, const auto& mine) {
        const std::vector<Change> wanted = SinglesOf(Brute(made.market, clearing, s, std::nullopt));
        std::vector<Change> found = mine(std::nullopt);
        if (wanted.empty()) {
          ++none;
          std::erase_if(found, [](const Change& change) { return std::popcount(change.set) > 1; });
        }
        ASSERT_EQ(Lines(counterfactuals, found), Lines(counterfactuals, wanted)) << made.text;
        for (const Change& change : wanted) {
          ++seen[static_cast<size_t>(std::countr_zero(change.set))];
        }
      });
  for (size_t d = 0; d < kDimensions; ++d) {
    EXPECT_GT(seen[d], 8) << FieldOf(static_cast<Dimension>(d)) << " hardly ever occurs";
  }
  EXPECT_GT(none, 50) << "people whom no single change helps hardly ever occur";
}

TEST(CounterfactualProperty, JointChangesEqualClearingAgainForAllValues) {
  constexpr int kMost = 3;
  std::vector<int64_t> seen(kDimensions + 1, 0);
  ForEachUnplaced(
      82, 160,
      [&](const Made& made, const Clearing& clearing, const Counterfactuals& counterfactuals,
          int32_t s, const auto& mine) {
        const std::vector<Change> found = mine(std::nullopt);
        if (!found.empty() && std::popcount(found.front().set) == 1) return;
        Brute brute(made.market, clearing, s, std::nullopt);
        ASSERT_LE(found.size(), 1U);
        const int size = found.empty() ? 0 : std::popcount(found.front().set);
        ++seen[static_cast<size_t>(size)];
        const auto wanted = JointOf(brute, size == 0 ? kMost : std::min(kMost, size));
        if (size > kMost) {
          EXPECT_FALSE(wanted) << made.text;
          return;
        }
        ASSERT_EQ(Lines(counterfactuals, found),
                  Lines(counterfactuals, wanted ? std::vector{*wanted} : std::vector<Change>()))
            << made.text;
      });
  EXPECT_GT(seen[2], 10) << "pairs hardly ever occur";
  EXPECT_GT(seen[3], 1) << "threes hardly ever occur";
}

TEST(CounterfactualProperty, OneVacancyEqualsClearingAgainWithItAlone) {
  int64_t seen = 0;
  ForEachUnplaced(
      83, 400,
      [&](const Made& made, const Clearing& clearing, const Counterfactuals& counterfactuals,
          int32_t s, const auto& mine) {
        for (int32_t v = 0; v < made.market.vacancy_count(); ++v) {
          const std::vector<Change> wanted = SinglesOf(Brute(made.market, clearing, s, v));
          std::vector<Change> found = mine(v);
          if (wanted.empty()) {
            std::erase_if(found,
                          [](const Change& change) { return std::popcount(change.set) > 1; });
          }
          ASSERT_EQ(Lines(counterfactuals, found), Lines(counterfactuals, wanted)) << made.text;
          seen += static_cast<int64_t>(wanted.size());
        }
      });
  EXPECT_GT(seen, 100);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
