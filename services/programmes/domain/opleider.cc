#include "services/programmes/domain/opleider.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "common/geography/locate.h"
#include "services/programmes/reasons.h"

namespace matchgo::programmes::domain {

Status Validate(const Opleider& opleider) {
  Violations found;
  // A seat is optional and nobody is matched on it, so a town's name alone will do.
  if (opleider.location.has_value() && opleider.location->known()) {
    geography::CheckLocated(*opleider.location, "opleider.location", found);
  }
  return std::move(found).ToStatus();
}

Status CheckActive(const Opleider& opleider) {
  return opleider.state == OpleiderState::kActive ? absl::OkStatus()
                                                  : Precondition(kOpleiderClosed);
}

StatusOr<Opleider> Close(Opleider opleider) {
  RETURN_IF_ERROR(CheckActive(opleider));
  opleider.state = OpleiderState::kClosed;
  return opleider;
}

}  // namespace matchgo::programmes::domain
