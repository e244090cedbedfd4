// Trajectory: the way of one switcher from selectie to diploma, as a value.
//
// Changed by pipeline.h only; dates are days in Europe/Amsterdam. Holds ids; text about a person
// is sealed. Pure. Test: tests/unit/services/trajectories/pipeline_test.cc
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/kernel/day.h"
#include "common/kernel/ids.h"
#include "common/time/instant.h"
#include "services/trajectories/domain/stage.h"

namespace matchgo::trajectories::domain {

// Numbers as on the wire, here and below.
enum class EvidenceKind {
  kMicrocredential = 1,
  kAssessment = 2,
  kEmployerStatement = 3,
  kDiploma = 4,
};
enum class Risk {
  kBehindPlan = 1,
  kForecastLate = 2,
  kLongPause = 3,
  kNoProgress = 4,
  kOverdue = 5,
};

struct Evidence {
  EvidenceKind kind = EvidenceKind::kMicrocredential;
  std::string reference;
  std::string issuer;
  Day issued_on;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

struct Milestone {
  std::optional<Day> target;
  std::optional<Day> planned;
  std::optional<Day> forecast;
  std::optional<Day> actual;
  std::vector<Evidence> evidence;

  friend bool operator==(const Milestone&, const Milestone&) = default;
};

struct Pause {
  Day from;
  std::optional<Day> to;
  std::string reason;

  friend bool operator==(const Pause&, const Pause&) = default;
};

struct Exit {
  ExitReason reason = ExitReason::kOther;
  Day on;
  Stage stage = Stage::kAangemeld;
  std::string actor = {};        // a person, or kProcess; empty: nobody gave a name
  std::string explanation = {};  // sealed

  friend bool operator==(const Exit&, const Exit&) = default;
};

struct HistoryEntry {
  Stage from = Stage::kAangemeld;
  Stage to = Stage::kAangemeld;
  std::string event;
  Instant time;
  Day on;
  std::string actor_role;
  std::string actor = {};  // as of an exit

  friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

struct Revision {
  int64_t version = 0;
  int64_t sequence = 0;
  Instant created;
  Instant updated;

  friend bool operator==(const Revision&, const Revision&) = default;
};

struct Trajectory {
  TrajectoryId id;
  SwitcherId switcher;
  std::string partner;   // tenant of the partner she came through
  std::string offer;     // name of the offer that is out or was accepted
  std::string contract;  // names, here and below; empty: none yet
  std::string vacancy;
  std::string start;
  std::string sector;
  Stage stage = Stage::kAangemeld;
  bool direct = false;
  std::array<Milestone, kStageCount> milestones;
  std::vector<Pause> pauses;
  std::optional<Exit> exit;
  bool finished = false;
  bool overdue = false;
  std::vector<Risk> risks;
  int32_t plan_hours = 0;
  int32_t hours_done = 0;
  std::optional<Day> progress_on;  // when hours were last recorded
  std::string coach;
  std::vector<HistoryEntry> history;
  std::optional<int32_t> match_to_startbekwaam_days;
  Revision revision;

  Milestone& at(Stage s) { return milestones[static_cast<size_t>(s) - 1]; }
  const Milestone& at(Stage s) const { return milestones[static_cast<size_t>(s) - 1]; }
  bool ended() const { return exit.has_value() || finished; }
  bool paused() const { return !pauses.empty() && !pauses.back().to.has_value(); }
  std::string name() const { return "trajectories/" + id.value(); }

  friend bool operator==(const Trajectory&, const Trajectory&) = default;
};

// The first id in a name ("employers/{e}/vacancies/{v}" -> e): the tenant of its owner; "" if none.
inline std::string OwnerIn(const std::string& name) {
  const size_t slash = name.find('/');
  if (slash == std::string::npos) return {};
  return name.substr(slash + 1, name.find('/', slash + 1) - slash - 1);
}

// Days in [from, until) on which the clock stood still.
int32_t PausedDays(const Trajectory& trajectory, Day from, Day until);

}  // namespace matchgo::trajectories::domain
