// The strong ids of the suite. One line per kind; resource names are made in common/rpc.
//
// Pure values; see common/base/strong_id.h for the rules. Test:
// tests/unit/common/base/strong_id_test.cc
#pragma once

#include "common/base/strong_id.h"

namespace matchgo {

using SwitcherId = Id<struct SwitcherTag>;
using EmployerId = Id<struct EmployerTag>;
using VacancyId = Id<struct VacancyTag>;
using OpleiderId = Id<struct OpleiderTag>;
using ProgrammeId = Id<struct ProgrammeTag>;
using ModuleId = Id<struct ModuleTag>;
using StartId = Id<struct StartTag>;
using SkillId = Id<struct SkillTag>;
using OccupationId = Id<struct OccupationTag>;
using RoundId = Id<struct RoundTag>;
using OfferId = Id<struct OfferTag>;
using ContractId = Id<struct ContractTag>;
using TrajectoryId = Id<struct TrajectoryTag>;
// The organisation that owns a record: an employer, an opleider, a partner front-end.
using TenantId = Id<struct TenantIdTag>;

}  // namespace matchgo
