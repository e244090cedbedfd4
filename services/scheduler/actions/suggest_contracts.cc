#include "services/scheduler/actions/suggest_contracts.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "common/geography/locate.h"
#include "services/scheduler/actions/scope.h"
#include "services/scheduler/domain/plan_terms.h"
#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/plan.h"
#include "services/scheduler/reasons.h"

namespace matchgo::scheduler {
namespace {

StatusOr<MarketWindow::Seen> LookAt(const Deps& deps, const Call& call) {
  MarketWindow::Seen seen = deps.window.Look();
  if (seen.view == nullptr) return Unavailable(reasons::kMarketNotReady);
  if (call.now - seen.as_of > kViewAgeMax) return Unavailable(reasons::kMarketStale);
  return seen;
}

// A profile that came with the question: what must fit together, and where she lives.
StatusOr<domain::SwitcherRecord> CompleteProfile(const SuggestCommand& command) {
  domain::SwitcherRecord record = command.profile;
  Violations violations;
  if (record.hours_max < record.hours_min) {
    violations.Add("profile.hours_max", "RANGE", "at least hours_min");
  }
  geography::CheckLocated(command.home, "profile.home", violations);
  RETURN_IF_ERROR(std::move(violations).ToStatus());
  const Location home = geography::Located(command.home);
  record.x = home.x;
  record.y = home.y;
  return record;
}

StatusOr<domain::SwitcherRecord> RecordFor(const Deps& deps, const Call& call,
                                           const SuggestCommand& command) {
  if (!command.switcher.has_value()) return CompleteProfile(command);
  auto record = deps.profiles.Find(command.switcher->value());
  domain::Terms hers;
  hers.switcher = *command.switcher;
  if (record.has_value()) hers.partner = record->partner;
  if (!record.has_value() || !MayReach(call, hers)) return NotFound(reasons::kNotFound);
  return *std::move(record);
}

// As a market of that day would see her; whatever keeps her out of a round is left aside.
engine::Profile ProfileOf(const MarketOfNow& open, const domain::SwitcherRecord& record) {
  // What no vacancy asks on day one is a name the market does not know, and drops out.
  std::set<std::string> day_one;
  for (const domain::SkillHeld& skill : record.skills) day_one.insert(skill.skill);
  return {open.market(), domain::LineOf(record, open.day(), day_one, open.sectors())};
}

// The place behind which a list goes on. A vacancy or start that is gone meanwhile only matters
// between contracts of the same score and lottery key.
engine::Place PlaceBehind(const engine::Market& market, const SuggestionCut& cut) {
  constexpr int32_t kLast = std::numeric_limits<int32_t>::max();
  const auto vacancy = market.vacancy_ids.Find(cut.vacancy);
  const auto start = market.start_ids.Find(cut.start);
  return {.score = cut.score,
          .key = cut.key,
          .contract = {.switcher = engine::kNone,
                       .vacancy = vacancy.value_or(kLast),
                       .start = cut.start.empty() ? engine::kNone : start.value_or(kLast)}};
}

struct Candidates {
  std::vector<engine::FeasibleContract> best;
  bool more = false;
};

// One more than wanted was asked for: then there is a next page.
Candidates FirstOf(std::vector<engine::FeasibleContract> best, int32_t wanted) {
  const auto most = static_cast<size_t>(wanted);
  const bool more = best.size() > most;
  if (more) best.resize(most);
  return {.best = std::move(best), .more = more};
}

// The best of each occupation go on by being found again, so that none is shown twice.
Candidates BestOfOccupations(engine::Query query, const MarketOfNow& open,
                             const SuggestCommand& command, engine::CandidateSearch& search) {
  const int32_t shown = command.after.has_value() ? command.after->shown : 0;
  query.limit = std::min(shown + command.limit + 1, kOccupationsShownMax);
  query.kinds = open.kinds();
  engine::Found found = search.Best(query);
  if (command.after.has_value()) {
    const engine::Place cut = PlaceBehind(open.market(), *command.after);
    std::erase_if(found.best, [&](const engine::FeasibleContract& contract) {
      return !engine::Better(cut, engine::PlaceOf(contract));
    });
  }
  return FirstOf(std::move(found.best), command.limit);
}

Candidates FindCandidates(const MarketView& view, const engine::Person& person,
                          const SuggestCommand& command) {
  MarketOfNow::Lease lease(*view.now);
  engine::Query query{.person = person, .limit = command.limit + 1};
  if (command.only_with_room) query.admission = view.room.get();
  if (command.distinct_occupations) {
    return BestOfOccupations(query, *view.now, command, lease.search());
  }
  if (command.after.has_value()) query.below = PlaceBehind(view.now->market(), *command.after);
  return FirstOf(lease.search().Best(query).best, command.limit);
}

// Rounded up: nobody is at home at a job that is 30 metres away.
int32_t DistanceTo(const engine::Switcher& home, int32_t x, int32_t y) {
  const int64_t squared = engine::DistanceSquared(home.x, home.y, x, y);
  int64_t low = 0;
  int64_t high = int64_t{1} << 20;
  while (low < high) {
    const int64_t middle = (low + high) / 2;
    if (middle * middle >= squared) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return static_cast<int32_t>(low);
}

void AddLearning(const engine::Market& market, const engine::Person& person,
                 const engine::Contract& contract, Suggestion* suggestion) {
  for (const int32_t skill : market.vacancy_required[contract.vacancy]) {
    if (std::ranges::binary_search(person.skills, skill)) continue;
    suggestion->learns.emplace_back(market.skill_names[skill]);
  }
  if (contract.direct()) return;
  for (const engine::Module& module : market.start_modules[contract.start]) {
    if (module.recognition == engine::Recognition::kExempt && module.hours > 0 &&
        engine::RemainingHours(module, person.skills) == 0) {
      suggestion->exempt_modules.push_back(module.id);
    }
  }
}

Suggestion Describe(const Deps& deps, const MarketView& view, const engine::Person& person,
                    const engine::FeasibleContract& found) {
  const engine::Market& market = view.now->market();
  const engine::Contract& contract = found.contract;
  const engine::Vacancy& vacancy = market.vacancy(contract.vacancy);
  Suggestion suggestion;
  suggestion.vacancy = domain::VacancyName(market.vacancy_ids[contract.vacancy]);
  suggestion.occupation = view.now->OccupationOf(contract.vacancy);
  suggestion.sector = market.sector_names[vacancy.sector];
  suggestion.score.total = found.score;
  suggestion.score.parts =
      engine::PartsOf(market, person, contract.vacancy, contract.start, found.modules, found.ready);
  suggestion.plan = domain::PlanOf(market, person, found);
  const auto record = deps.vacancies.Find(suggestion.vacancy);
  if (record.has_value()) suggestion.title = record->title;
  if (contract.direct()) {
    if (record.has_value()) domain::WaitForTheFirstDay(*record, &suggestion.plan);
  } else {
    const engine::Start& start = market.start(contract.start);
    suggestion.start = domain::StartOfMarketId(market.start_ids[contract.start]);
    if (!start.online) suggestion.start_distance = DistanceTo(person.facts, start.x, start.y);
  }
  AddLearning(market, person, contract, &suggestion);
  suggestion.terms = {.salary_max = vacancy.salary_max,
                      .hours = vacancy.hours,
                      .distance = DistanceTo(person.facts, vacancy.x, vacancy.y)};
  suggestion.has_room = view.room->Admits(engine::PlaceOf(found));
  suggestion.sentences =
      domain::DescribeMatch(suggestion.score, suggestion.plan, person.facts.salary_now > 0);
  suggestion.sentences.push_back(domain::DescribeTerms(suggestion.terms));
  if (!suggestion.exempt_modules.empty()) {
    suggestion.sentences.push_back(domain::DescribeExempt(suggestion.exempt_modules.size()));
  }
  if (!suggestion.has_room) suggestion.sentences.push_back(domain::DescribeNoRoom());
  return suggestion;
}

SuggestionCut CutBehind(const engine::Market& market, const engine::FeasibleContract& last,
                        int32_t shown) {
  SuggestionCut cut{.score = last.score,
                    .key = last.key,
                    .vacancy = std::string(market.vacancy_ids[last.contract.vacancy]),
                    .start = {},
                    .shown = shown};
  if (!last.contract.direct()) cut.start = market.start_ids[last.contract.start];
  return cut;
}

}  // namespace

StatusOr<Suggested> SuggestContracts(const Deps& deps, const Call& call,
                                     const SuggestCommand& command) {
  ASSIGN_OR_RETURN(const domain::SwitcherRecord record, RecordFor(deps, call, command));
  ASSIGN_OR_RETURN(const MarketWindow::Seen seen, LookAt(deps, call));
  const MarketView& view = *seen.view;
  const engine::Profile profile = ProfileOf(*view.now, record);
  const engine::Person person = profile.person();
  const Candidates candidates = FindCandidates(view, person, command);
  Suggested suggested;
  suggested.as_of = seen.as_of;
  suggested.position = view.position;
  suggested.suggestions.reserve(candidates.best.size());
  for (const engine::FeasibleContract& found : candidates.best) {
    suggested.suggestions.push_back(Describe(deps, view, person, found));
  }
  if (candidates.more) {
    const auto before = command.after.has_value() ? command.after->shown : 0;
    suggested.next = CutBehind(view.now->market(), candidates.best.back(),
                               before + static_cast<int32_t>(candidates.best.size()));
  }
  if (command.switcher.has_value()) {
    suggested.obstacles = domain::ObstaclesOn(record, DayOf(call.now));
    for (const domain::Obstacle obstacle : suggested.obstacles) {
      suggested.sentences.push_back(domain::DescribeObstacle(obstacle));
    }
  }
  if (candidates.best.empty() && !command.after.has_value()) {
    suggested.sentences.push_back(domain::DescribeNothingFound(command.only_with_room));
  }
  return suggested;
}

}  // namespace matchgo::scheduler
