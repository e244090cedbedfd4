// The neighbours' messages as records of the scheduler: only what a round looks at.
//
// Dates that do not parse leave their record out of matching (nullopt); the owners check them, so
// that is a fault of theirs. Pure. Test: tests/unit/services/scheduler/service_test.cc
#pragma once

#include <optional>

#include "matchgo/profiles/v1/switcher.pb.h"
#include "matchgo/programmes/v1/programme.pb.h"
#include "matchgo/trajectories/v1/trajectory.pb.h"
#include "matchgo/vacancies/v1/vacancy.pb.h"
#include "services/scheduler/domain/market_records.h"

namespace matchgo::scheduler {

std::optional<domain::SwitcherRecord> RecordOf(const profiles::v1::Switcher& switcher);
std::optional<domain::VacancyRecord> RecordOf(const vacancies::v1::Vacancy& vacancy);
std::optional<domain::ProgrammeRecord> RecordOf(const programmes::v1::Programme& programme);
std::optional<domain::StartRecord> RecordOf(const programmes::v1::Start& start);
// Nothing while she is on her way, or at its end.
std::optional<domain::DepartureRecord> RecordOf(const trajectories::v1::Trajectory& trajectory);

}  // namespace matchgo::scheduler
