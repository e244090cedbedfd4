// Which rows each switcher of a neighbourhood could want, found for all of them at once.
//
// A row's needs are asked once for everybody: who has or could learn them all is the AND of a set
// of switchers for each need, so a row costs each of them next to nothing. Leaves out only what is
// surely not feasible, or surely scores less than she or the vacancy has. For one lane. Test:
// tests/property/engine_checker_search_property_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "services/scheduler/engine/checker_keep.h"
#include "services/scheduler/engine/checker_reach.h"
#include "services/scheduler/engine/checker_table.h"
#include "services/scheduler/engine/people_set.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

struct CheckedCandidate {
  int32_t group = 0;  // of the reach
  int32_t row = 0;
  int32_t most = 0;  // she scores no more with it, but for the time
};

class CheckedSieve {
 public:
  // `direct`: also contracts without a start.
  CheckedSieve(const CheckedTable& table, const Weights& weights, const CheckedBars& bars,
               bool direct);

  // `own`: for each of the switchers a score below which she takes nothing.
  // REQUIRES: the reach was entered by these switchers, at most PeopleSet::kMost.
  void Enter(const CheckedReach& reach, std::span<const int32_t> switchers,
             std::span<const int32_t> own);
  // Of the switcher at this position, by group, then row.
  std::span<const CheckedCandidate> RowsOf(size_t who) const { return rows_[who]; }

 private:
  struct Her {
    int32_t x = 0;
    int32_t y = 0;
    int64_t reach = 0;  // square of her longest way
    int32_t salary_floor = 0;
    int32_t salary_now = 0;
    int32_t available = 0;
    int32_t own = 0;
  };
  struct Syllabus {
    const uint64_t* taught = nullptr;
    PeopleSet takers = {};
  };

  void CollectSwitchers(std::span<const int32_t> switchers, std::span<const int32_t> own);
  void CollectNeeds(size_t who, int32_t s);
  void CollectWishes(size_t who, int32_t s);
  void BuildLadders(std::span<const int32_t> switchers);
  // At least those who may take a start, by its own rules.
  const PeopleSet& TakersOf(const CheckedReachCourse& course);
  PeopleSet NearTo(int32_t x, int32_t y) const;
  void EnterGroup(const CheckedReach& reach, const CheckedReachGroup& mine);
  void InRow(const CheckedGroup& group, int32_t at, int32_t row);
  void KeepWithNeeds(const CheckedGroup& group, int32_t row, PeopleSet& asked);
  // At least the fit of one of them.
  int32_t MostFit(const CheckedGroup& group, int32_t row, size_t who) const;

  const CheckedTable& table_;
  const Market& market_;
  const std::array<int32_t, kPartCount>& weight_;
  const CheckedBars& bars_;
  const bool direct_;
  const CheckedKeep keep_;
  std::vector<std::vector<CheckedCandidate>> rows_;  // per switcher
  // Of the switchers.
  std::vector<Her> her_;
  CheckedBox area_ = {};
  int64_t shortest_ = 0;  // reach of any
  int64_t longest_ = 0;
  std::vector<int32_t> wishes_;    // weighted; per sector, then switcher
  std::vector<PeopleSet> having_;  // per need of all
  std::vector<int32_t> touched_;   // needs that somebody has
  PeopleLadder floors_;            // by the least pay
  PeopleLadder hours_min_;
  PeopleLadder hours_max_;  // negated
  PeopleLadder available_;
  PeopleLadder levels_;            // negated
  std::vector<PeopleSet> takers_;  // per start
  std::vector<uint8_t> known_;     // per start
  // Of the group.
  std::vector<PeopleSet> has_;     // per need of the group
  std::vector<PeopleSet> could_;   // or could learn it
  std::vector<Syllabus> syllabi_;  // those that somebody can take
  // Of the row.
  std::vector<uint64_t> untaught_;  // needs, by a syllabus
  std::vector<size_t> near_;        // switchers
};

}  // namespace matchgo::scheduler::engine
