// TrajectoryStore: all SQL about trajectories themselves; no rule of the business.
//
// Reads give the public message as it is stored, or the domain value; writes take the domain value
// and replace the version before its own. Lives inside one Tx.
// Test: tests/unit/services/trajectories/trajectory_store_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/trajectories/domain/pipeline.h"
#include "services/trajectories/domain/trajectory.h"

namespace matchgo::trajectories::store {

// Who may see a trajectory.
struct Parties {
  std::string switcher;  // opaque id
  std::string partner;   // tenants, here and below; empty: none yet
  std::string employer;
  std::string opleider;
};

// A record as it is stored: the bytes of its public message, and what is kept beside it.
struct Stored {
  std::string id;
  int64_t version = 0;
  Parties parties;
  std::string offer;
  std::optional<Day> progress_on;
  std::string bytes;
};

// Of whom a listing may show trajectories.
enum class Party { kAnybody, kSwitcher, kPartner, kEmployer, kOpleider };

struct TrajectoryFilter {
  Party party = Party::kAnybody;
  std::string party_id;
  std::optional<domain::Stage> stage;
  std::optional<bool> ended;
  bool at_risk = false;
  std::string switcher;
};

class TrajectoryStore {
 public:
  explicit TrajectoryStore(sql::Tx& tx) : tx_(tx) {}

  // NOT_FOUND if there is none.
  StatusOr<Stored> Read(const TrajectoryId& id);
  // The switcher's running trajectory, else the one that ended last; nothing if she never had one.
  StatusOr<std::optional<domain::Trajectory>> FindLatest(const SwitcherId& switcher);
  // At most `limit` in order of id, after an id.
  StatusOr<std::vector<Stored>> List(const TrajectoryFilter& filter, const std::string& after,
                                     int limit);
  // At most `limit` running ones whose next check is not after `today`.
  StatusOr<std::vector<domain::Trajectory>> ListDue(Day today, int limit);
  StatusOr<bool> AnyDue(Day today);

  // EXISTS if the switcher has a running one.
  Status Insert(const domain::Trajectory& trajectory, std::optional<Day> next_check);
  // Replaces the version before the record's own; STALE if that is not what is stored.
  Status Update(const domain::Trajectory& trajectory, std::optional<Day> next_check);
  Status SetNextCheck(const domain::Trajectory& trajectory, std::optional<Day> next_check);

  // Keeps that a stage was reached, and the effects of the change with this sequence.
  Status AddReached(const TrajectoryId& id, domain::Stage stage);
  Status AddSteps(int64_t sequence, const std::vector<domain::Effect>& effects);

 private:
  StatusOr<std::vector<Stored>> ReadMany(const sql::Query& query,
                                         const std::vector<sql::Value>& values);
  StatusOr<std::vector<sql::Value>> Columns(const domain::Trajectory& trajectory,
                                            std::optional<Day> next_check,
                                            const std::string& bytes_before);

  sql::Tx& tx_;
};

}  // namespace matchgo::trajectories::store
