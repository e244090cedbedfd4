// Projection: the neighbours' records become one market/1, one function per rule.
//
// Every rule is a pure function of a record and the day of the freeze; Project applies them all and
// leaves out whoever and whatever takes no part. Decisions are listed in ../README.md. Pure. Test:
// tests/unit/services/scheduler/projection_test.cc, one test per rule
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/kernel/day.h"
#include "services/scheduler/domain/cohort_decision.h"
#include "services/scheduler/domain/market_records.h"
#include "services/scheduler/engine/market_input.h"

namespace matchgo::scheduler::domain {

inline constexpr int32_t kFreshDays = 180;      // older confirmations are stale
inline constexpr int32_t kRollingMonths = 6;    // months of a rolling start that are offered
inline constexpr int32_t kSkillLevelHeld = 2;   // from this level a skill counts as held
inline constexpr int32_t kDutchLevelLeast = 3;  // B1: what everybody in a market has
inline constexpr size_t kMarketIdBytesMax = 128;

// ---- rules about a switcher

// Everything that keeps her out on that day; empty: she takes part. Without a point for her home
// she would be matched from the middle of the sea, so she is not.
std::vector<Obstacle> ObstaclesOn(const SwitcherRecord& record, Day day);
bool IsFresh(const SwitcherRecord& record, Day day);
bool HasConsent(const SwitcherRecord& record, Day day);
bool HasPassedTest(const SwitcherRecord& record, Day day);
// Days from `day` until she can begin: her own date, and her notice when she has a job.
int32_t AvailableIn(const SwitcherRecord& record, Day day);
// Her skills in a market where `day_one` are needed on the first day somewhere: k, and k! for
// those.
std::vector<std::string> SkillsHeld(const SwitcherRecord& record,
                                    const std::set<std::string>& day_one);
// Best valid result per sector; a test for every sector counts where there is no result of its own.
std::vector<std::pair<std::string, int64_t>> AptitudeOn(const SwitcherRecord& record, Day day,
                                                        const std::set<std::string>& sectors);
// Whoever waits longest chooses first (mechanism priority): minus the days since she registered.
int64_t PriorityOn(const SwitcherRecord& record, Day day);
// All of these: her line in a market of that day. Obstacles are not looked at.
engine::MarketSwitcher LineOf(const SwitcherRecord& record, Day day,
                              const std::set<std::string>& day_one,
                              const std::set<std::string>& sectors);

// ---- rules about a vacancy

// Published, not over, and somewhere on the map.
bool TakesPart(const VacancyRecord& record, Day day);
std::string DayOneSkill(std::string_view skill);  // "k!"
std::string DutchSkill(int32_t level);            // "dutch:4!"
std::vector<std::string> RequiredSkills(const VacancyRecord& record);
// That of the vocabulary; its own when only some opleiders are accepted; one for the first day of
// the job when that is after `earliest`, the first day on which any start begins.
std::string OccupationFor(const VacancyRecord& record, Day earliest);
// Whether somebody who begins on that day begins within the window of the job.
bool BeginsInTime(const VacancyRecord& record, Day begins);
// All of these: its line in a market of that day, but for the openings.
engine::MarketVacancy LineOf(const VacancyRecord& record, Day day, Day earliest);
// The day on which a direct placement begins: whoever could sooner waits for the first day.
Day DirectBeginning(const VacancyRecord& record, Day available);
// Openings left: guidance caps them, those taken count.
int32_t OpeningsLeft(const VacancyRecord& record, int32_t seats, int32_t taken);

// ---- rules about a start

// Open, taught, for individuals, and somewhere on the map unless nobody travels to it.
bool TakesPart(const StartRecord& record, const ProgrammeRecord& programme);
// The days on which it begins, from `earliest` on: one, or the next months of a rolling start. One
// "at n people" begins on its latest day until its people were there: on the day `confirmed` then.
std::vector<Day> Beginnings(const StartRecord& record, Day earliest,
                            std::optional<Day> confirmed = {});
// Fewest newcomers with which it runs, after those who are already in.
int32_t MinimumLeft(const StartRecord& record, int32_t taken);
// Where a start of the programme may lead: the programme's occupations, and those that stand for
// vacancies which accept this opleider and a beginning on this day.
struct Leads {
  std::string_view opleider;
  Day begins;
  Day earliest;  // as for OccupationFor
};
// Whether it leads to a vacancy whose occupation is its own or has a first day.
bool LeadsTo(const VacancyRecord& special, const std::vector<std::string>& taught,
             const Leads& leads);
std::vector<std::string> OccupationsServed(const ProgrammeRecord& programme, const Leads& leads,
                                           const std::vector<VacancyRecord>& special);

// ---- all of them

// How a past answer goes on: nobody is sent back to who refused her, or whom she refused.
struct PastRefusal {
  std::string switcher;
  std::string vacancy;      // name
  std::string start_seats;  // seat resource; "" for every way to the vacancy
};

// Whoever projects brings this along; all of one moment.
struct MarketSources {
  Day day;           // of the freeze: day 0 of the market
  Day offers_until;  // nobody begins before the offers are answered
  std::string seed;
  std::vector<SwitcherRecord> switchers;
  std::vector<VacancyRecord> vacancies;
  std::vector<ProgrammeRecord> programmes;
  std::vector<StartRecord> starts;
  std::map<std::string, int32_t> taken;          // seats held or contracted, by seat resource
  std::map<std::string, int32_t> seats_at_most;  // lowered by ReleaseSeats, not yet in the feed
  std::map<std::string, Cohort> cohorts;         // decided ones, by seat resource
  std::set<std::string> with_contract;           // switcher ids
  std::set<std::string> with_offer;
  std::vector<PastRefusal> refusals;
};

// How many seats a vacancy or start in the market has now.
struct SeatPlan {
  std::string resource;
  bool is_start = false;
  int32_t capacity = 0;
};

struct ProjectedMarket {
  engine::MarketInput input;
  std::vector<SeatPlan> seats;  // by resource
  // Occupations that stand for one of the vocabulary (see OccupationFor), with that one.
  std::map<std::string, std::string> stand_ins;
  std::map<Obstacle, int32_t> kept_out;  // people, by their first obstacle
};

ProjectedMarket Project(const MarketSources& sources);

}  // namespace matchgo::scheduler::domain
