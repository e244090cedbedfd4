#include "services/scheduler/actions/release_seats.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "common/base/status_macros.h"
#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/reasons.h"

namespace matchgo::scheduler {
namespace {

struct Known {
  int32_t capacity = 0;
  int64_t sequence = 0;
};

// What the feeds say about a resource.
std::optional<Known> KnownOf(const Deps& deps, const std::string& resource) {
  if (const auto vacancy = deps.vacancies.Find(resource); vacancy.has_value()) {
    return Known{.capacity = vacancy->openings, .sequence = vacancy->sequence};
  }
  const std::string name = domain::StartOfSeats(resource).name;
  if (const auto start = deps.programmes.FindStart(name); start.has_value()) {
    return Known{.capacity = start->capacity, .sequence = start->sequence};
  }
  return std::nullopt;
}

}  // namespace

StatusOr<store::SeatCount> CountSeats(sql::Tx& tx, const Deps& deps, const std::string& resource) {
  store::SeatStore seats(tx);
  ASSIGN_OR_RETURN(store::SeatCount count, seats.Count(resource));
  if (count.capacity() > 0) return count;
  ASSIGN_OR_RETURN(const std::vector<std::string> resources, seats.ResourcesOf(resource));
  if (!resources.empty()) return seats.CountOfOwner(resource);
  ASSIGN_OR_RETURN(const auto limits, seats.Limits());
  const std::optional<Known> known = KnownOf(deps, resource);
  const auto limit = limits.find(resource);
  const bool limited = limit != limits.end() &&
                       (!known.has_value() || known->sequence <= limit->second.known_sequence);
  if (!known.has_value() && !limited) return NotFound(reasons::kNotFound);
  count.free = limited ? limit->second.capacity : known->capacity;
  return count;
}

StatusOr<store::SeatCount> ReleaseSeats(sql::Tx& tx, const Deps& deps, const std::string& resource,
                                        int32_t new_capacity, bool contracts_stand) {
  store::SeatStore seats(tx);
  if (contracts_stand) {
    ASSIGN_OR_RETURN(const store::SeatCount count, seats.Count(resource));
    new_capacity = std::max(new_capacity, count.contracted);
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> months, seats.ResourcesOf(resource));
  for (const std::string& month : months) RETURN_IF_ERROR(seats.Lower(month, new_capacity));
  RETURN_IF_ERROR(seats.Lower(resource, new_capacity));
  const std::optional<Known> known = KnownOf(deps, resource);
  RETURN_IF_ERROR(seats.PutLimit(
      resource,
      {.capacity = new_capacity, .known_sequence = known.has_value() ? known->sequence : 0}));
  return CountSeats(tx, deps, resource);
}

}  // namespace matchgo::scheduler
