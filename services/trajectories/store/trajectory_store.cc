#include "services/trajectories/store/trajectory_store.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "services/trajectories/reasons.h"
#include "services/trajectories/store/trajectory_payload.h"
#include "services/trajectories/store/trajectory_queries.h"

namespace matchgo::trajectories::store {
namespace {

sql::Value DayValue(const std::optional<Day>& day) {
  return day.has_value() ? sql::Value(day->number()) : sql::Value();
}

sql::Value ExitValue(const domain::Trajectory& trajectory) {
  return trajectory.exit.has_value() ? sql::Value(static_cast<int>(trajectory.exit->reason))
                                     : sql::Value();
}

// The statement for this kind of caller; those with a party take its id first.
const sql::Query& ListQuery(Party party) {
  switch (party) {
    case Party::kSwitcher:
      return kListOfSwitcher;
    case Party::kPartner:
      return kListOfPartner;
    case Party::kEmployer:
      return kListOfEmployer;
    case Party::kOpleider:
      return kListOfOpleider;
    case Party::kAnybody:
      break;
  }
  return kListTrajectories;
}

}  // namespace

StatusOr<std::vector<Stored>> TrajectoryStore::ReadMany(const sql::Query& query,
                                                        const std::vector<sql::Value>& values) {
  std::vector<Stored> records;
  RETURN_IF_ERROR(tx_.Select(query, values, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(std::string bytes, sql::DecodePayload(row.Text(8)));
    Stored stored{.id = row.Text(0),
                  .version = row.Int(1),
                  .parties = {.switcher = row.Text(2),
                              .partner = row.Text(3),
                              .employer = row.Text(4),
                              .opleider = row.Text(5)},
                  .offer = row.Text(6),
                  .progress_on = {},
                  .bytes = std::move(bytes)};
    if (!row.IsNull(7)) stored.progress_on = Day::FromNumber(static_cast<int32_t>(row.Int(7)));
    records.push_back(std::move(stored));
    return absl::OkStatus();
  }));
  return records;
}

StatusOr<Stored> TrajectoryStore::Read(const TrajectoryId& id) {
  ASSIGN_OR_RETURN(std::vector<Stored> found, ReadMany(kGetTrajectory, {id}));
  if (found.empty()) return NotFound(kNotFound);
  return std::move(found.front());
}

StatusOr<std::optional<domain::Trajectory>> TrajectoryStore::FindLatest(
    const SwitcherId& switcher) {
  ASSIGN_OR_RETURN(const std::vector<Stored> found, ReadMany(kLatestTrajectory, {switcher}));
  if (found.empty()) return std::optional<domain::Trajectory>();
  ASSIGN_OR_RETURN(domain::Trajectory trajectory, Decode(found.front()));
  return std::optional<domain::Trajectory>(std::move(trajectory));
}

StatusOr<std::vector<Stored>> TrajectoryStore::List(const TrajectoryFilter& filter,
                                                    const std::string& after, int limit) {
  const int stage = filter.stage.has_value() ? static_cast<int>(*filter.stage) : 0;
  const int ended = filter.ended.has_value() ? static_cast<int>(*filter.ended) : -1;
  const int at_risk = static_cast<int>(filter.at_risk);
  if (filter.party == Party::kAnybody && stage != 0 && ended != -1) {
    return ReadMany(kListInStage,
                    {stage, ended, after, at_risk, filter.switcher, filter.switcher, limit});
  }
  std::vector<sql::Value> values{after,   stage,           stage,           ended, ended,
                                 at_risk, filter.switcher, filter.switcher, limit};
  if (filter.party != Party::kAnybody) values.insert(values.begin(), filter.party_id);
  return ReadMany(ListQuery(filter.party), values);
}

StatusOr<std::vector<domain::Trajectory>> TrajectoryStore::ListDue(Day today, int limit) {
  ASSIGN_OR_RETURN(const std::vector<Stored> found, ReadMany(kListDue, {today.number(), limit}));
  std::vector<domain::Trajectory> due;
  for (const Stored& stored : found) {
    ASSIGN_OR_RETURN(domain::Trajectory trajectory, Decode(stored));
    due.push_back(std::move(trajectory));
  }
  return due;
}

StatusOr<bool> TrajectoryStore::AnyDue(Day today) {
  bool any = false;
  RETURN_IF_ERROR(tx_.Select(kAnyDue, {today.number()}, [&](const sql::Row&) {
    any = true;
    return absl::OkStatus();
  }));
  return any;
}

StatusOr<std::vector<sql::Value>> TrajectoryStore::Columns(const domain::Trajectory& trajectory,
                                                           std::optional<Day> next_check,
                                                           const std::string& bytes_before) {
  ASSIGN_OR_RETURN(const std::string bytes, EncodeOver(bytes_before, trajectory));
  return std::vector<sql::Value>{trajectory.switcher,
                                 trajectory.partner,
                                 domain::OwnerIn(trajectory.vacancy),
                                 domain::OwnerIn(trajectory.start),
                                 trajectory.sector,
                                 static_cast<int>(trajectory.stage),
                                 static_cast<int>(trajectory.ended()),
                                 static_cast<int>(!trajectory.risks.empty()),
                                 ExitValue(trajectory),
                                 trajectory.match_to_startbekwaam_days,
                                 trajectory.offer,
                                 DayValue(trajectory.progress_on),
                                 DayValue(next_check),
                                 trajectory.revision.version,
                                 trajectory.revision.sequence,
                                 sql::EncodePayload(bytes),
                                 trajectory.id};
}

Status TrajectoryStore::Insert(const domain::Trajectory& trajectory,
                               std::optional<Day> next_check) {
  ASSIGN_OR_RETURN(const std::vector<sql::Value> values, Columns(trajectory, next_check, ""));
  const StatusOr<int64_t> rows = tx_.Execute(kInsertTrajectory, values);
  if (rows.status().code() == absl::StatusCode::kAlreadyExists) return Exists(kExists);
  return rows.status();
}

Status TrajectoryStore::Update(const domain::Trajectory& trajectory,
                               std::optional<Day> next_check) {
  ASSIGN_OR_RETURN(const Stored stored, Read(trajectory.id));
  ASSIGN_OR_RETURN(std::vector<sql::Value> values, Columns(trajectory, next_check, stored.bytes));
  values.emplace_back(trajectory.revision.version - 1);
  ASSIGN_OR_RETURN(const int64_t rows, tx_.Execute(kUpdateTrajectory, values));
  return rows == 1 ? absl::OkStatus() : Conflict(kStale);
}

Status TrajectoryStore::SetNextCheck(const domain::Trajectory& trajectory,
                                     std::optional<Day> next_check) {
  return tx_
      .Execute(kSetNextCheck, {DayValue(next_check), trajectory.id, trajectory.revision.version})
      .status();
}

Status TrajectoryStore::AddReached(const TrajectoryId& id, domain::Stage stage) {
  return tx_.Execute(kAddReached, {id, static_cast<int>(stage)}).status();
}

Status TrajectoryStore::AddSteps(int64_t sequence, const std::vector<domain::Effect>& effects) {
  int place = 0;
  for (const domain::Effect& effect : effects) {
    const int reason = effect.reason.has_value() ? static_cast<int>(*effect.reason) : 0;
    RETURN_IF_ERROR(
        tx_.Execute(kAddStep, {sequence, place++, static_cast<int>(effect.kind),
                               static_cast<int>(effect.from), static_cast<int>(effect.to), reason,
                               effect.days, effect.sector})
            .status());
  }
  return absl::OkStatus();
}

}  // namespace matchgo::trajectories::store
