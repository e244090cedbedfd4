// Employer: an organisation that hires switchers, as a value.
//
// Says what an employer is and when one is sound; the shape of single fields is checked before it
// gets here. Pure. Test: tests/unit/services/vacancies/employer_test.cc
#pragma once

#include <cstdint>
#include <string>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/kernel/location.h"
#include "common/time/instant.h"

namespace matchgo::vacancies::domain {

// The numbers are those of the wire and of the store.
enum class EmployerState { kActive = 1, kClosed = 2 };

struct Employer {
  EmployerId id;
  std::string display_name;
  std::string kvk_number;
  std::string sector;
  Location location;
  EmployerState state = EmployerState::kActive;
  Instant created;
  Instant updated;
  int64_t version = 0;
  int64_t sequence = 0;  // of the event that made this version

  friend bool operator==(const Employer&, const Employer&) = default;
};

// The organisation that an employer's records belong to.
TenantId TenantOf(const EmployerId& employer);

// All that is wrong, as violations of "employer.…".
Status Validate(const Employer& employer);

// The next version of `current`, with the content of `wanted`; `current` itself if that says
// nothing new. EMPLOYER_CLOSED.
StatusOr<Employer> Edit(const Employer& current, Employer wanted, Instant now);

// Hires nobody any more; nothing leads back. EMPLOYER_CLOSED if it was so already.
StatusOr<Employer> Close(Employer employer, Instant now);

}  // namespace matchgo::vacancies::domain
