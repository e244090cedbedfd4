#include "tests/support/engine/two_sided_market.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "common/base/check.h"

namespace matchgo::testing {

using namespace scheduler::engine;

TwoSided TwoSidedOf(const Market& market, const ContractTable& table) {
  TwoSided sides;
  sides.seats = OpeningsOf(market);
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    sides.wishes.emplace_back();
    sides.ranks.emplace_back();
    for (const int32_t place : table.OfSwitcher(s)) {
      CHECK(table.at(place).contract.direct());
      sides.wishes.back().push_back(table.at(place).contract.vacancy);
      sides.ranks.back().push_back(static_cast<size_t>(place));
    }
  }
  return sides;
}

std::vector<WeightedPair> PairsOf(const std::vector<FeasibleContract>& contracts) {
  std::map<std::pair<int32_t, int32_t>, int32_t> scores;
  for (const FeasibleContract& entry : contracts) {
    int32_t& score = scores[{entry.contract.switcher, entry.contract.vacancy}];
    score = std::max(score, entry.score);
  }
  std::vector<WeightedPair> pairs;
  pairs.reserve(scores.size());
  for (const auto& [pair, score] : scores) pairs.push_back({pair.first, pair.second, score});
  return pairs;
}

std::vector<int> OpeningsOf(const Market& market) {
  std::vector<int> openings;
  for (const Vacancy& vacancy : market.vacancies) openings.push_back(vacancy.openings);
  return openings;
}

MarketInput DirectPairs(const Market& market, const std::vector<WeightedPair>& pairs) {
  MarketInput bare;
  bare.seed = market.seed;
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    bare.switchers.push_back({.id = std::string(market.switcher_ids[s])});
  }
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    bare.vacancies.push_back(
        {.id = std::string(market.vacancy_ids[v]), .openings = market.vacancy(v).openings});
  }
  for (const WeightedPair& pair : pairs) {
    MarketContract contract{.switcher = std::string(market.switcher_ids[pair.left]),
                            .vacancy = std::string(market.vacancy_ids[pair.right])};
    bare.triples.push_back({.contract = std::move(contract), .score = pair.weight});
  }
  return bare;
}

}  // namespace matchgo::testing
