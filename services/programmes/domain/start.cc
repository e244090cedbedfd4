#include "services/programmes/domain/start.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "common/base/violations.h"
#include "common/geography/locate.h"
#include "services/programmes/reasons.h"

namespace matchgo::programmes::domain {

namespace {

constexpr int32_t kWhole = 100;

// Each once, whatever the shares say.
std::vector<Delivery> WaysOf(const std::vector<DeliveryShare>& mix) {
  std::vector<Delivery> ways;
  for (const DeliveryShare& share : mix) {
    if (std::find(ways.begin(), ways.end(), share.delivery) == ways.end()) {
      ways.push_back(share.delivery);
    }
  }
  return ways;
}

bool NamesTheSameWays(const Start& start) {
  const std::vector<Delivery> ways = WaysOf(start.delivery_mix);
  return std::is_permutation(ways.begin(), ways.end(), start.delivery.begin(),
                             start.delivery.end());
}

void CheckEachOnce(const std::vector<Delivery>& ways, const std::string& list,
                   const std::string& field, Violations& found) {
  for (size_t i = 1; i < ways.size(); ++i) {
    const auto here = ways.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(ways.begin(), here, *here) == here) continue;
    std::string where = list;
    where.append("[").append(std::to_string(i)).append("]").append(field);
    found.Add(where, "DUPLICATE", "each once");
  }
}

void CheckMix(const Start& start, Violations& found) {
  if (start.delivery_mix.empty()) return;
  std::vector<Delivery> shared;
  shared.reserve(start.delivery_mix.size());
  int32_t sum = 0;
  for (const DeliveryShare& share : start.delivery_mix) {
    shared.push_back(share.delivery);
    sum += share.percent;
  }
  CheckEachOnce(shared, "start.delivery_mix", ".delivery", found);
  if (sum != kWhole) found.Add("start.delivery_mix", "MIX_SUM", "together 100 per cent");
  if (!NamesTheSameWays(start)) {
    found.Add("start.delivery", "MIX_DELIVERY", "the ways of delivery_mix, or none");
  }
}

}  // namespace

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

void MatchDelivery(const Start& current, Start* next) {
  if (next->delivery_mix == current.delivery_mix) {
    if (!NamesTheSameWays(*next)) next->delivery_mix.clear();
  } else if (next->delivery == current.delivery && !next->delivery_mix.empty()) {
    next->delivery = WaysOf(next->delivery_mix);
  }
}

Status CheckBeginning(const Start& current, const Start& next) {
  const bool told = current.promised_on.has_value();
  const bool moved = next.begins_on != current.begins_on || next.rhythm != current.rhythm;
  return told && moved ? Precondition(kStartBegins) : absl::OkStatus();
}

Status Validate(const Start& start) {
  Violations found;
  if (start.minimum > start.capacity) {
    found.Add("start.minimum", "CAPACITY_ORDER", "at most the capacity");
  }
  CheckEachOnce(start.delivery, "start.delivery", "", found);
  CheckMix(start, found);
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

StatusOr<Start> Begin(Start start, Day begins_on) {
  if (start.state == StartState::kCancelled) return Precondition(kStartCancelled);
  if (start.rhythm != Rhythm::kAtMinimum) return Precondition(kNotAtMinimum);
  if (start.promised_on.has_value()) {
    if (begins_on != start.begins_on) return Precondition(kStartBegins);
    return start;
  }
  start.promised_on = start.begins_on;
  start.begins_on = begins_on;
  // Decided now, before its decision date, which may not lie after the first day.
  if (start.decides_on.has_value()) start.decides_on = std::min(*start.decides_on, begins_on);
  return start;
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
