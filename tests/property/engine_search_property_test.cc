// The search against the sorted list of all feasible contracts: every list, cut, door and refusal.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/crowd_searches.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/parallel.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/direct_market.h"
#include "tests/support/engine/random_market.h"

namespace matchgo::scheduler::engine {
namespace {

// Every feasible contract of the market, best first, by another way than the search.
std::vector<FeasibleContract> AllContracts(const Market& market) {
  const auto table = FindContracts(market, Weights());
  return {table->all().begin(), table->all().end()};
}

// Doors as the test knows them, and the admission that says the same.
struct Doors {
  std::vector<Door> switchers, vacancies, starts;
};

Door RandomDoor(Random& random, const std::vector<FeasibleContract>& all) {
  if (all.empty() || random.Chance(400)) return Door::Open();
  if (random.Chance(200)) return Door::Shut();
  return Door::Full(PlaceOf(all[random.Below(all.size())]));
}

Doors RandomDoors(Random& random, const CandidateIndex& index,
                  const std::vector<FeasibleContract>& all, Admission& admission) {
  Doors doors;
  const Market& market = index.market();
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    doors.switchers.push_back(RandomDoor(random, all));
    admission.SetSwitcher(s, doors.switchers.back());
  }
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    doors.vacancies.push_back(RandomDoor(random, all));
    admission.SetVacancy(v, doors.vacancies.back());
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    doors.starts.push_back(RandomDoor(random, all));
    admission.SetStart(p, doors.starts.back());
  }
  return doors;
}

bool OpenTo(const std::vector<Door>& doors, int32_t party, const Place& place) {
  return party == kNone || doors[static_cast<size_t>(party)].Admits(place);
}

// What both kinds of query share.
struct Window {
  int limit = 1;
  std::optional<Place> below = {};
  std::optional<Place> above = {};
  bool with_doors = false;
  std::vector<Contract> declined = {};
};

Window RandomWindow(Random& random, const std::vector<FeasibleContract>& all) {
  Window window{.limit = static_cast<int>(random.Between(1, 6))};
  if (!all.empty() && random.Chance(350)) window.below = PlaceOf(all[random.Below(all.size())]);
  if (!all.empty() && random.Chance(350)) window.above = PlaceOf(all[random.Below(all.size())]);
  if (random.Chance(100)) {
    window.above = EdgeAbove(static_cast<int32_t>(random.Between(0, 1'000'000)));
  }
  window.with_doors = random.Chance(500);
  for (const FeasibleContract& entry : all) {
    if (random.Chance(100)) window.declined.push_back(entry.contract);
  }
  std::ranges::sort(window.declined);
  return window;
}

bool InWindow(const Window& window, const FeasibleContract& entry) {
  const Place place = PlaceOf(entry);
  return (!window.below || Better(*window.below, place)) &&
         (!window.above || Better(place, *window.above)) &&
         !std::ranges::binary_search(window.declined, entry.contract);
}

// `wanted`: everything that qualifies, best first.
void ExpectBest(const Found& found, const std::vector<FeasibleContract>& wanted, int limit) {
  const size_t count = std::min(wanted.size(), static_cast<size_t>(limit));
  ASSERT_EQ(found.best.size(), count);
  for (size_t i = 0; i < count; ++i) {
    ASSERT_EQ(found.best[i].contract, wanted[i].contract) << i;
    ASSERT_EQ(found.best[i].score, wanted[i].score);
    ASSERT_EQ(found.best[i].ready, wanted[i].ready);
    ASSERT_EQ(found.best[i].key, wanted[i].key);
    ASSERT_EQ(found.best[i].modules, wanted[i].modules);
  }
  // A full list may say more where there is none; never the other way round.
  ASSERT_TRUE(found.more || wanted.size() == count);
  ASSERT_FALSE(found.more && count < static_cast<size_t>(limit));
}

// Everything of one switcher that a query with this window finds.
std::vector<FeasibleContract> WantedBy(int32_t s, const Window& window, const Doors& doors,
                                       const std::vector<FeasibleContract>& all) {
  std::vector<FeasibleContract> wanted;
  for (const FeasibleContract& entry : all) {
    const Contract& c = entry.contract;
    if (c.switcher != s || !InWindow(window, entry)) continue;
    if (window.with_doors && !(OpenTo(doors.vacancies, c.vacancy, PlaceOf(entry)) &&
                               OpenTo(doors.starts, c.start, PlaceOf(entry)))) {
      continue;
    }
    wanted.push_back(entry);
  }
  return wanted;
}

// Everything of one vacancy that its query finds.
std::vector<FeasibleContract> WantedFor(int32_t v, const Window& window, const Doors& doors,
                                        const std::vector<FeasibleContract>& all) {
  std::vector<FeasibleContract> wanted;
  for (const FeasibleContract& entry : all) {
    const Contract& c = entry.contract;
    if (c.vacancy != v || !InWindow(window, entry)) continue;
    if (!OpenTo(doors.switchers, c.switcher, PlaceOf(entry)) ||
        !OpenTo(doors.starts, c.start, PlaceOf(entry))) {
      continue;
    }
    wanted.push_back(entry);
  }
  return wanted;
}

Query QueryOf(const Market& market, int32_t s, const Window& window, const Admission& admission) {
  return {.person = PersonOf(market, s),
          .limit = window.limit,
          .below = window.below,
          .above = window.above,
          .admission = window.with_doors ? &admission : nullptr,
          .declined = window.declined};
}

// Every level that this machine can run, in turn.
SimdLevel RandomLevel(Random& random) {
  return kSimdLevels[random.Below(static_cast<uint64_t>(BestSimdLevel()) + 1)];
}

void ExpectForward(Random& random, const CandidateIndex& index,
                   const std::vector<FeasibleContract>& all) {
  CandidateSearch search(index, RandomLevel(random));
  for (int32_t s = 0; s < index.market().switcher_count(); ++s) {
    Admission admission(index);
    const Doors doors = RandomDoors(random, index, all, admission);
    const Window window = RandomWindow(random, all);
    const Found found = search.Best(QueryOf(index.market(), s, window, admission));
    ASSERT_NO_FATAL_FAILURE(ExpectBest(found, WantedBy(s, window, doors, all), window.limit));
  }
}

// Everybody at once, then all vacancies at once, each with a window of her own.
void ExpectCrowd(Random& random, const CandidateIndex& index,
                 const std::vector<FeasibleContract>& all) {
  const Market& market = index.market();
  if (market.bare || market.switcher_count() == 0) return;
  SerialParallel serial;
  const auto batch = static_cast<size_t>(random.Between(1, 8));
  CrowdSearches crowds(index, serial, RandomLevel(random), batch);
  Admission admission(index);
  const Doors doors = RandomDoors(random, index, all, admission);
  const bool with_doors = random.Chance(500);
  std::vector<Window> windows;
  std::vector<Query> queries;
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    windows.push_back(RandomWindow(random, all));
    windows.back().with_doors = with_doors;
  }
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    queries.push_back(QueryOf(market, s, windows[static_cast<size_t>(s)], admission));
  }
  std::vector<Found> found(queries.size());
  crowds.Search(queries, found);
  for (size_t i = 0; i < found.size(); ++i) {
    const auto wanted = WantedBy(static_cast<int32_t>(i), windows[i], doors, all);
    ASSERT_NO_FATAL_FAILURE(ExpectBest(found[i], wanted, windows[i].limit)) << i;
  }
  windows.clear();
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    windows.push_back(RandomWindow(random, all));
  }
  std::vector<PartyQuery> asks;
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    const Window& window = windows[static_cast<size_t>(v)];
    asks.push_back({.vacancy = v,
                    .limit = window.limit,
                    .below = window.below,
                    .above = window.above,
                    .admission = &admission,
                    .declined = window.declined});
  }
  found.assign(asks.size(), {});
  crowds.Ask(asks, found);
  for (size_t i = 0; i < found.size(); ++i) {
    const auto wanted = WantedFor(static_cast<int32_t>(i), windows[i], doors, all);
    ASSERT_NO_FATAL_FAILURE(ExpectBest(found[i], wanted, windows[i].limit)) << i;
  }
}

void ExpectReverse(Random& random, const CandidateIndex& index,
                   const std::vector<FeasibleContract>& all) {
  CandidateSearch search(index);
  const Market& market = index.market();
  for (int round = 0; round < 3; ++round) {
    PartyQuery query;
    if (market.vacancy_count() > 0 && random.Chance(600)) {
      query.vacancy =
          static_cast<int32_t>(random.Below(static_cast<size_t>(market.vacancy_count())));
    }
    if (market.start_count() > 0 && (query.vacancy == kNone || random.Chance(300))) {
      query.start = static_cast<int32_t>(random.Below(static_cast<size_t>(market.start_count())));
    }
    if (query.vacancy == kNone && query.start == kNone) continue;
    Admission admission(index);
    const Doors doors = RandomDoors(random, index, all, admission);
    const Window window = RandomWindow(random, all);
    std::vector<FeasibleContract> wanted;
    for (const FeasibleContract& entry : all) {
      const Contract& c = entry.contract;
      const Place place = PlaceOf(entry);
      if (query.vacancy != kNone && c.vacancy != query.vacancy) continue;
      if (query.start != kNone && c.start != query.start) continue;
      if (!InWindow(window, entry)) continue;
      if (window.with_doors &&
          !(OpenTo(doors.switchers, c.switcher, place) &&
            (query.vacancy != kNone || OpenTo(doors.vacancies, c.vacancy, place)) &&
            (query.start != kNone || OpenTo(doors.starts, c.start, place)))) {
        continue;
      }
      wanted.push_back(entry);
    }
    query.limit = window.limit;
    query.below = window.below;
    query.above = window.above;
    query.admission = window.with_doors ? &admission : nullptr;
    query.declined = window.declined;
    ASSERT_NO_FATAL_FAILURE(ExpectBest(search.BestFor(query), wanted, window.limit));
  }
}

void ExpectExact(Random& random, const MarketInput& input) {
  const auto built = BuildMarket(input);
  ASSERT_TRUE(built.ok());
  const std::vector<FeasibleContract> all = AllContracts(built->market);
  const CandidateIndex index(built->market, Weights());
  ASSERT_NO_FATAL_FAILURE(ExpectForward(random, index, all)) << built->text;
  ASSERT_NO_FATAL_FAILURE(ExpectReverse(random, index, all)) << built->text;
  ASSERT_NO_FATAL_FAILURE(ExpectCrowd(random, index, all)) << built->text;
}

TEST(SearchProperty, EqualsTheSortedListOfAllContracts) {
  Random random(31);
  for (int round = 0; round < 3000; ++round) {
    SCOPED_TRACE(round);
    ASSERT_NO_FATAL_FAILURE(ExpectExact(random, testing::RandomMarket(random, {})));
  }
}

// More skills than one word has bits, and than one group may have.
TEST(SearchProperty, ManySkillsChangeNothing) {
  Random random(35);
  for (int round = 0; round < 120; ++round) {
    SCOPED_TRACE(round);
    const testing::MarketShape shape{.switchers_max = 4,
                                     .vacancies_max = 24,
                                     .modules_max = 6,
                                     .skills = round % 4 == 0 ? 400 : random.Between(50, 140)};
    ASSERT_NO_FATAL_FAILURE(ExpectExact(random, testing::RandomMarket(random, shape)));
  }
}

// Distances that do not fit the lanes, to the ends of the plane.
TEST(SearchProperty, LargeDistancesChangeNothing) {
  Random random(36);
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(round);
    MarketInput input = testing::RandomMarket(random, {.vacancies_max = 24});
    const int64_t scale = random.Between(1, 11'000);
    const auto stretch = [scale](int64_t at) { return (at - 3) * scale * 3; };
    for (MarketSwitcher& s : input.switchers) {
      s.x = stretch(s.x);
      s.y = stretch(s.y);
      s.max_dist = std::min<int64_t>(s.max_dist * scale * 3, 100'000);
      s.salary_now *= 300'000;
      s.salary_floor *= 300'000;
    }
    for (MarketVacancy& v : input.vacancies) {
      v.x = stretch(v.x);
      v.y = stretch(v.y);
      v.salary_max *= 300'000;
    }
    for (MarketStart& p : input.starts) {
      p.x = stretch(p.x);
      p.y = stretch(p.y);
    }
    ASSERT_NO_FATAL_FAILURE(ExpectExact(random, input));
  }
}

TEST(SearchProperty, EqualsTheSortedListOfGivenTriples) {
  Random random(32);
  for (int round = 0; round < 500; ++round) {
    SCOPED_TRACE(round);
    ASSERT_NO_FATAL_FAILURE(ExpectExact(random, testing::RandomTriples(random, {})));
  }
}

TEST(SearchProperty, ResumingBelowTheLastOneGivesTheWholeListInPieces) {
  Random random(33);
  const testing::MarketShape shape{.switchers_max = 3, .vacancies_max = 30, .starts_max = 8};
  for (int round = 0; round < 200; ++round) {
    const auto built = BuildMarket(testing::RandomMarket(random, shape));
    ASSERT_TRUE(built.ok());
    const CandidateIndex index(built->market, Weights());
    CandidateSearch search(index);
    const std::vector<FeasibleContract> all = AllContracts(built->market);
    for (int32_t s = 0; s < built->market.switcher_count(); ++s) {
      std::vector<FeasibleContract> wanted = all;
      std::erase_if(wanted, [s](const FeasibleContract& c) { return c.contract.switcher != s; });
      Query query{.person = PersonOf(built->market, s), .limit = 4};
      std::vector<FeasibleContract> pieces;
      for (bool more = true; more;) {
        const Found found = search.Best(query);
        pieces.insert(pieces.end(), found.best.begin(), found.best.end());
        more = found.more;
        if (more) query.below = PlaceOf(found.best.back());
      }
      ASSERT_EQ(pieces.size(), wanted.size());
      for (size_t i = 0; i < wanted.size(); ++i) {
        ASSERT_EQ(pieces[i].contract, wanted[i].contract);
      }
    }
  }
}

// The same facts, without a place in the market.
TEST(SearchProperty, AProfileIsSearchedAsASwitcherIs) {
  Random random(34);
  int64_t contracts = 0;
  for (int round = 0; round < 200; ++round) {
    const MarketInput input = testing::RandomMarket(random, {});
    const auto built = BuildMarket(input);
    ASSERT_TRUE(built.ok());
    const CandidateIndex index(built->market, Weights());
    CandidateSearch search(index);
    for (const MarketSwitcher& in : input.switchers) {
      const int32_t s = *built->market.switcher_ids.Find(in.id);
      const Profile profile(built->market, in);
      const Found wanted = search.Best({.person = PersonOf(built->market, s), .limit = 10});
      const Found found = search.Best({.person = profile.person(), .limit = 10});
      ASSERT_EQ(found.best.size(), wanted.best.size());
      for (size_t i = 0; i < wanted.best.size(); ++i) {
        EXPECT_EQ(found.best[i].contract.switcher, kNone);
        EXPECT_EQ(found.best[i].contract.vacancy, wanted.best[i].contract.vacancy);
        EXPECT_EQ(found.best[i].contract.start, wanted.best[i].contract.start);
        EXPECT_EQ(found.best[i].score, wanted.best[i].score);
        EXPECT_EQ(found.best[i].key, wanted.best[i].key);
        ++contracts;
      }
    }
  }
  EXPECT_GT(contracts, 500);
}

// More people than one crowd holds, who travel differently far.
TEST(SearchProperty, ManyCrowdsFindWhatOneByOneIsFound) {
  const Market market = testing::DirectMarket(
      {.seed = 5,
       .switchers = 1500,
       .vacancies = 600,
       .starts = 60,
       .places = {{1210, 4870, 900'000}, {1400, 4560, 300'000}, {900, 4370, 50'000}}});
  const CandidateIndex index(market, Weights());
  SerialParallel serial;
  CrowdSearches crowds(index, serial);
  std::vector<Query> queries;
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    queries.push_back({.person = PersonOf(market, s), .limit = 5});
  }
  std::vector<Found> found(queries.size());
  crowds.Search(queries, found);
  CandidateSearch search(index);
  size_t contracts = 0;
  for (size_t i = 0; i < queries.size(); ++i) {
    const Found wanted = search.Best(queries[i]);
    ASSERT_EQ(found[i].best.size(), wanted.best.size()) << i;
    for (size_t j = 0; j < wanted.best.size(); ++j) {
      ASSERT_EQ(found[i].best[j].contract, wanted.best[j].contract) << i;
    }
    contracts += wanted.best.size();
  }
  EXPECT_GT(contracts, 1000);
}

// Six occupations instead of two.
MarketInput WithOccupations(Random& random, MarketInput input) {
  const auto name = [](int64_t number) { return "o" + std::to_string(number); };
  for (MarketVacancy& v : input.vacancies) v.occupation = name(random.Between(0, 5));
  for (MarketStart& p : input.starts) {
    p.occupations.clear();
    for (int64_t o = 0; o < 6; ++o) {
      if (random.Chance(600)) p.occupations.push_back(name(o));
    }
  }
  return input;
}

// With kinds of occupations a list holds the best of each, and nothing else.
TEST(SearchProperty, OfEachKindOnlyTheBest) {
  Random random(37);
  const testing::MarketShape shape{.switchers_max = 3, .vacancies_max = 30, .starts_max = 8};
  int64_t left_out = 0;
  for (int round = 0; round < 500; ++round) {
    SCOPED_TRACE(round);
    const auto built = BuildMarket(WithOccupations(random, testing::RandomMarket(random, shape)));
    ASSERT_TRUE(built.ok());
    const Market& market = built->market;
    const CandidateIndex index(market, Weights());
    CandidateSearch search(index);
    const std::vector<FeasibleContract> all = AllContracts(market);
    std::vector<int32_t> kinds;
    for (int32_t o = 0; o < market.occupation_names.size(); ++o) {
      kinds.push_back(static_cast<int32_t>(random.Below(4)));
    }
    for (int32_t s = 0; s < market.switcher_count(); ++s) {
      const int limit = static_cast<int>(random.Between(1, 4));
      std::vector<FeasibleContract> wanted;
      std::vector<int32_t> seen;
      for (const FeasibleContract& entry : all) {
        if (entry.contract.switcher != s) continue;
        const auto occupation =
            static_cast<size_t>(market.vacancy(entry.contract.vacancy).occupation);
        if (std::ranges::find(seen, kinds[occupation]) != seen.end()) {
          ++left_out;
          continue;
        }
        seen.push_back(kinds[occupation]);
        wanted.push_back(entry);
      }
      const Found found =
          search.Best({.person = PersonOf(market, s), .limit = limit, .kinds = kinds});
      ASSERT_NO_FATAL_FAILURE(ExpectBest(found, wanted, limit));
    }
  }
  EXPECT_GT(left_out, 1000);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
