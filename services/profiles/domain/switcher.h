// Switcher: a person who wants another profession: who she is, apart from what she can and wants.
//
// The identity is read only where it is needed and is absent everywhere else. Neither part is ever
// logged. Pure. Test: tests/unit/services/profiles/switcher_lifecycle_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/kernel/ids.h"
#include "common/time/instant.h"
#include "services/profiles/domain/profile.h"

namespace matchgo::profiles::domain {

struct Identity {
  std::string full_name;
  std::string email;
  std::string phone;
  int32_t birth_year = 0;

  friend bool operator==(const Identity&, const Identity&) = default;
};

// The numbers are those of the wire and of the store.
enum class State { kActive = 1, kWithdrawn = 2 };

struct Switcher {
  SwitcherId id;
  TenantId partner;  // through whom she came
  std::optional<Identity> identity;
  MatchingProfile profile;
  State state = State::kActive;
  Day last_confirmed;
  Instant created;
  Instant updated;
  int64_t version = 0;
  int64_t sequence = 0;  // of the event that made this version

  friend bool operator==(const Switcher&, const Switcher&) = default;
};

// "switchers/{switcher}"
std::string NameOf(const SwitcherId& id);

// All that is wrong, as violations of "switcher.…".
Status Validate(const Switcher& switcher);

}  // namespace matchgo::profiles::domain
