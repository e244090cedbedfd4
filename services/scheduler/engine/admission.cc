#include "services/scheduler/engine/admission.h"

#include "services/scheduler/engine/candidate_index.h"

namespace matchgo::scheduler::engine {

Admission::Admission(const CandidateIndex& index)
    : index_(index),
      vacancies_(index.market().vacancies.size(), Door::Open()),
      slot_floors_(index.groups().details.size(), Door::kShutFloor),
      starts_(index.market().starts.size(), Door::Open()) {
  for (const int32_t slot : index.groups().slot_of) {
    slot_floors_[static_cast<size_t>(slot)] = Door::Open().floor();
  }
}

void Admission::SetVacancy(int32_t vacancy, const Door& door) {
  vacancies_[static_cast<size_t>(vacancy)] = door;
  if (slot_floors_.empty()) return;
  const int32_t slot = index_.groups().slot_of[static_cast<size_t>(vacancy)];
  slot_floors_[static_cast<size_t>(slot)] = door.floor();
}

void Admission::SetStart(int32_t start, const Door& door) {
  starts_[static_cast<size_t>(start)] = door;
}

void Admission::SetSwitcher(int32_t switcher, const Door& door) {
  if (switchers_.empty()) {
    const size_t count = index_.market().switchers.size();
    switchers_.assign(count, Door::Open());
    row_floors_.assign(count, Door::Open().floor());
    asked_.assign(count / SwitcherRows::kRows + 1, ~uint64_t{0});
  }
  switchers_[static_cast<size_t>(switcher)] = door;
  if (index_.market().bare) return;  // no rows
  const size_t row = index_.switchers().RowOf(switcher);
  row_floors_[row] = door.floor();
  uint64_t& box = asked_[row / SwitcherRows::kRows];
  const uint64_t bit = uint64_t{1} << (row % SwitcherRows::kRows);
  box = door.floor() == Door::kShutFloor ? box & ~bit : box | bit;
}

bool Admission::VacancyAdmits(const Place& place) const {
  return vacancies_[static_cast<size_t>(place.contract.vacancy)].Admits(place);
}

bool Admission::StartAdmits(const Place& place) const {
  return place.contract.direct() ||
         starts_[static_cast<size_t>(place.contract.start)].Admits(place);
}

bool Admission::SwitcherWants(const Place& place) const {
  return switchers_.empty() || place.contract.switcher == kNone ||
         switchers_[static_cast<size_t>(place.contract.switcher)].Admits(place);
}

}  // namespace matchgo::scheduler::engine
