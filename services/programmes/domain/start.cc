#include "services/programmes/domain/start.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "common/base/violations.h"
#include "common/geography/locate.h"
#include "services/programmes/reasons.h"

namespace matchgo::programmes::domain {

std::string NameOf(const Start& start) {
  return "opleiders/" + start.opleider.value() + "/programmes/" + start.programme.value() +
         "/starts/" + start.id.value();
}

bool NobodyTravels(const Start& start) {
  return !start.delivery.empty() &&
         std::all_of(start.delivery.begin(), start.delivery.end(), [](Delivery delivery) {
           return delivery == Delivery::kOnline || delivery == Delivery::kSelfStudy;
         });
}

Day DecisionDay(const Start& start) {
  return start.decides_on.value_or(start.begins_on - kDecisionDaysBefore);
}

Status Validate(const Start& start) {
  Violations found;
  if (start.minimum > start.capacity) {
    found.Add("start.minimum", "CAPACITY_ORDER", "at most the capacity");
  }
  for (size_t i = 1; i < start.delivery.size(); ++i) {
    const auto here = start.delivery.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(start.delivery.begin(), here, *here) != here) {
      found.Add("start.delivery[" + std::to_string(i) + "]", "DUPLICATE", "each once");
    }
  }
  if (!start.location.has_value() && !NobodyTravels(start)) {
    found.Add("start.location", "LOCATION_MISSING",
              "a location, unless it is online and self-study only");
  } else if (start.location.has_value() &&
             (!NobodyTravels(start) || !start.location->postcode.empty())) {
    geography::CheckLocated(*start.location, "start.location", found);
  }
  if (start.decides_on.has_value() && *start.decides_on > start.begins_on) {
    found.Add("start.decides_on", "DATE_ORDER", "not after begins_on");
  }
  return std::move(found).ToStatus();
}

StatusOr<Start> Close(Start start) {
  if (start.state != StartState::kOpen) return Precondition(kStartClosed);
  start.state = StartState::kClosed;
  return start;
}

StatusOr<Start> Cancel(Start start, std::string explanation) {
  if (start.state == StartState::kCancelled) return Precondition(kStartCancelled);
  start.state = StartState::kCancelled;
  start.cancel_explanation = std::move(explanation);
  return start;
}

}  // namespace matchgo::programmes::domain
