// Round: one clearing of the whole market as the scheduler keeps it, with its numbers.
//
// A value; what may happen to it is in round_lifecycle.h. The seed is secret until publication.
// Pure. Test: tests/unit/services/scheduler/lifecycle_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/kernel/day.h"
#include "common/kernel/ids.h"
#include "common/time/instant.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/score.h"
#include "services/scheduler/engine/upper_bound.h"

namespace matchgo::scheduler::domain {

// The numbers are those of the wire.
enum class RoundState : uint8_t {
  kPlanned = 1,
  kCollecting = 2,
  kFrozen = 3,
  kCleared = 4,
  kVerified = 5,
  kPublished = 6,
  kClosed = 7,
  kFailed = 8,
  kCancelled = 9,
};

struct RoundSummary {
  int64_t switchers = 0;
  int64_t vacancies = 0;
  int64_t openings = 0;
  int64_t starts = 0;
  int64_t contracts = 0;
  int64_t offers = 0;
  int64_t declined = 0;
  int64_t expired = 0;
  int64_t withdrawn = 0;
  int64_t repaired = 0;
  int64_t open = 0;
  int64_t closed_starts = 0;
  int64_t unmatched = 0;
  int64_t blocking = 0;
  int64_t total_score = 0;
  int64_t newcomers = 0;  // of the switchers
  int64_t placed = 0;     // by the first outcome
  // What no first outcome could have exceeded; known some time after the publication.
  std::optional<engine::Bound> bound = {};

  friend bool operator==(const RoundSummary&, const RoundSummary&) = default;
};

struct RoundStep {
  RoundState state = RoundState::kPlanned;
  Instant time;

  friend bool operator==(const RoundStep&, const RoundStep&) = default;
};

struct Round {
  RoundId id;
  int64_t number = 0;  // 1, 2, 3 ... in order of creation
  std::string title;
  engine::Mechanism mechanism = engine::Mechanism::kScore;
  engine::Weights weights;
  std::optional<Instant> collect_until;
  int32_t answer_working_days = 5;
  RoundState state = RoundState::kPlanned;
  std::string seed;  // 32 hex digits
  std::string seed_hash;
  std::string market_digest;
  std::string code_version;
  RoundSummary summary;
  std::string failure;
  std::vector<RoundStep> steps;
  // How far the feeds had been read at the freeze; 0: that was not noted yet.
  int64_t profiles_read = 0;
  int64_t vacancies_read = 0;
  int64_t programmes_read = 0;
  // A repair is due while more changes were counted than repairs have seen.
  int64_t changes = 0;
  int64_t changes_repaired = 0;
  Instant create_time;
  Instant update_time;
  int64_t version = 0;
  int64_t sequence = 0;
  std::string unknown_fields;  // of a newer version of the program; carried over

  bool RepairDue() const { return state == RoundState::kPublished && changes > changes_repaired; }
  // Whether the seed may be told.
  bool SeedIsPublic() const {
    return state == RoundState::kPublished || state == RoundState::kClosed;
  }
};

}  // namespace matchgo::scheduler::domain
