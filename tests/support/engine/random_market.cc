#include "tests/support/engine/random_market.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "tests/support/engine/contract_table.h"

namespace matchgo::testing {
namespace {

using namespace scheduler::engine;

std::string Name(const char* prefix, int64_t number) { return prefix + std::to_string(number); }

std::vector<std::string> Some(Random& random, const char* prefix, int64_t count,
                              uint64_t permille) {
  std::vector<std::string> names;
  for (int64_t i = 0; i < count; ++i) {
    if (random.Chance(permille)) names.push_back(Name(prefix, i));
  }
  return names;
}

template <class T>
void Shuffle(Random& random, std::vector<T>& items) {
  for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.Below(i)]);
}

MarketSwitcher RandomSwitcher(Random& random, const MarketShape& shape, int64_t number) {
  MarketSwitcher s;
  s.id = Name("s", number);
  s.skills = Some(random, "k", shape.skills, 450);
  s.qualifications = Some(random, "q", 1, 300);
  s.level = random.Between(3, 6);
  s.x = random.Between(0, 6);
  s.y = random.Between(0, 2);
  s.max_dist = random.Chance(100) ? 0 : random.Between(3, 9);
  s.salary_now = random.Between(0, 3) * 1000;
  s.salary_floor = random.Between(0, 2) * 1000;
  s.hours_min = random.Between(0, 30);
  s.hours_max = random.Between(32, 40);
  s.study_hours = random.Chance(100) ? 0 : random.Between(4, 12);
  s.available = random.Between(0, 40);
  s.prefs = Some(random, "sector", 3, 500);
  Shuffle(random, s.prefs);
  if (random.Chance(300)) s.aptitude.emplace_back("sector1", random.Between(0, 1000));
  s.priority = random.Between(-1, 1);
  return s;
}

MarketVacancy RandomVacancy(Random& random, const MarketShape& shape, int64_t number) {
  MarketVacancy v;
  v.id = Name("v", number);
  v.openings = random.Between(0, 3);
  v.required = Some(random, "k", shape.skills, 350);
  v.nice = Some(random, "k", shape.skills, 250);
  if (random.Chance(250)) v.qualification = "q0";
  v.occupation = Name("o", random.Between(0, 1));
  v.sector = Name("sector", random.Between(0, 3));
  v.x = random.Between(0, 6);
  v.y = random.Between(0, 2);
  v.salary_max = random.Between(1, 3) * 1000;
  v.hours = random.Between(28, 36);
  v.latest_ready = random.Between(60, 400);
  return v;
}

MarketModule RandomModule(Random& random, const MarketShape& shape, int64_t number) {
  MarketModule m;
  m.id = Name("m", number);
  m.skills = Some(random, "k", shape.skills, 400);
  m.hours = random.Between(0, 6) * 20;
  m.core = random.Chance(200);
  m.recognition = static_cast<Recognition>(random.Between(0, 2));
  m.after = Some(random, "m", number, 200);
  return m;
}

MarketStart RandomStart(Random& random, const MarketShape& shape, int64_t number) {
  MarketStart p;
  p.id = Name("p", number);
  p.programme = Name("programme", random.Between(0, 2));
  p.capacity = random.Between(1, 5);
  p.min = random.Between(0, std::min(p.capacity, shape.min_max));
  p.begins = random.Between(20, 90);
  p.entry_level = random.Between(2, 5);
  p.occupations = Some(random, "o", 2, 750);
  p.awards = Some(random, "q", 1, 600);
  p.online = random.Chance(300);
  p.x = random.Between(0, 6);
  p.y = random.Between(0, 2);
  const int64_t modules = random.Between(0, shape.modules_max);
  for (int64_t i = 0; i < modules; ++i) p.modules.push_back(RandomModule(random, shape, i));
  return p;
}

// Ids, openings, capacities and minima only.
MarketInput BareParties(Random& random, const MarketShape& shape) {
  MarketInput market;
  market.seed = Name("seed", static_cast<int64_t>(random.Below(1000)));
  const int64_t switchers = random.Between(0, shape.switchers_max);
  const int64_t vacancies = random.Between(0, shape.vacancies_max);
  const int64_t starts = random.Between(0, shape.starts_max);
  for (int64_t i = 0; i < switchers; ++i) {
    market.switchers.push_back({.id = Name("s", i), .priority = random.Between(0, 2)});
  }
  for (int64_t i = 0; i < vacancies; ++i) {
    market.vacancies.push_back(
        {.id = Name("v", i), .openings = random.Between(0, 3), .occupation = "o", .sector = "x"});
  }
  for (int64_t i = 0; i < starts; ++i) {
    MarketStart p;
    p.id = Name("p", i);
    p.programme = "g";
    p.capacity = random.Between(0, 4);
    p.min = random.Between(0, std::min(p.capacity, shape.min_max));
    market.starts.push_back(p);
  }
  return market;
}

// Distinct ranks 1..n in a random order for each party that `party` names.
template <class Party>
void DrawRanks(Random& random, std::vector<MarketTriple>& triples, Party party,
               std::optional<int64_t> MarketTriple::*rank) {
  std::map<std::string, std::vector<size_t>> groups;
  for (size_t i = 0; i < triples.size(); ++i) {
    const std::optional<std::string> name = party(triples[i].contract);
    if (name) groups[*name].push_back(i);
  }
  for (auto& [name, members] : groups) {
    Shuffle(random, members);
    for (size_t i = 0; i < members.size(); ++i) {
      triples[members[i]].*rank = static_cast<int64_t>(i + 1);
    }
  }
}

// Gives the inner party's contracts ranks in the order of the outer party's.
template <class Party>
void CopyOrder(std::vector<MarketTriple>& triples, Party inner,
               std::optional<int64_t> MarketTriple::*from,
               std::optional<int64_t> MarketTriple::*to) {
  std::map<std::string, std::vector<size_t>> groups;
  for (size_t i = 0; i < triples.size(); ++i) {
    const std::optional<std::string> name = inner(triples[i].contract);
    if (name && triples[i].contract.start) groups[*name].push_back(i);
  }
  for (auto& [name, members] : groups) {
    std::ranges::sort(members, {}, [&](size_t i) { return *(triples[i].*from); });
    for (size_t i = 0; i < members.size(); ++i) {
      triples[members[i]].*to = static_cast<int64_t>(10 * i + 3);
    }
  }
}

constexpr auto kSwitcher = [](const MarketContract& c) { return std::optional(c.switcher); };
constexpr auto kVacancy = [](const MarketContract& c) { return std::optional(c.vacancy); };
constexpr auto kStart = [](const MarketContract& c) { return c.start; };

}  // namespace

MarketInput RandomMarket(Random& random, const MarketShape& shape) {
  MarketInput market;
  market.seed = Name("seed", static_cast<int64_t>(random.Below(1000)));
  const int64_t switchers = random.Between(0, shape.switchers_max);
  const int64_t vacancies = random.Between(0, shape.vacancies_max);
  const int64_t starts = random.Between(0, shape.starts_max);
  for (int64_t i = 0; i < switchers; ++i) {
    market.switchers.push_back(RandomSwitcher(random, shape, i));
  }
  for (int64_t i = 0; i < vacancies; ++i) {
    market.vacancies.push_back(RandomVacancy(random, shape, i));
  }
  for (int64_t i = 0; i < starts; ++i) {
    market.starts.push_back(RandomStart(random, shape, i));
  }
  return market;
}

MarketInput RandomTriples(Random& random, const MarketShape& shape) {
  MarketInput market = BareParties(random, shape);
  std::set<MarketContract> seen;
  if (market.switchers.empty() || market.vacancies.empty()) return market;
  const int64_t wanted = random.Between(1, 25);
  for (int64_t i = 0; i < wanted; ++i) {
    MarketContract contract;
    contract.switcher = market.switchers[random.Below(market.switchers.size())].id;
    contract.vacancy = market.vacancies[random.Below(market.vacancies.size())].id;
    const uint64_t start = random.Below(market.starts.size() + 1);
    if (start > 0) contract.start = market.starts[start - 1].id;
    if (!seen.insert(contract).second) continue;
    market.triples.push_back({.contract = contract, .score = random.Between(1, 6) * 1000});
  }
  return market;
}

MarketInput RandomNested(Random& random, const MarketShape& shape, RandomNesting nesting) {
  MarketInput market = RandomTriples(random, shape);
  std::map<std::string, std::optional<std::string>> start_of;
  std::map<std::string, std::string> vacancy_of;
  const bool in_starts = nesting == RandomNesting::kVacanciesInStarts;
  std::erase_if(market.triples, [&](const MarketTriple& triple) {
    const MarketContract& c = triple.contract;
    if (in_starts) return start_of.emplace(c.vacancy, c.start).first->second != c.start;
    return c.start && vacancy_of.emplace(*c.start, c.vacancy).first->second != c.vacancy;
  });
  DrawRanks(random, market.triples, kSwitcher, &MarketTriple::rank_s);
  if (in_starts) {
    DrawRanks(random, market.triples, kVacancy, &MarketTriple::rank_v);
    DrawRanks(random, market.triples, kStart, &MarketTriple::rank_p);
    CopyOrder(market.triples, kVacancy, &MarketTriple::rank_p, &MarketTriple::rank_v);
  } else {
    DrawRanks(random, market.triples, kVacancy, &MarketTriple::rank_v);
    CopyOrder(market.triples, kStart, &MarketTriple::rank_v, &MarketTriple::rank_p);
  }
  return market;
}

void MakeDense(Random& random, MarketInput& market) {
  for (MarketSwitcher& s : market.switchers) {
    s.max_dist = random.Between(6, 9);
    s.salary_floor = 0;
    s.level = 6;
    s.study_hours = random.Between(4, 12);
    s.available = random.Between(0, 10);
  }
  for (MarketVacancy& v : market.vacancies) {
    v.openings = random.Between(1, 2);
    v.required.resize(std::min<size_t>(v.required.size(), 1));
    v.qualification.reset();
    v.latest_ready = 700;
  }
  for (MarketStart& p : market.starts) {
    p.occupations = {"o0", "o1"};
    p.online = true;
    p.modules = {{.id = "m", .skills = {"k0", "k1", "k2"}, .hours = random.Between(1, 6) * 20}};
  }
}

void AddCommitments(Random& random, MarketInput& market) {
  const auto built = BuildMarket(market);
  CHECK(built.ok());
  const auto table = FindContracts(built->market, Weights());
  CHECK(table.ok());
  std::vector<int32_t> openings;
  std::vector<int32_t> places;
  for (const Vacancy& vacancy : built->market.vacancies) openings.push_back(vacancy.openings);
  for (const Start& start : built->market.starts) places.push_back(start.capacity);
  std::set<int32_t> settled;
  std::vector<FeasibleContract> contracts(table->all().begin(), table->all().end());
  Shuffle(random, contracts);
  for (const FeasibleContract& entry : contracts) {
    const Contract& c = entry.contract;
    if (random.Chance(150)) {
      market.declined.push_back(built->market.Ids(c));
      continue;
    }
    int32_t& opening = openings[static_cast<size_t>(c.vacancy)];
    int32_t* place = c.direct() ? nullptr : &places[static_cast<size_t>(c.start)];
    if (!random.Chance(80) || settled.contains(c.switcher) || opening == 0 ||
        (place != nullptr && *place == 0)) {
      continue;
    }
    settled.insert(c.switcher);
    --opening;
    if (place != nullptr) --*place;
    market.frozen.push_back(built->market.Ids(c));
  }
}

std::string ShuffleLines(Random& random, const std::string& text) {
  std::vector<std::string> lines;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  Shuffle(random, lines);
  std::string shuffled;
  for (const std::string& line : lines) shuffled += line + "\n";
  return shuffled;
}

}  // namespace matchgo::testing
