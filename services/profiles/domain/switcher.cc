#include "services/profiles/domain/switcher.h"

#include <utility>

#include "common/base/violations.h"

namespace matchgo::profiles::domain {

std::string NameOf(const SwitcherId& id) { return "switchers/" + id.value(); }

Status Validate(const Switcher& switcher) {
  Violations violations;
  CheckProfile(switcher.profile, "switcher.profile", violations);
  return std::move(violations).ToStatus();
}

}  // namespace matchgo::profiles::domain
