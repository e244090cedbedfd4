#include "services/trajectories/domain/references.h"

#include <utility>

#include "common/base/violations.h"
#include "services/trajectories/reasons.h"

namespace matchgo::trajectories::domain {

Status CheckKnown(const Known& known) {
  Violations violations;
  if (!known.switcher) {
    violations.Add("trajectory.switcher", kSwitcherUnknown, "a switcher who takes part");
  }
  if (!known.contract) {
    violations.Add("trajectory.contract", kContractUnknown,
                   "a contract of this switcher, vacancy and start");
  }
  if (!known.vacancy) violations.Add("trajectory.vacancy", kVacancyUnknown, "a vacancy");
  if (!known.start) violations.Add("trajectory.start", kStartUnknown, "a start of a programme");
  return std::move(violations).ToStatus();
}

}  // namespace matchgo::trajectories::domain
