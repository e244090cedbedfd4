// PersonSearch: the best contracts of one person among all vacancies and starts.
//
// Groups of vacancies are visited best bound first; blocks within reach are scanned for lanes whose
// bound can still count; only those get plans and exact scores. Bounds never fall below a score, so
// nothing that qualifies is left out. One per lane, not thread-safe. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "services/scheduler/engine/best_list.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/lane_scan.h"
#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/price_tags.h"
#include "services/scheduler/engine/syllabus.h"
#include "services/scheduler/engine/vacancy_groups.h"

namespace matchgo::scheduler::engine {

struct Query;
struct Found;

// Which contracts count, whoever asks.
struct SearchTerms {
  std::optional<Place> below = {};
  std::optional<Place> above = {};
  const Admission* admission = nullptr;
  bool asks_switcher = false;  // which parties the admission is asked about
  bool asks_vacancy = true;
  bool asks_start = true;
  std::span<const Contract> declined = {};
  const PriceTags* prices = nullptr;  // null: scores as they are
  std::span<const int32_t> kinds = {};

  bool Admit(const FeasibleContract& contract) const;
};

// The part of the market that a search for a vacancy or a start looks at.
struct Focus {
  std::vector<int32_t> groups = {};
  int32_t vacancy_slot = kNone;  // kNone: all of the groups
  int32_t start_slot = kNone;    // kNone: all starts, and none
};

// What one search did; for benches.
struct SearchCounts {
  int64_t groups = 0;     // visited
  int64_t blocks = 0;     // scanned
  int64_t survivors = 0;  // lanes whose bound sufficed
  int64_t exact = 0;      // lanes worked out
  int64_t plans = 0;
  int64_t offers = 0;
};

// An order of visiting.
struct BestBoundFirst {
  bool operator()(const Survivor& a, const Survivor& b) const {
    return a.bound != b.bound ? a.bound > b.bound : a.slot < b.slot;
  }
};

// What lane scans ask of her, in the units of the index.
LanePerson LanePersonOf(const CandidateIndex& index, const Switcher& facts);

class PersonSearch {
 public:
  // REQUIRES: !index.market().bare. The index must outlive this.
  PersonSearch(const CandidateIndex& index, SimdLevel level);

  Found Best(const Query& query);
  // The same where only these vacancies can qualify, and with no more than their bounds.
  Found BestOf(const Query& query, std::span<const Survivor> lanes);

  // The best contracts in a focus with many persons: Begin, Visit each of them, Take.
  void BeginFocus(const Focus& focus, const SearchTerms& terms, int limit);
  void Visit(const Person& person);
  Found Take();
  // What scores less than this does not count any more.
  int32_t threshold() const { return list_.threshold(); }
  // Said when a person was not visited because of it.
  void LeaveOut() { list_.LeaveOut(); }

  const SearchCounts& counts() const { return counts_; }

 private:
  static constexpr int32_t kNever = std::numeric_limits<int32_t>::max();

  // A group that can still matter and the most a contract in it scores.
  struct RankedGroup {
    int32_t group = 0;
    int32_t bound = 0;
    int32_t soonest = kNever;  // begin of the first start that is of use
    bool lacks_qualification = false;
  };
  // What she brings along to one group.
  struct GroupView {
    const VacancyGroup* group = nullptr;
    const uint64_t* has = nullptr;
    bool lacks_qualification = false;
    int32_t wishes = 0;  // preference and aptitude, weighted
    int32_t soonest = kNever;
  };
  // One vacancy, all but nice and time.
  struct LaneView {
    int32_t slot = 0;
    int32_t base = 0;
    const uint64_t* nice = nullptr;
    int32_t nice_count = 0;
  };

  void Begin(const Query& query);
  void Begin(const Person& person);
  void End();
  void PreparePerson();
  void ProjectSkills();
  void ProjectOnFocus();
  bool TakesHer(size_t slot) const;
  void FindUsableStarts();
  void FindUsableStarts(int32_t syllabus);
  int32_t SoonestOf(int32_t syllabus);
  void RankGroups();
  RankedGroup Explore(int32_t g);
  RankedGroup Rank(int32_t g);
  int32_t BoundOf(const VacancyGroup& group, const RankedGroup& ranked, int32_t held,
                  int32_t within);
  int32_t WishesFor(int32_t sector);
  bool LacksQualification(const VacancyGroup& group) const;
  uint16_t SquaresWorthwhile(const RankedGroup& ranked) const;
  void VisitGroup(const RankedGroup& ranked);
  size_t Affordable(const RankedGroup& ranked, size_t count);
  int32_t NextUsable(int32_t syllabus, int32_t from) const;
  bool Leads(const Course& course, bool lacks_qualification) {
    return (course.awards || !lacks_qualification) && SoonestOf(course.syllabus) != kNever;
  }
  void Fetch(int32_t slot) const;
  void VisitBestFirst(std::span<const Survivor> lanes);
  GroupView ViewOf(const RankedGroup& ranked);
  GroupView LazyViewOf(int32_t g);
  LaneGroup LanesOf(const GroupView& view) const;
  void VisitLane(const GroupView& view, const Survivor& survivor);
  void OfferDirect(const GroupView& view, const LaneView& lane);
  void VisitCourse(const GroupView& view, const LaneView& lane, size_t course);
  void OfferStarts(const GroupView& view, const LaneView& lane, const Course& course,
                   const Plan& plan);
  int32_t NiceWith(const GroupView& view, const LaneView& lane, const uint64_t* taught) const;
  std::span<const int64_t> HoursOf(int32_t syllabus);
  bool Teachers(const Course& course, const GroupView& view);
  void Offer(const GroupView& view, const LaneView& lane, int32_t start, int32_t score,
             int32_t ready, uint64_t modules);

  const CandidateIndex& index_;
  const VacancyGroups& groups_;
  const LaneScan& scan_;

  Person who_;
  SearchTerms terms_;
  Focus focus_;
  SkillSet focus_skills_;  // asked in the focus
  LanePerson person_;
  int64_t reach_ = 0;  // squared
  bool far_ = false;   // travels farther than lane scans can tell
  BestList list_;
  SkillSet skills_;
  std::vector<uint64_t> has_;         // words of all groups
  std::vector<uint64_t> reachable_;   // the same with what usable starts teach
  std::vector<uint8_t> held_counts_;  // bits of these words
  std::vector<uint8_t> within_counts_;
  std::vector<RankedGroup> by_group_;
  std::vector<int32_t> order_;          // groups that may matter, best bound first
  std::vector<int32_t> wishes_;         // per sector, worked out when first asked
  std::vector<uint16_t> usable_;        // starts that take her, a bit per slot
  std::vector<int32_t> soonest_;        // per syllabus: begin of the first usable start, or kNever
  std::vector<int32_t> first_slot_;     // per syllabus: its slot
  std::vector<uint64_t> known_starts_;  // per syllabus: the search they were looked up for
  std::vector<uint64_t> known_groups_;  // per group: the search has_ was filled for, when lazily
  std::vector<int32_t> projected_;      // these groups
  std::vector<int32_t> blocks_;
  std::vector<Survivor> survivors_;
  std::vector<uint64_t> missing_;  // required skills that she lacks, of the lane being visited
  std::vector<uint64_t> teachers_;
  std::vector<uint64_t> plan_skills_;  // hers and those of a plan
  struct SyllabusHours {
    uint64_t search = 0;  // the search they were worked out for
    size_t first = 0;
    int64_t mandatory = 0;
  };
  std::vector<SyllabusHours> syllabus_hours_;
  std::vector<int64_t> hours_;
  uint64_t search_ = 0;
  bool any_ = false;  // some contract was seen that is not declined
  SearchCounts counts_;
};

}  // namespace matchgo::scheduler::engine
