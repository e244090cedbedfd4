#include "services/scheduler/store/seat_store.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/reasons.h"

namespace matchgo::scheduler::store {
namespace {

constexpr sql::Query kCount{
    "seat_count", "SELECT state, COUNT(1) FROM seat WHERE resource = :resource GROUP BY state",
    "ti"};
constexpr sql::Query kCountOwner{
    "seat_count_owner", "SELECT state, COUNT(1) FROM seat WHERE owner = :owner GROUP BY state",
    "ti"};
constexpr sql::Query kResources{
    "seat_resources", "SELECT DISTINCT resource FROM seat WHERE owner = :owner ORDER BY resource",
    "t"};
constexpr sql::Query kCountAll{
    "seat_count_all",
    "SELECT resource, state, COUNT(1) FROM seat GROUP BY resource, state ORDER BY resource, state",
    "tti"};
constexpr sql::Query kTotals{
    "seat_totals",
    "SELECT kind, state, COUNT(1) FROM seat GROUP BY kind, state ORDER BY kind, state", "tti"};
constexpr sql::Query kLast{
    "seat_last", "SELECT COALESCE(MAX(number), 0) FROM seat WHERE resource = :resource", "i"};
constexpr sql::Query kInsert{"seat_insert",
                             "INSERT INTO seat (resource, number, owner, kind, state, offer) "
                             "VALUES (:resource, :number, :owner, :kind, 'free', NULL)",
                             ""};
constexpr sql::Query kRemove{
    "seat_remove",
    "DELETE FROM seat WHERE resource = :resource AND state = 'free' AND number IN (SELECT number "
    "FROM seat WHERE resource = :same AND state = 'free' ORDER BY number DESC LIMIT :count)",
    ""};
constexpr sql::Query kHold{
    "seat_hold",
    "UPDATE seat SET state = 'held', offer = :offer WHERE resource = :resource AND state = 'free' "
    "AND number = (SELECT MIN(number) FROM seat WHERE resource = :same AND state = 'free')",
    ""};
constexpr sql::Query kContract{
    "seat_contract", "UPDATE seat SET state = 'contracted' WHERE offer = :offer AND state = 'held'",
    ""};
constexpr sql::Query kRelease{
    "seat_release", "UPDATE seat SET state = 'free', offer = NULL WHERE offer = :offer", ""};
constexpr sql::Query kPutLimit{
    "seat_limit_put",
    "INSERT INTO seat_limit (resource, capacity, known_sequence) VALUES (:resource, :capacity, "
    ":known) ON CONFLICT (resource) DO UPDATE SET capacity = excluded.capacity, "
    "known_sequence = excluded.known_sequence",
    ""};
constexpr sql::Query kLimits{
    "seat_limit_list",
    "SELECT resource, capacity, known_sequence FROM seat_limit ORDER BY resource", "tii"};
constexpr sql::Query kPutCohort{
    "cohort_put",
    "INSERT INTO cohort (resource, state, participants, minimum, decided_at, told, begins_on) "
    "VALUES (:resource, :state, :participants, :minimum, :decided_at, :told, :begins_on) ON "
    "CONFLICT (resource) DO UPDATE SET state = excluded.state, participants = "
    "excluded.participants, decided_at = excluded.decided_at, told = excluded.told WHERE "
    "cohort.state = 'runs' AND excluded.state = 'cancelled'",
    ""};
constexpr sql::Query kCohorts{
    "cohort_list", "SELECT resource, state, begins_on FROM cohort ORDER BY resource", "tti"};
constexpr sql::Query kUntold{
    "cohort_untold",
    "SELECT resource, state, begins_on FROM cohort WHERE told = 0 AND (state = 'cancelled' OR "
    "begins_on IS NOT NULL) ORDER BY resource",
    "tti"};
constexpr sql::Query kMarkTold{"cohort_mark_told",
                               "UPDATE cohort SET told = 1 WHERE resource = :resource", ""};

void Add(const std::string& state, int64_t count, SeatCount* seats) {
  const auto number = static_cast<int32_t>(count);
  if (state == "free") seats->free = number;
  if (state == "held") seats->held = number;
  if (state == "contracted") seats->contracted = number;
}

StatusOr<SeatCount> CountBy(sql::Tx& tx, const sql::Query& query, const std::string& key) {
  SeatCount seats;
  RETURN_IF_ERROR(tx.Select(query, {key}, [&](const sql::Row& row) {
    Add(row.Text(0), row.Int(1), &seats);
    return absl::OkStatus();
  }));
  return seats;
}

StatusOr<std::vector<std::string>> Texts(sql::Tx& tx, const sql::Query& query,
                                         std::initializer_list<sql::Value> values) {
  std::vector<std::string> texts;
  RETURN_IF_ERROR(tx.Select(query, values, [&](const sql::Row& row) {
    texts.push_back(row.Text(0));
    return absl::OkStatus();
  }));
  return texts;
}

StatusOr<std::map<std::string, domain::Cohort>> CohortsBy(sql::Tx& tx, const sql::Query& query) {
  std::map<std::string, domain::Cohort> cohorts;
  RETURN_IF_ERROR(tx.Select(query, {}, [&](const sql::Row& row) {
    const bool runs = row.Text(1) == "runs";
    domain::Cohort& cohort = cohorts[row.Text(0)];
    cohort.state = runs ? domain::CohortState::kRuns : domain::CohortState::kCancelled;
    if (!row.IsNull(2)) cohort.begins_on = Day::FromNumber(static_cast<int32_t>(row.Int(2)));
    return absl::OkStatus();
  }));
  return cohorts;
}

Status Expect(const StatusOr<int64_t>& rows, int64_t seats) {
  RETURN_IF_ERROR(rows.status());
  if (*rows == seats) return absl::OkStatus();
  return Internal("the seats of an offer are not as many as it holds");
}

}  // namespace

Status SeatStore::Sync(const domain::SeatPlan& plan) {
  ASSIGN_OR_RETURN(const SeatCount now, Count(plan.resource));
  if (plan.capacity < now.capacity()) {
    const int32_t spare = std::min(now.free, now.capacity() - plan.capacity);
    return tx_.Execute(kRemove, {plan.resource, plan.resource, spare}).status();
  }
  int64_t number = 0;
  RETURN_IF_ERROR(tx_.Select(kLast, {plan.resource}, [&](const sql::Row& row) {
    number = row.Int(0);
    return absl::OkStatus();
  }));
  const std::string owner = domain::StartOfSeats(plan.resource).name;
  const char* const kind = plan.is_start ? "start" : "vacancy";
  for (int32_t missing = plan.capacity - now.capacity(); missing > 0; --missing) {
    RETURN_IF_ERROR(tx_.Execute(kInsert, {plan.resource, ++number, owner, kind}).status());
  }
  return absl::OkStatus();
}

Status SeatStore::Lower(const std::string& resource, int32_t capacity) {
  ASSIGN_OR_RETURN(const SeatCount now, Count(resource));
  if (now.taken() > capacity) return Precondition(reasons::kCapacityHeld);
  const int32_t spare = now.capacity() - capacity;
  if (spare <= 0) return absl::OkStatus();
  return tx_.Execute(kRemove, {resource, resource, spare}).status();
}

StatusOr<SeatCount> SeatStore::Count(const std::string& resource) {
  return CountBy(tx_, kCount, resource);
}

StatusOr<SeatCount> SeatStore::CountOfOwner(const std::string& owner) {
  return CountBy(tx_, kCountOwner, owner);
}

StatusOr<std::vector<std::string>> SeatStore::ResourcesOf(const std::string& owner) {
  return Texts(tx_, kResources, {owner});
}

StatusOr<std::map<std::string, SeatCount>> SeatStore::CountAll() {
  std::map<std::string, SeatCount> counts;
  RETURN_IF_ERROR(tx_.Select(kCountAll, {}, [&](const sql::Row& row) {
    Add(row.Text(1), row.Int(2), &counts[row.Text(0)]);
    return absl::OkStatus();
  }));
  return counts;
}

StatusOr<SeatTotals> SeatStore::Totals() {
  SeatTotals totals;
  RETURN_IF_ERROR(tx_.Select(kTotals, {}, [&](const sql::Row& row) {
    totals[{row.Text(0), row.Text(1)}] = row.Int(2);
    return absl::OkStatus();
  }));
  return totals;
}

StatusOr<bool> SeatStore::Hold(const std::string& resource, const OfferId& offer) {
  ASSIGN_OR_RETURN(const int64_t rows, tx_.Execute(kHold, {offer, resource, resource}));
  return rows == 1;
}

Status SeatStore::Contract(const OfferId& offer, int64_t seats) {
  return Expect(tx_.Execute(kContract, {offer}), seats);
}

Status SeatStore::Release(const OfferId& offer, int64_t seats) {
  return Expect(tx_.Execute(kRelease, {offer}), seats);
}

Status SeatStore::GiveBack(const OfferId& offer) { return tx_.Execute(kRelease, {offer}).status(); }

Status SeatStore::PutLimit(const std::string& resource, const SeatLimit& limit) {
  return tx_.Execute(kPutLimit, {resource, limit.capacity, limit.known_sequence}).status();
}

StatusOr<std::map<std::string, SeatLimit>> SeatStore::Limits() {
  std::map<std::string, SeatLimit> limits;
  RETURN_IF_ERROR(tx_.Select(kLimits, {}, [&](const sql::Row& row) {
    limits[row.Text(0)] = {.capacity = static_cast<int32_t>(row.Int(1)),
                           .known_sequence = row.Int(2)};
    return absl::OkStatus();
  }));
  return limits;
}

StatusOr<bool> SeatStore::PutCohort(const std::string& resource, const domain::Cohort& cohort,
                                    const domain::CohortCount& count, Instant now, bool told) {
  sql::Value begins;
  if (cohort.begins_on.has_value()) begins = sql::Value(cohort.begins_on->number());
  ASSIGN_OR_RETURN(
      const int64_t rows,
      tx_.Execute(kPutCohort, {resource, domain::CohortStateName(cohort.state), count.contracts,
                               count.minimum, now.micros(), told ? 1 : 0, begins}));
  return rows == 1;
}

StatusOr<std::map<std::string, domain::Cohort>> SeatStore::Cohorts() {
  return CohortsBy(tx_, kCohorts);
}

StatusOr<std::map<std::string, domain::Cohort>> SeatStore::Untold() {
  return CohortsBy(tx_, kUntold);
}

Status SeatStore::MarkTold(const std::string& resource) {
  return tx_.Execute(kMarkTold, {resource}).status();
}

}  // namespace matchgo::scheduler::store
