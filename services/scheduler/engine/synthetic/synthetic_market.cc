#include "services/scheduler/engine/synthetic/synthetic_market.h"

#include <algorithm>
#include <array>

#include "services/scheduler/engine/synthetic/hard_plans.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr int64_t kNationalSwitchers = 1'300'000;
constexpr int64_t kNationalOccupations = 1200;
constexpr uint64_t kSwitcherKind = 1;
constexpr uint64_t kVacancyKind = 2;
constexpr uint64_t kStartKind = 3;

int64_t Root(int64_t value) {
  int64_t root = 0;
  for (int64_t bit = int64_t{1} << 31; bit > 0; bit >>= 1) {
    if ((root + bit) * (root + bit) <= value) root += bit;
  }
  return root;
}

// A tenth of the people have a sixth of the occupations (the power 3/4): else a small market would
// have one vacancy in each.
WorldSize SizeOf(const SyntheticOptions& options) {
  WorldSize size;
  const int64_t share = options.switchers * 1'000'000 / kNationalSwitchers;
  const int64_t root = Root(share);  // of a million
  const int64_t permille = root * Root(root * 1000) / 1000;
  const int64_t occupations =
      options.occupations > 0
          ? options.occupations
          : std::clamp<int64_t>(kNationalOccupations * permille / 1000, 24, kNationalOccupations);
  size.occupations = static_cast<int32_t>(occupations);
  size.sectors = static_cast<int32_t>(std::clamp<int64_t>(occupations / 4, 1, 30));
  size.programmes = static_cast<int32_t>(
      std::clamp<int64_t>(occupations * 5 / 4, 1, std::max<int64_t>(options.starts, 1)));
  return size;
}

// Ids of one length sort as their numbers do.
std::string IdOf(char kind, int64_t number, int64_t count) {
  const size_t width = std::to_string(std::max<int64_t>(count - 1, 0)).size();
  const std::string digits = std::to_string(number);
  return kind + std::string(width - digits.size(), '0') + digits;
}

template <size_t N>
int64_t OneOf(Random& random, const std::array<int64_t, N>& values) {
  return values[random.Below(N)];
}

// The sum of two draws: the middle is likelier than the ends.
int64_t Hill(Random& random, int64_t low, int64_t high) {
  const int64_t half = (high - low) / 2;
  return low + random.Between(0, half) + random.Between(0, high - low - half);
}

int64_t ToTens(int64_t cents) { return cents / 1000 * 1000; }

bool AddOnce(std::vector<int32_t>& items, int32_t item) {
  if (std::ranges::find(items, item) != items.end()) return false;
  items.push_back(item);
  return true;
}

}  // namespace

SyntheticMarket::SyntheticMarket(SyntheticOptions options)
    : options_(std::move(options)), world_(options_.seed, SizeOf(options_)) {
  std::vector<int64_t> homes;
  std::vector<int64_t> schools;
  int64_t largest = 1;
  for (const SyntheticPlace& place : options_.places) {
    homes.push_back(std::max<int64_t>(place.population, 1));
    largest = std::max(largest, homes.back());
  }
  // Programmes are taught in towns, wherever the smallest town begins on this map.
  schools.reserve(homes.size());
  for (const int64_t people : homes) schools.push_back(people * 12 >= largest ? people : 0);
  homes_ = WeightedChoice(homes);
  schools_ = WeightedChoice(schools);
}

Random SyntheticMarket::Stream(uint64_t kind, int64_t number) const {
  Random mixer(options_.seed * 4 + kind);
  return Random(mixer.Next() ^ (static_cast<uint64_t>(number) * 0x9e3779b97f4a7c15U));
}

SyntheticMarket::Point SyntheticMarket::Scatter(Random& random,
                                                const WeightedChoice& choice) const {
  const SyntheticPlace& place = options_.places[choice.Draw(random)];
  const int64_t radius = 6 + Root(place.population) / 10;
  return {static_cast<int32_t>(place.x + Hill(random, -radius, radius)),
          static_cast<int32_t>(place.y + Hill(random, -radius, radius))};
}

// Most from her own work, some from work that is like it, some that anybody may have.
std::vector<std::string> SyntheticMarket::SkillsOf(Random& random, int32_t home) const {
  const auto& occupations = world_.occupations();
  const SyntheticOccupation& work = occupations[static_cast<size_t>(home)];
  const auto wanted = static_cast<size_t>(random.Between(30, 60));
  std::vector<int32_t> skills;
  skills.reserve(wanted);
  const auto draw_from = [&](const SkillPool& pool, size_t until) {
    for (size_t tries = 0; tries < 150 && skills.size() < until; ++tries) {
      AddOnce(skills, pool.skills[pool.draw.Draw(random)]);
    }
  };
  draw_from(work.pool, std::min(wanted * 6 / 10, work.pool.skills.size() * 7 / 10));
  const size_t related = wanted * 85 / 100;
  while (skills.size() < related) {
    const size_t before = skills.size();
    const int32_t other = random.Chance(700) ? work.related[random.Below(work.related.size())]
                                             : world_.DrawHome(random);
    draw_from(occupations[static_cast<size_t>(other)].pool, std::min(related, before + 6));
    if (skills.size() == before) AddOnce(skills, world_.DrawGeneralSkill(random));
  }
  while (skills.size() < wanted) {
    const auto any = static_cast<uint64_t>(world_.skill_count());
    AddOnce(skills, random.Chance(800) ? world_.DrawGeneralSkill(random)
                                       : static_cast<int32_t>(random.Below(any)));
  }
  std::vector<std::string> names;
  names.reserve(skills.size());
  for (const int32_t skill : skills) names.push_back(world_.SkillName(skill));
  return names;
}

void SyntheticMarket::SetWishes(Random& random, int32_t home, MarketSwitcher& made) const {
  const auto& sectors = world_.sectors();
  const int32_t own = world_.occupations()[static_cast<size_t>(home)].sector;
  std::vector<int32_t> wishes;
  if (random.Chance(400)) wishes.push_back(own);
  for (int tries = 0; tries < 20 && wishes.size() < 3; ++tries) {
    AddOnce(wishes, world_.DrawSector(random));
  }
  for (const int32_t sector : wishes) made.prefs.push_back(sectors[static_cast<size_t>(sector)]);
  std::vector<int32_t> tested = {own};
  const uint64_t more = 1 + random.Below(4);
  for (uint64_t i = 0; i < more; ++i) AddOnce(tested, world_.DrawSector(random));
  for (const int32_t sector : tested) {
    made.aptitude.emplace_back(sectors[static_cast<size_t>(sector)], Hill(random, 250, 950));
  }
}

MarketSwitcher SyntheticMarket::Switcher(int64_t number) const {
  static constexpr std::array<int64_t, 12> kTravel = {100, 150, 150, 200, 200, 250,
                                                      300, 300, 400, 400, 500, 600};
  static constexpr std::array<int64_t, 7> kLeast = {8, 16, 20, 24, 24, 28, 32};
  Random random = Stream(kSwitcherKind, number);
  MarketSwitcher made;
  made.id = IdOf('s', number, options_.switchers);
  const Point at = Scatter(random, homes_);
  made.x = at.x;
  made.y = at.y;
  const int32_t home = world_.DrawHome(random);
  const SyntheticOccupation& work = world_.occupations()[static_cast<size_t>(home)];
  made.skills = SkillsOf(random, home);
  if (work.qualified && random.Chance(850)) {
    made.qualifications.push_back(LabourWorld::QualificationName(home));
  }
  made.level = std::clamp<int64_t>(work.level + random.Between(-1, 1), 2, 7);
  made.max_dist = OneOf(random, kTravel);
  made.salary_now = ToTens(work.salary * Hill(random, 80, 135) / 100);
  made.salary_floor = ToTens(made.salary_now * Hill(random, 70, 105) / 100);
  made.hours_min = OneOf(random, kLeast);
  made.hours_max = std::max<int64_t>(made.hours_min + 4, random.Chance(700) ? 40 : 32);
  made.study_hours = Hill(random, 6, 22);
  made.available = random.Chance(400) ? 0 : random.Between(0, 150);
  SetWishes(random, home, made);
  made.priority = random.Between(0, 3);
  if (options_.hard_plans) MakeHard(random, world_, made);
  return made;
}

MarketVacancy SyntheticMarket::Vacancy(int64_t number) const {
  static constexpr std::array<int64_t, 10> kOpenings = {1, 1, 1, 1, 1, 1, 1, 2, 2, 3};
  static constexpr std::array<int64_t, 10> kHours = {16, 20, 24, 24, 28, 32, 32, 36, 38, 40};
  Random random = Stream(kVacancyKind, number);
  MarketVacancy made;
  made.id = IdOf('v', number, options_.vacancies);
  const int32_t occupation = world_.DrawDemand(random);
  const SyntheticOccupation& work = world_.occupations()[static_cast<size_t>(occupation)];
  made.openings = OneOf(random, kOpenings);
  const auto required = static_cast<size_t>(random.Between(6, 14));
  const size_t all = required + static_cast<size_t>(random.Between(3, 8));
  std::vector<int32_t> asked;
  for (size_t tries = 0; tries < 400 && asked.size() < all; ++tries) {
    AddOnce(asked, work.pool.skills[work.pool.draw.Draw(random)]);
  }
  for (size_t i = 0; i < asked.size(); ++i) {
    (i < required ? made.required : made.nice).push_back(world_.SkillName(asked[i]));
  }
  if (work.qualified && random.Chance(900)) {
    made.qualification = LabourWorld::QualificationName(occupation);
  }
  made.occupation = world_.OccupationName(occupation);
  made.sector = world_.sectors()[static_cast<size_t>(work.sector)];
  const Point at = Scatter(random, homes_);
  made.x = at.x;
  made.y = at.y;
  made.salary_max = ToTens(work.salary * Hill(random, 85, 125) / 100);
  made.hours = OneOf(random, kHours);
  made.latest_ready = Hill(random, 150, 900);
  if (options_.hard_plans) MakeHard(random, world_, occupation, made);
  return made;
}

MarketStart SyntheticMarket::Start(int64_t number) const {
  Random random = Stream(kStartKind, number);
  MarketStart made;
  made.id = IdOf('p', number, options_.starts);
  const auto programmes = static_cast<int64_t>(world_.programmes().size());
  const int64_t which = number < programmes ? number : world_.DrawProgramme(random);
  const SyntheticProgramme& programme = world_.programmes()[static_cast<size_t>(which)];
  made.programme = programme.id;
  made.entry_level = programme.entry_level;
  made.online = programme.online;
  for (const int32_t o : programme.occupations) {
    made.occupations.push_back(world_.OccupationName(o));
  }
  made.awards = programme.awards;
  made.modules = programme.modules;
  made.capacity = random.Between(20, 60);
  made.min = random.Between(6, 15);
  // All year round, most in September and February of a year that begins in November.
  static constexpr std::array<int64_t, 6> kMonths = {84, 91, 98, 294, 301, 308};
  made.begins = random.Chance(500) ? OneOf(random, kMonths) : 7 * random.Between(1, 52);
  const Point at = Scatter(random, schools_);
  made.x = at.x;
  made.y = at.y;
  if (options_.hard_plans) MakeHard(random, world_, programme.occupations.front(), made);
  return made;
}

MarketInput SyntheticMarket::All() const {
  MarketInput input;
  input.seed = seed();
  for (int64_t i = 0; i < options_.switchers; ++i) input.switchers.push_back(Switcher(i));
  for (int64_t i = 0; i < options_.vacancies; ++i) input.vacancies.push_back(Vacancy(i));
  for (int64_t i = 0; i < options_.starts; ++i) input.starts.push_back(Start(i));
  return input;
}

}  // namespace matchgo::scheduler::engine
