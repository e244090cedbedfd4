// References: which skills and occupations of the vocabulary a record names.
//
// Whether they exist, another service knows. Pure.
// Test: tests/unit/services/profiles/profile_service_test.cc
#pragma once

#include <set>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles::domain {

struct References {
  std::set<SkillId> skills;
  std::set<OccupationId> occupations;

  bool empty() const { return skills.empty() && occupations.empty(); }
  friend bool operator==(const References&, const References&) = default;
};

// The skills she claims. Where she worked is her history, and nobody is matched on it.
References ReferencesOf(const Switcher& switcher);

// SKILL_UNKNOWN at every claim of something in `unknown`.
Status CheckReferences(const Switcher& switcher, const References& unknown);

}  // namespace matchgo::profiles::domain
