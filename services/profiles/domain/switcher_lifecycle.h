// What may happen to a switcher: active <-> withdrawn, and confirming that all is still true.
//
// Each function takes the switcher as she is and gives her next version, or the reason why not. A
// change that says nothing new gives `current` itself, without a new version. Pure.
// Test: tests/unit/services/profiles/switcher_lifecycle_test.cc
#pragma once

#include "common/base/status.h"
#include "common/time/instant.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles::domain {

// Version 1, active, confirmed today. `content` has id, partner, identity and profile.
Switcher Create(Switcher content, Instant now);

// Identity and profile of `wanted`. SWITCHER_WITHDRAWN.
StatusOr<Switcher> Edit(const Switcher& current, Switcher wanted, Instant now);

// Still true today. SWITCHER_WITHDRAWN.
StatusOr<Switcher> Confirm(const Switcher& current, Instant now);

// SWITCHER_WITHDRAWN.
StatusOr<Switcher> Withdraw(const Switcher& current, Instant now);

// Does not confirm: what was stale stays so. SWITCHER_ACTIVE.
StatusOr<Switcher> Reactivate(const Switcher& current, Instant now);

}  // namespace matchgo::profiles::domain
