#include "services/scheduler/domain/projection.h"

#include <algorithm>
#include <array>

#include "services/scheduler/domain/market_ids.h"

namespace matchgo::scheduler::domain {
namespace {

void SortUnique(std::vector<std::string>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

int32_t At(const std::map<std::string, int32_t>& counts, const std::string& key,
           int32_t otherwise) {
  const auto found = counts.find(key);
  return found == counts.end() ? otherwise : found->second;
}

// (0, 0) is in France; it stands for "no point" everywhere.
template <class Record>
bool HasPoint(const Record& record) {
  return record.x != 0 || record.y != 0;
}

}  // namespace

std::string_view ObstacleName(Obstacle obstacle) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "NO_CONSENT", "EDUCATION", "NO_EXPERIENCE", "NO_VALID_TEST", "STALE",
      "LANGUAGE",   "WITHDRAWN", "NO_LOCATION",   "HAS_CONTRACT",  "HAS_OFFER"};
  return kNames[static_cast<size_t>(obstacle)];
}

bool IsFresh(const SwitcherRecord& record, Day day) {
  return day - record.last_confirmed <= kFreshDays;
}

bool HasConsent(const SwitcherRecord& record, Day day) {
  return std::any_of(record.matching_consents.begin(), record.matching_consents.end(),
                     [&](const ConsentGiven& consent) {
                       return consent.given_on <= day &&
                              (!consent.withdrawn_on.has_value() || *consent.withdrawn_on > day);
                     });
}

bool HasPassedTest(const SwitcherRecord& record, Day day) {
  return std::any_of(record.tests.begin(), record.tests.end(), [&](const TestTaken& test) {
    return test.taken_on <= day && day <= test.valid_until && test.score >= test.norm;
  });
}

std::vector<Obstacle> ObstaclesOn(const SwitcherRecord& record, Day day) {
  std::vector<Obstacle> obstacles = record.standing;
  if (!HasConsent(record, day)) obstacles.push_back(Obstacle::kNoConsent);
  if (!HasPassedTest(record, day)) obstacles.push_back(Obstacle::kNoValidTest);
  if (!IsFresh(record, day)) obstacles.push_back(Obstacle::kStale);
  if (!HasPoint(record)) obstacles.push_back(Obstacle::kNoLocation);
  std::sort(obstacles.begin(), obstacles.end());
  obstacles.erase(std::unique(obstacles.begin(), obstacles.end()), obstacles.end());
  return obstacles;
}

int32_t AvailableIn(const SwitcherRecord& record, Day day) {
  const int32_t own_date = record.available_from - day;
  const int32_t notice = record.employed ? record.notice_days : 0;
  return std::max({own_date, notice, 0});
}

std::string DayOneSkill(std::string_view skill) { return std::string(skill) + "!"; }

std::string DutchSkill(int32_t level) { return "dutch:" + std::to_string(level) + "!"; }

std::vector<std::string> SkillsHeld(const SwitcherRecord& record,
                                    const std::set<std::string>& day_one) {
  std::vector<std::string> held;
  for (const SkillHeld& skill : record.skills) {
    if (skill.level < kSkillLevelHeld) continue;
    held.push_back(skill.skill);
    if (day_one.contains(skill.skill)) held.push_back(DayOneSkill(skill.skill));
  }
  for (int32_t level = kDutchLevelLeast + 1; level <= record.dutch_level; ++level) {
    held.push_back(DutchSkill(level));
  }
  SortUnique(held);
  return held;
}

std::vector<std::pair<std::string, int64_t>> AptitudeOn(const SwitcherRecord& record, Day day,
                                                        const std::set<std::string>& sectors) {
  std::map<std::string, int64_t> best;
  std::optional<int64_t> everywhere;
  for (const TestTaken& test : record.tests) {
    if (test.taken_on > day || day > test.valid_until) continue;
    const int64_t score = std::clamp(test.score, 0, 1000);
    if (test.sector.empty()) {
      everywhere = std::max(everywhere.value_or(0), score);
    } else {
      const auto [at, made] = best.emplace(test.sector, score);
      if (!made) at->second = std::max(at->second, score);
    }
  }
  if (everywhere.has_value()) {
    for (const std::string& sector : sectors) best.emplace(sector, *everywhere);
  }
  return {best.begin(), best.end()};
}

int64_t PriorityOn(const SwitcherRecord& record, Day day) {
  return std::min<int64_t>(0, record.registered_on - day);
}

engine::MarketSwitcher LineOf(const SwitcherRecord& record, Day day,
                              const std::set<std::string>& day_one,
                              const std::set<std::string>& sectors) {
  engine::MarketSwitcher switcher;
  switcher.id = record.id;
  switcher.skills = SkillsHeld(record, day_one);
  switcher.qualifications = record.qualifications;
  SortUnique(switcher.qualifications);
  switcher.level = record.level;
  switcher.x = record.x;
  switcher.y = record.y;
  switcher.max_dist = int64_t{record.travel_km_max} * 10;  // hectometres
  switcher.salary_now = record.salary_now;
  switcher.salary_floor = record.salary_floor;
  switcher.hours_min = record.hours_min;
  switcher.hours_max = record.hours_max;
  switcher.study_hours = record.study_hours;
  switcher.available = AvailableIn(record, day);
  for (const std::string& sector : record.sector_wishes) {
    const auto& prefs = switcher.prefs;
    if (std::find(prefs.begin(), prefs.end(), sector) == prefs.end()) {
      switcher.prefs.push_back(sector);
    }
  }
  switcher.aptitude = AptitudeOn(record, day, sectors);
  switcher.priority = PriorityOn(record, day);
  return switcher;
}

bool TakesPart(const VacancyRecord& record, Day day) {
  return record.published && day <= record.expires_on && day <= record.ready_by && HasPoint(record);
}

std::vector<std::string> RequiredSkills(const VacancyRecord& record) {
  std::vector<std::string> required = record.learnable_skills;
  for (const std::string& skill : record.day_one_skills) required.push_back(DayOneSkill(skill));
  if (record.dutch_level > kDutchLevelLeast) required.push_back(DutchSkill(record.dutch_level));
  SortUnique(required);
  return required;
}

std::string OccupationFor(const VacancyRecord& record, Day earliest) {
  if (!record.accepted_opleiders.empty()) return "@" + VacancyMarketId(record.name);
  if (!record.start_from.has_value() || earliest >= *record.start_from) return record.occupation;
  return record.occupation + "@" + FormatDay(*record.start_from);
}

bool BeginsInTime(const VacancyRecord& record, Day begins) {
  return !record.start_from.has_value() || begins >= *record.start_from;
}

engine::MarketVacancy LineOf(const VacancyRecord& record, Day day, Day earliest) {
  engine::MarketVacancy vacancy;
  vacancy.id = VacancyMarketId(record.name);
  vacancy.required = RequiredSkills(record);
  vacancy.nice = record.nice_skills;
  SortUnique(vacancy.nice);
  if (!record.qualification.empty()) vacancy.qualification = record.qualification;
  vacancy.occupation = OccupationFor(record, earliest);
  vacancy.sector = record.sector;
  vacancy.x = record.x;
  vacancy.y = record.y;
  vacancy.salary_max = record.salary_max;
  vacancy.hours = record.hours;
  vacancy.latest_ready = record.ready_by - day;
  return vacancy;
}

Day DirectBeginning(const VacancyRecord& record, Day available) {
  return std::max(available, record.start_from.value_or(available));
}

int32_t OpeningsLeft(const VacancyRecord& record, int32_t seats, int32_t taken) {
  const int32_t guided =
      record.guidance_capacity > 0 ? std::min(seats, record.guidance_capacity) : seats;
  return std::max(0, guided - taken);
}

bool TakesPart(const StartRecord& record, const ProgrammeRecord& programme) {
  return record.state == StartState::kOpen && programme.active && !record.groups_only &&
         (record.online || HasPoint(record));
}

std::vector<Day> Beginnings(const StartRecord& record, Day earliest, std::optional<Day> confirmed) {
  if (record.rhythm != Rhythm::kRolling) {
    const Day begins = confirmed.value_or(record.begins_on);
    if (begins < earliest) return {};
    return {begins};
  }
  std::vector<Day> days;
  // Twelve months a year bounds the search, whatever the first day was.
  const int first = std::max(0, (earliest.year() - record.begins_on.year()) * 12 +
                                    earliest.month() - record.begins_on.month());
  for (int month = first; days.size() < static_cast<size_t>(kRollingMonths); ++month) {
    const Day day = AddMonths(record.begins_on, month);
    if (day >= earliest) days.push_back(day);
  }
  return days;
}

int32_t MinimumLeft(const StartRecord& record, int32_t taken) {
  return std::max(0, record.minimum - taken);
}

bool LeadsTo(const VacancyRecord& special, const std::vector<std::string>& taught,
             const Leads& leads) {
  const auto holds = [](const auto& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  const auto& accepted = special.accepted_opleiders;
  return (accepted.empty() || holds(accepted, leads.opleider)) &&
         BeginsInTime(special, leads.begins) && holds(taught, special.occupation);
}

std::vector<std::string> OccupationsServed(const ProgrammeRecord& programme, const Leads& leads,
                                           const std::vector<VacancyRecord>& special) {
  std::vector<std::string> served = programme.occupations;
  for (const VacancyRecord& vacancy : special) {
    if (LeadsTo(vacancy, programme.occupations, leads)) {
      served.push_back(OccupationFor(vacancy, leads.earliest));
    }
  }
  SortUnique(served);
  return served;
}

namespace {

// One projection under way: what the rules need to know about each other's results.
class Projector {
 public:
  explicit Projector(const MarketSources& sources)
      : sources_(sources), earliest_(std::max(sources.day, sources.offers_until)) {}

  ProjectedMarket Run() {
    market_.input.seed = sources_.seed;
    market_.input.today = sources_.day.number();
    for (const VacancyRecord& vacancy : sources_.vacancies) AddVacancy(vacancy);
    std::map<std::string, const ProgrammeRecord*> programmes;
    for (const ProgrammeRecord& programme : sources_.programmes) {
      programmes[programme.name] = &programme;
    }
    for (const StartRecord& start : sources_.starts) {
      const auto programme = programmes.find(ProgrammeOf(start.name));
      if (programme != programmes.end()) AddStart(start, *programme->second);
    }
    for (const SwitcherRecord& switcher : sources_.switchers) AddSwitcher(switcher);
    for (const PastRefusal& refusal : sources_.refusals) AddRefusal(refusal);
    Order();
    return std::move(market_);
  }

 private:
  void AddVacancy(const VacancyRecord& record) {
    if (!TakesPart(record, sources_.day)) return;
    engine::MarketVacancy vacancy = LineOf(record, sources_.day, earliest_);
    const int32_t seats =
        std::min(record.openings, At(sources_.seats_at_most, record.name, record.openings));
    vacancy.openings = OpeningsLeft(record, seats, At(sources_.taken, record.name, 0));
    if (vacancy.openings == 0 || vacancy.id.size() > kMarketIdBytesMax) return;
    day_one_.insert(record.day_one_skills.begin(), record.day_one_skills.end());
    sectors_.insert(record.sector);
    // One of a kind is enough where many share the occupation and the first day.
    const bool special = vacancy.occupation != record.occupation;
    if (special && market_.stand_ins.emplace(vacancy.occupation, record.occupation).second) {
      special_.push_back(record);
    }
    vacancies_[record.name] = {.id = vacancy.id, .occupation = vacancy.occupation};
    market_.seats.push_back({.resource = record.name, .is_start = false, .capacity = seats});
    market_.input.vacancies.push_back(std::move(vacancy));
  }

  // Past its decision date only a start that was decided to run takes more people.
  bool MayStillFill(const StartRecord& record, const std::string& resource, Day begins) const {
    const auto decided = sources_.cohorts.find(resource);
    if (decided != sources_.cohorts.end()) return decided->second.state == CohortState::kRuns;
    return record.minimum <= 1 || sources_.day < DecisionDay(record, begins);
  }

  std::optional<Day> Confirmed(const StartRecord& record) const {
    const auto decided = sources_.cohorts.find(record.name);
    if (decided == sources_.cohorts.end()) return std::nullopt;
    return decided->second.begins_on;
  }

  void AddStart(const StartRecord& record, const ProgrammeRecord& programme) {
    if (!TakesPart(record, programme)) return;
    for (const Day begins : Beginnings(record, earliest_, Confirmed(record))) {
      const StartKey key{.name = record.name,
                         .month = record.rhythm == Rhythm::kRolling ? MonthOf(begins) : ""};
      const std::string resource = SeatResource(key);
      if (!MayStillFill(record, resource, begins)) continue;
      const int32_t seats =
          std::min({record.capacity, At(sources_.seats_at_most, record.name, record.capacity),
                    At(sources_.seats_at_most, resource, record.capacity)});
      const int32_t taken = At(sources_.taken, resource, 0);
      engine::MarketStart start;
      start.id = StartMarketId(key);
      start.capacity = std::max(0, seats - taken);
      start.min = MinimumLeft(record, taken);
      if (start.capacity == 0 || start.min > start.capacity) continue;
      if (start.id.size() > kMarketIdBytesMax) continue;
      start.programme = VacancyMarketId(programme.name);  // the ids of the name
      start.begins = begins - sources_.day;
      start.entry_level = std::max(1, programme.entry_level);
      start.occupations = OccupationsServed(
          programme, {.opleider = OwnerOf(record.name), .begins = begins, .earliest = earliest_},
          special_);
      start.awards = programme.awards;
      SortUnique(start.awards);
      start.online = record.online;
      start.x = record.x;
      start.y = record.y;
      start.modules = programme.modules;
      starts_[resource] = start.id;
      market_.seats.push_back({.resource = resource, .is_start = true, .capacity = seats});
      market_.input.starts.push_back(std::move(start));
    }
  }

  void AddSwitcher(const SwitcherRecord& record) {
    std::vector<Obstacle> obstacles = ObstaclesOn(record, sources_.day);
    if (sources_.with_contract.contains(record.id)) obstacles.push_back(Obstacle::kHasContract);
    if (sources_.with_offer.contains(record.id)) obstacles.push_back(Obstacle::kHasOffer);
    if (!obstacles.empty()) {
      ++market_.kept_out[obstacles.front()];
      return;
    }
    switchers_.insert(record.id);
    market_.input.switchers.push_back(LineOf(record, sources_.day, day_one_, sectors_));
  }

  void AddRefusal(const PastRefusal& refusal) {
    const auto vacancy = vacancies_.find(refusal.vacancy);
    if (vacancy == vacancies_.end() || !switchers_.contains(refusal.switcher)) return;
    const auto& [id, occupation] = vacancy->second;
    auto& declined = market_.input.declined;
    if (!refusal.start_seats.empty()) {
      const auto start = starts_.find(refusal.start_seats);
      if (start != starts_.end()) declined.push_back({refusal.switcher, id, start->second});
      return;
    }
    declined.push_back({refusal.switcher, id, std::nullopt});
    for (const engine::MarketStart& start : market_.input.starts) {
      if (std::binary_search(start.occupations.begin(), start.occupations.end(), occupation)) {
        declined.push_back({refusal.switcher, id, start.id});
      }
    }
  }

  void Order() {
    auto& declined = market_.input.declined;
    std::sort(declined.begin(), declined.end());
    declined.erase(std::unique(declined.begin(), declined.end()), declined.end());
    std::sort(market_.seats.begin(), market_.seats.end(),
              [](const SeatPlan& a, const SeatPlan& b) { return a.resource < b.resource; });
  }

  const MarketSources& sources_;
  const Day earliest_;  // the first day on which a start may begin
  ProjectedMarket market_;
  std::set<std::string> day_one_;
  std::set<std::string> sectors_;
  std::set<std::string> switchers_;
  struct Offered {
    std::string id;
    std::string occupation;
  };
  std::map<std::string, Offered> vacancies_;   // by name
  std::map<std::string, std::string> starts_;  // seat resource -> id
  std::vector<VacancyRecord> special_;         // a vacancy for each occupation that stands in
};

}  // namespace

ProjectedMarket Project(const MarketSources& sources) { return Projector(sources).Run(); }

}  // namespace matchgo::scheduler::domain
