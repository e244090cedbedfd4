#include "services/vacancies/domain/employer.h"

#include <utility>

#include "common/base/violations.h"
#include "services/vacancies/reasons.h"

namespace matchgo::vacancies::domain {

TenantId TenantOf(const EmployerId& employer) { return TenantId(employer.value()); }

Status Validate(const Employer& employer) {
  Violations violations;
  // An office is optional, but a place that is named must be one that can be found.
  if (employer.location != Location() && !employer.location.known()) {
    violations.Add("employer.location", reasons::kRequired, "a postcode or a point");
  }
  return std::move(violations).ToStatus();
}

Employer Edit(const Employer& current, Employer wanted, Instant now) {
  wanted.id = current.id;
  wanted.created = current.created;
  wanted.updated = current.updated;
  wanted.version = current.version;
  wanted.sequence = current.sequence;
  if (wanted == current) return current;
  wanted.updated = now;
  ++wanted.version;
  return wanted;
}

}  // namespace matchgo::vacancies::domain
