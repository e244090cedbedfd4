// The population as a market: enough of it must be matched, and not too easily.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/matchgo/demo/population.h"
#include "services/scheduler/domain/projection.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome.h"

namespace matchgo::demo {
namespace {

namespace builtin = programmes::builtin;
using scheduler::domain::MarketSources;
using scheduler::domain::Obstacle;

const Day kToday = Day::FromCivil(2026, 11, 21);

std::vector<Obstacle> StandingObstacles(const Person& p) {
  std::vector<Obstacle> standing;
  if (p.education.front().nlqf_level < 5) standing.push_back(Obstacle::kEducation);
  if (p.languages.front().cefr < 3) standing.push_back(Obstacle::kLanguage);
  return standing;
}

scheduler::domain::SwitcherRecord RecordOf(const Person& p, size_t number) {
  scheduler::domain::SwitcherRecord record{.id = "s" + std::to_string(number),
                                           .partner = "demo",
                                           .standing = StandingObstacles(p),
                                           .last_confirmed = kToday,
                                           .registered_on = kToday,
                                           .skills = {},
                                           .qualifications = p.qualifications,
                                           .level = p.education.front().nlqf_level,
                                           .dutch_level = p.languages.front().cefr,
                                           .x = p.home.grid.x,
                                           .y = p.home.grid.y,
                                           .travel_km_max = p.travel_km_max,
                                           .salary_now = p.salary_now_cents,
                                           .salary_floor = p.salary_floor_cents,
                                           .hours_min = p.hours_min,
                                           .hours_max = p.hours_max,
                                           .study_hours = p.study_hours,
                                           .available_from = p.available_from,
                                           .employed = p.employed,
                                           .notice_days = p.notice_days,
                                           .sector_wishes = p.sector_wishes,
                                           .tests = {},
                                           .matching_consents = {}};
  for (const SkillClaim& claim : p.skills) record.skills.push_back({claim.skill, claim.level});
  for (const SuitabilityTest& t : p.tests) {
    record.tests.push_back({t.sector.value_or(""), t.norm, t.score, t.taken_on, t.valid_until});
  }
  for (const Consent& c : p.consents) {
    if (c.purpose == ConsentPurpose::kMatching) {
      record.matching_consents.push_back({c.given_on, c.withdrawn_on});
    }
  }
  return record;
}

scheduler::domain::VacancyRecord RecordOf(const Vacancy& v) {
  return {.name = "employers/e/vacancies/" + v.external_reference,
          .title = v.title,
          .published = true,
          .occupation = v.occupation,
          .sector = v.sector,
          .openings = v.openings,
          .guidance_capacity = v.guidance_capacity,
          .day_one_skills = v.day_one_skills,
          .learnable_skills = v.learnable_skills,
          .nice_skills = v.nice_skills,
          .dutch_level = v.dutch_level,
          .qualification = v.qualification.value_or(""),
          .accepted_opleiders = v.accepted_opleiders,
          .x = v.location.grid.x,
          .y = v.location.grid.y,
          .salary_max = v.salary_max_cents,
          .hours = v.hours_max,
          .start_from = v.start_from,
          .ready_by = v.ready_by,
          .expires_on = v.expires_on};
}

std::vector<scheduler::engine::MarketModule> ModulesOf(const builtin::Programme& programme) {
  using scheduler::engine::Recognition;
  std::vector<scheduler::engine::MarketModule> modules;
  for (const builtin::Module& m : programme.modules) {
    const Recognition recognition =
        m.recognition == builtin::Recognition::kExempt       ? Recognition::kExempt
        : m.recognition == builtin::Recognition::kAccelerate ? Recognition::kAccelerate
                                                             : Recognition::kNone;
    modules.push_back({m.id, m.skills, m.hours, m.core, recognition, m.after});
  }
  return modules;
}

void AddProgrammes(const builtin::Catalogue& catalogue, MarketSources& sources) {
  for (const builtin::Programme& programme : catalogue.programmes) {
    const std::string name = "opleiders/" + programme.opleider + "/programmes/" + programme.id;
    sources.programmes.push_back({.name = name,
                                  .title = programme.title,
                                  .active = true,
                                  .entry_level = programme.entry_level.value_or(1),
                                  .occupations = programme.occupations,
                                  .awards = programme.awards,
                                  .modules = ModulesOf(programme)});
    for (const builtin::StartTemplate& start : programme.starts) {
      const geography::Place* place = geography::FindPlace(start.place);
      sources.starts.push_back({.name = name + "/starts/" + start.id,
                                .rhythm = start.rhythm == builtin::Rhythm::kRolling
                                              ? scheduler::domain::Rhythm::kRolling
                                              : scheduler::domain::Rhythm::kDate,
                                .begins_on = builtin::StartDays(start, kToday, 28, 400).front(),
                                .decides_on = std::nullopt,
                                .capacity = start.capacity,
                                .minimum = start.minimum,
                                .online = start.online,
                                .x = place->grid.x,
                                .y = place->grid.y});
    }
  }
}

TEST(PopulationMarketTest, AGoodShareIsMatchedManyOfThemThroughAProgramme) {
  const auto catalogue = builtin::LoadCatalogue();
  ASSERT_TRUE(catalogue.ok());
  const Population population = MakePopulation(*catalogue, {.seed = 7, .today = kToday});
  MarketSources sources;
  sources.day = kToday;
  sources.offers_until = kToday + 7;
  sources.seed = "population";
  for (size_t i = 0; i < population.people.size(); ++i) {
    sources.switchers.push_back(RecordOf(population.people[i], i));
  }
  for (const Vacancy& v : population.vacancies) sources.vacancies.push_back(RecordOf(v));
  AddProgrammes(*catalogue, sources);
  const auto projected = scheduler::domain::Project(sources);
  const auto market = scheduler::engine::BuildMarket(projected.input);
  ASSERT_TRUE(market.ok()) << market.status().ToString();
  const auto outcome = scheduler::engine::ClearMarket(market->market, {});
  ASSERT_TRUE(outcome.ok()) << outcome.status().ToString();

  const auto& summary = outcome->summary;
  std::vector<int64_t> ready;
  for (const auto& match : outcome->matches) {
    if (match.contract.start) ready.push_back(match.ready.value_or(0));
  }
  const int64_t direct = summary.matched - std::ranges::ssize(ready);
  SCOPED_TRACE("switchers " + std::to_string(summary.switchers) + ", openings " +
               std::to_string(summary.openings) + ", matched " + std::to_string(summary.matched) +
               ", direct " + std::to_string(direct) + ", running " +
               std::to_string(summary.running) + " of " + std::to_string(summary.starts));
  EXPECT_GE(summary.switchers * 100, 75 * std::ranges::ssize(population.people));
  EXPECT_LT(summary.switchers, std::ranges::ssize(population.people));
  EXPECT_GE(summary.matched * 100, 25 * summary.switchers);
  EXPECT_LE(summary.matched * 100, 60 * summary.switchers);
  EXPECT_GE(std::ranges::ssize(ready) * 2, summary.matched);
  EXPECT_GT(direct, 0);
  // Startbekwaam about half a year after the start, which is some months away.
  std::ranges::sort(ready);
  EXPECT_GE(ready[ready.size() / 2], 120);
  EXPECT_LE(ready[ready.size() / 2], 270);
  EXPECT_GE(summary.running, 20);
  EXPECT_GT(std::ranges::count_if(outcome->closed, [](const auto& c) { return c.load > 0; }), 0);
}

}  // namespace
}  // namespace matchgo::demo
