#include "services/scheduler/engine/admission.h"

#include "services/scheduler/engine/candidate_index.h"

namespace matchgo::scheduler::engine {

Admission::Admission(const CandidateIndex& index)
    : switcher_count_(index.market().switchers.size()),
      vacancies_(index.market().vacancies.size(), Door::Open()),
      starts_(index.market().starts.size(), Door::Open()) {}

void Admission::SetVacancy(int32_t vacancy, const Door& door) {
  vacancies_[static_cast<size_t>(vacancy)] = door;
}

void Admission::SetStart(int32_t start, const Door& door) {
  starts_[static_cast<size_t>(start)] = door;
}

void Admission::SetSwitcher(int32_t switcher, const Door& door) {
  if (switchers_.empty()) switchers_.assign(switcher_count_, Door::Open());
  switchers_[static_cast<size_t>(switcher)] = door;
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
