// Admission: who would still take whom. For every party the worst place it would still take.
//
// An open door takes anything, a full one only what is better than its worst holding, a shut one
// nothing (a closed start; a party full of frozen contracts; a switcher with a frozen contract).
// Everything is open at first. Searches read it at the same time; nobody may write meanwhile.
// Test: tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "services/scheduler/engine/place.h"

namespace matchgo::scheduler::engine {

class CandidateIndex;

class Door {
 public:
  static constexpr int32_t kShutFloor = std::numeric_limits<int32_t>::max();

  static Door Open() { return Door({.score = -1}); }
  static Door Shut() { return Door({.score = kShutFloor}); }
  // Takes what is better than this.
  static Door Full(const Place& worst) { return Door(worst); }

  bool Admits(const Place& place) const { return Better(place, worst_); }
  // Nothing that scores less is admitted: -1 when open, kShutFloor when shut.
  int32_t floor() const { return worst_.score; }

 private:
  explicit Door(const Place& worst) : worst_(worst) {}
  Place worst_;
};

class Admission {
 public:
  explicit Admission(const CandidateIndex& index);

  void SetVacancy(int32_t vacancy, const Door& door);
  void SetStart(int32_t start, const Door& door);
  // Only reverse searches ask switchers. Costs memory from the first call on.
  void SetSwitcher(int32_t switcher, const Door& door);

  // Whether vacancy and start (if any) would take it.
  bool Admits(const Place& place) const { return VacancyAdmits(place) && StartAdmits(place); }
  bool VacancyAdmits(const Place& place) const;
  bool StartAdmits(const Place& place) const;
  // Whether the switcher would rather have it.
  bool SwitcherWants(const Place& place) const;

  int32_t vacancy_floor(int32_t vacancy) const {
    return vacancies_[static_cast<size_t>(vacancy)].floor();
  }
  int32_t start_floor(int32_t start) const { return starts_[static_cast<size_t>(start)].floor(); }
  int32_t switcher_floor(int32_t switcher) const {
    return switchers_.empty() ? -1 : switchers_[static_cast<size_t>(switcher)].floor();
  }
  // The same by slot, row and box of the index, for those who look at many: kShutFloor in a slot
  // without a vacancy.
  const int32_t* floors_by_slot() const { return slot_floors_.data(); }
  int32_t row_floor(size_t row) const { return switchers_.empty() ? -1 : row_floors_[row]; }
  // A bit for each row of a box: whose door is not shut.
  uint64_t AskedIn(size_t box) const { return switchers_.empty() ? ~uint64_t{0} : asked_[box]; }

 private:
  const CandidateIndex& index_;
  std::vector<Door> vacancies_;
  std::vector<int32_t> slot_floors_;
  std::vector<Door> starts_;
  std::vector<Door> switchers_;  // empty: all open
  std::vector<int32_t> row_floors_;
  std::vector<uint64_t> asked_;
};

}  // namespace matchgo::scheduler::engine
