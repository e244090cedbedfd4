#include "services/trajectories/store/funnel_store.h"

#include "common/base/status_macros.h"
#include "services/trajectories/store/trajectory_queries.h"

namespace matchgo::trajectories::store {
namespace {

domain::Stage StageIn(const sql::Row& row, size_t column) {
  return static_cast<domain::Stage>(row.Int(column));
}

}  // namespace

StatusOr<domain::FunnelCounts> FunnelStore::Count(const std::string& sector,
                                                  const std::string& opleider) {
  domain::FunnelCounts counts;
  RETURN_IF_ERROR(
      tx_.Select(kCountReached, {sector, sector, opleider, opleider}, [&](const sql::Row& row) {
        counts.reached[StageIn(row, 0)] = static_cast<int32_t>(row.Int(1));
        return absl::OkStatus();
      }));
  RETURN_IF_ERROR(
      tx_.Select(kCountCurrent, {sector, sector, opleider, opleider}, [&](const sql::Row& row) {
        counts.current[StageIn(row, 0)] = static_cast<int32_t>(row.Int(1));
        return absl::OkStatus();
      }));
  RETURN_IF_ERROR(
      tx_.Select(kCountExits, {sector, sector, opleider, opleider}, [&](const sql::Row& row) {
        counts.exits.push_back({.stage = StageIn(row, 0),
                                .reason = static_cast<domain::ExitReason>(row.Int(1)),
                                .count = static_cast<int32_t>(row.Int(2))});
        return absl::OkStatus();
      }));
  RETURN_IF_ERROR(
      tx_.Select(kStartbekwaamDays, {sector, sector, opleider, opleider}, [&](const sql::Row& row) {
        counts.startbekwaam_days.push_back(static_cast<int32_t>(row.Int(0)));
        return absl::OkStatus();
      }));
  return counts;
}

StatusOr<std::vector<domain::Effect>> FunnelStore::ReadEffects(int64_t after, int64_t until) {
  std::vector<domain::Effect> effects;
  RETURN_IF_ERROR(tx_.Select(kReadSteps, {after, until}, [&](const sql::Row& row) {
    domain::Effect effect{.kind = static_cast<domain::Effect::Kind>(row.Int(1)),
                          .from = StageIn(row, 2),
                          .to = StageIn(row, 3),
                          .reason = {},
                          .days = static_cast<int32_t>(row.Int(5)),
                          .sector = row.Text(6)};
    if (row.Int(4) != 0) effect.reason = static_cast<domain::ExitReason>(row.Int(4));
    effects.push_back(std::move(effect));
    return absl::OkStatus();
  }));
  return effects;
}

StatusOr<std::vector<domain::Running>> FunnelStore::CountRunning() {
  std::vector<domain::Running> running;
  RETURN_IF_ERROR(tx_.Select(kCountRunning, {}, [&](const sql::Row& row) {
    running.push_back({.stage = StageIn(row, 0), .sector = row.Text(1), .count = row.Int(2)});
    return absl::OkStatus();
  }));
  return running;
}

}  // namespace matchgo::trajectories::store
