#include "services/vacancies/domain/employer.h"

#include <utility>

#include "common/base/violations.h"
#include "common/geography/locate.h"
#include "services/vacancies/reasons.h"

namespace matchgo::vacancies::domain {

TenantId TenantOf(const EmployerId& employer) { return TenantId(employer.value()); }

Status Validate(const Employer& employer) {
  Violations violations;
  // An office is optional, but a place that is named must be one that can be found.
  if (employer.location != Location()) {
    geography::CheckLocated(employer.location, "employer.location", violations);
  }
  return std::move(violations).ToStatus();
}

StatusOr<Employer> Edit(const Employer& current, Employer wanted, Instant now) {
  if (current.state == EmployerState::kClosed) return Precondition(reasons::kEmployerClosed);
  wanted.id = current.id;
  wanted.state = current.state;
  wanted.created = current.created;
  wanted.updated = current.updated;
  wanted.version = current.version;
  wanted.sequence = current.sequence;
  if (wanted == current) return current;
  wanted.updated = now;
  ++wanted.version;
  return wanted;
}

StatusOr<Employer> Close(Employer employer, Instant now) {
  if (employer.state == EmployerState::kClosed) return Precondition(reasons::kEmployerClosed);
  employer.state = EmployerState::kClosed;
  employer.updated = now;
  ++employer.version;
  return employer;
}

}  // namespace matchgo::vacancies::domain
