#include "services/scheduler/engine/market_stats.h"

#include <algorithm>

#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr int64_t kSampledSwitchers = 60;
constexpr int64_t kSampledVacancies = 120;  // of each sampled switcher

template <class Of>
Spread SpreadOver(int32_t count, Of of) {
  std::vector<int64_t> numbers;
  numbers.reserve(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) numbers.push_back(static_cast<int64_t>(of(i)));
  return SpreadOf(std::move(numbers));
}

std::vector<NamedSpread> SpreadsOf(const Market& m) {
  const auto of_switchers = [&m](std::string_view word, auto of) {
    return NamedSpread{word, SpreadOver(m.switcher_count(), of)};
  };
  const auto of_vacancies = [&m](std::string_view word, auto of) {
    return NamedSpread{word, SpreadOver(m.vacancy_count(), of)};
  };
  const auto of_starts = [&m](std::string_view word, auto of) {
    return NamedSpread{word, SpreadOver(m.start_count(), of)};
  };
  std::vector<int64_t> hours;
  for (int32_t p = 0; p < m.start_count(); ++p) {
    for (const Module& module : m.start_modules[p]) hours.push_back(module.hours);
  }
  return {
      of_switchers("switcher.skills", [&m](int32_t s) { return m.switcher_skills[s].size(); }),
      of_switchers("switcher.max_dist", [&m](int32_t s) { return m.switcher(s).max_dist; }),
      of_switchers("switcher.salary_now", [&m](int32_t s) { return m.switcher(s).salary_now; }),
      of_switchers("switcher.salary_floor", [&m](int32_t s) { return m.switcher(s).salary_floor; }),
      of_switchers("switcher.study_hours", [&m](int32_t s) { return m.switcher(s).study_hours; }),
      of_switchers("switcher.available", [&m](int32_t s) { return m.switcher(s).available; }),
      of_vacancies("vacancy.openings", [&m](int32_t v) { return m.vacancy(v).openings; }),
      of_vacancies("vacancy.required", [&m](int32_t v) { return m.vacancy_required[v].size(); }),
      of_vacancies("vacancy.nice", [&m](int32_t v) { return m.vacancy_nice[v].size(); }),
      of_vacancies("vacancy.salary_max", [&m](int32_t v) { return m.vacancy(v).salary_max; }),
      of_vacancies("vacancy.hours", [&m](int32_t v) { return m.vacancy(v).hours; }),
      of_vacancies("vacancy.latest_ready", [&m](int32_t v) { return m.vacancy(v).latest_ready; }),
      of_starts("start.capacity", [&m](int32_t p) { return m.start(p).capacity; }),
      of_starts("start.min", [&m](int32_t p) { return m.start(p).min; }),
      of_starts("start.begins", [&m](int32_t p) { return m.start(p).begins; }),
      of_starts("start.modules", [&m](int32_t p) { return m.start_modules[p].size(); }),
      {"module.hours", SpreadOf(std::move(hours))},
  };
}

int64_t BusiestSkillsPermille(const Market& m) {
  std::vector<int64_t> uses(static_cast<size_t>(m.skill_names.size()), 0);
  int64_t total = 0;
  for (int32_t s = 0; s < m.switcher_count(); ++s) {
    for (const int32_t skill : m.switcher_skills[s]) ++uses[static_cast<size_t>(skill)];
    total += static_cast<int64_t>(m.switcher_skills[s].size());
  }
  std::ranges::sort(uses, std::greater<>());
  int64_t busiest = 0;
  for (size_t i = 0; i < (uses.size() + 99) / 100; ++i) busiest += uses[i];
  return total == 0 ? 0 : busiest * 1000 / total;
}

std::vector<SectorCount> SectorsOf(const Market& m) {
  std::vector<SectorCount> sectors(static_cast<size_t>(m.sector_names.size()));
  for (size_t i = 0; i < sectors.size(); ++i) {
    sectors[i].name = std::string(m.sector_names[static_cast<int32_t>(i)]);
  }
  std::vector<int32_t> sector_of(static_cast<size_t>(m.occupation_names.size()), kNone);
  for (const Vacancy& vacancy : m.vacancies) {
    sectors[static_cast<size_t>(vacancy.sector)].openings += vacancy.openings;
    sector_of[static_cast<size_t>(vacancy.occupation)] = vacancy.sector;
  }
  for (int32_t s = 0; s < m.switcher_count(); ++s) {
    const auto prefs = m.switcher_prefs[s];
    if (!prefs.empty()) ++sectors[static_cast<size_t>(prefs[0])].first_wishes;
  }
  for (int32_t p = 0; p < m.start_count(); ++p) {
    std::vector<int32_t> served;
    for (const int32_t occupation : m.start_occupations[p]) {
      served.push_back(sector_of[static_cast<size_t>(occupation)]);
    }
    std::ranges::sort(served);
    served.erase(std::unique(served.begin(), served.end()), served.end());
    for (const int32_t sector : served) {
      if (sector != kNone) sectors[static_cast<size_t>(sector)].seats += m.start(p).capacity;
    }
  }
  std::ranges::sort(sectors, [](const SectorCount& a, const SectorCount& b) {
    return a.openings != b.openings ? a.openings > b.openings : a.name < b.name;
  });
  return sectors;
}

// Every so-many-th switcher, and every so-many-th of the vacancies that she could accept.
Reach ReachOf(const Market& m) {
  std::vector<std::vector<int32_t>> starts_of(static_cast<size_t>(m.occupation_names.size()));
  for (int32_t p = 0; p < m.start_count(); ++p) {
    for (const int32_t o : m.start_occupations[p]) starts_of[static_cast<size_t>(o)].push_back(p);
  }
  Reach sum;
  const int64_t count = m.switcher_count();
  const int64_t sampled = std::min(count, kSampledSwitchers);
  for (int64_t i = 0; i < sampled; ++i) {
    const auto s = static_cast<int32_t>(i * count / sampled);
    const Switcher& her = m.switcher(s);
    std::vector<int32_t> acceptable;
    for (int32_t v = 0; v < m.vacancy_count(); ++v) {
      const Vacancy& job = m.vacancy(v);
      const int64_t reach = int64_t{her.max_dist} * her.max_dist;
      if (DistanceSquared(her.x, her.y, job.x, job.y) > reach) continue;
      ++sum.vacancies;
      if (job.salary_max < her.salary_floor || job.hours < her.hours_min) continue;
      if (job.hours <= her.hours_max) acceptable.push_back(v);
    }
    const auto all = static_cast<int64_t>(acceptable.size());
    const int64_t tried = std::min(all, kSampledVacancies);
    int64_t direct = 0;
    int64_t learning = 0;
    int64_t contracts = 0;
    for (int64_t k = 0; k < tried; ++k) {
      const int32_t v = acceptable[static_cast<size_t>(k * all / tried)];
      int64_t ways = Check(m, {s, v, kNone}).feasible ? 1 : 0;
      direct += ways;
      contracts += ways;
      ways = 0;
      for (const int32_t p : starts_of[static_cast<size_t>(m.vacancy(v).occupation)]) {
        ways += Check(m, {s, v, p}).feasible ? 1 : 0;
      }
      learning += ways > 0 ? 1 : 0;
      contracts += ways;
    }
    sum.acceptable += all;
    sum.direct += tried == 0 ? 0 : direct * 100 * all / tried;
    sum.learning += tried == 0 ? 0 : learning * 100 * all / tried;
    sum.contracts += tried == 0 ? 0 : contracts * 100 * all / tried;
  }
  if (sampled == 0) return sum;
  sum.switchers = sampled;
  sum.vacancies = sum.vacancies * 100 / sampled;
  sum.acceptable = sum.acceptable * 100 / sampled;
  sum.direct /= sampled;
  sum.learning /= sampled;
  sum.contracts /= sampled;
  return sum;
}

MarketMap MapOf(const Market& m, int32_t width) {
  if (m.switchers.empty() || m.vacancies.empty()) return {};
  // The middle 99 % of the people: one far away must not shrink the rest to a dot.
  std::vector<int64_t> xs;
  std::vector<int64_t> ys;
  for (const Switcher& s : m.switchers) {
    xs.push_back(s.x);
    ys.push_back(s.y);
  }
  std::ranges::sort(xs);
  std::ranges::sort(ys);
  const size_t edge = xs.size() / 200;
  const int64_t west = xs[edge];
  const int64_t south = ys[edge];
  const int64_t across = xs[xs.size() - 1 - edge] - west + 1;
  const int64_t upwards = ys[ys.size() - 1 - edge] - south + 1;
  MarketMap map;
  map.width = width;
  // A character is about twice as high as wide.
  map.height = static_cast<int32_t>(
      std::clamp<int64_t>(upwards * width / across / 2, 1, int64_t{4} * width));
  const auto cells = static_cast<size_t>(map.width) * static_cast<size_t>(map.height);
  map.people.assign(cells, 0);
  map.openings.assign(cells, 0);
  const auto add = [&](std::vector<int64_t>& to, int64_t x, int64_t y, int64_t number) {
    if (x < west || y < south || x >= west + across || y >= south + upwards) return;
    const int64_t column = (x - west) * map.width / across;
    const int64_t row = map.height - 1 - (y - south) * map.height / upwards;
    to[static_cast<size_t>(row * map.width + column)] += number;
  };
  for (const Switcher& s : m.switchers) add(map.people, s.x, s.y, 1);
  for (const Vacancy& v : m.vacancies) add(map.openings, v.x, v.y, v.openings);
  return map;
}

}  // namespace

Spread SpreadOf(std::vector<int64_t> numbers) {
  if (numbers.empty()) return {};
  std::ranges::sort(numbers);
  int64_t sum = 0;
  for (const int64_t number : numbers) sum += number;
  const size_t last = numbers.size() - 1;
  return {.least = numbers.front(),
          .tenth = numbers[last / 10],
          .median = numbers[last / 2],
          .nine_tenths = numbers[last - last / 10],
          .most = numbers.back(),
          .mean_hundredths = sum * 100 / static_cast<int64_t>(numbers.size())};
}

MarketStats StatsOf(const Market& market, int32_t map_width) {
  MarketStats stats;
  for (const Vacancy& vacancy : market.vacancies) {
    stats.openings += vacancy.openings;
    stats.qualified_vacancies += vacancy.qualification != kNone ? 1 : 0;
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    const Start& start = market.start(p);
    stats.seats += start.capacity;
    stats.minima += start.min;
    stats.online += start.online ? 1 : 0;
    stats.modules += static_cast<int64_t>(market.start_modules[p].size());
  }
  if (market.bare) return stats;
  stats.busiest_skills_permille = BusiestSkillsPermille(market);
  stats.spreads = SpreadsOf(market);
  stats.sectors = SectorsOf(market);
  stats.reach = ReachOf(market);
  stats.map = MapOf(market, map_width);
  return stats;
}

}  // namespace matchgo::scheduler::engine
