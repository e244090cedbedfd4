#include "services/scheduler/engine/door_floors.h"

namespace matchgo::scheduler::engine {

DoorFloors::DoorFloors(const CandidateIndex& index, const Admission& doors) {
  const VacancyGroups& groups = index.groups();
  vacancies.reserve(groups.details.size());
  for (const SlotDetail& detail : groups.details) {
    vacancies.push_back(detail.vacancy == kNone ? Door::kShutFloor
                                                : doors.vacancy_floor(detail.vacancy));
  }
  starts.reserve(groups.syllabi.starts.size());
  for (const int32_t start : groups.syllabi.starts) starts.push_back(doors.start_floor(start));
}

}  // namespace matchgo::scheduler::engine
