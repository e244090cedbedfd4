// Offer, Contract and what they carry: the plan, the score, the answers. AdverseOutcome too.
//
// Values; what may happen to an offer is in offer_lifecycle.h. Ids are opaque, no identity. Pure.
// Test: tests/unit/services/scheduler/lifecycle_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/kernel/day.h"
#include "common/kernel/ids.h"
#include "common/time/instant.h"
#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::domain {

// The numbers are those of the wire.
enum class Party : uint8_t { kSwitcher = 1, kEmployer = 2, kOpleider = 3 };
enum class Decision : uint8_t { kAccept = 1, kDecline = 2 };
enum class OfferState : uint8_t {
  kOpen = 1,
  kAccepted = 2,
  kDeclined = 3,
  kExpired = 4,
  kWithdrawn = 5,
};
enum class ContractState : uint8_t { kActive = 1, kEnded = 2 };

struct PlannedModule {
  std::string id;
  int32_t hours = 0;

  friend bool operator==(const PlannedModule&, const PlannedModule&) = default;
};

struct Plan {
  std::vector<PlannedModule> modules;
  int32_t hours = 0;
  int32_t study_hours = 0;
  Day begins_on;
  Day ready_on;

  friend bool operator==(const Plan&, const Plan&) = default;
};

struct Score {
  int32_t total = 0;
  engine::ScoreParts parts = {};

  friend bool operator==(const Score&, const Score&) = default;
};

struct Answer {
  Party party = Party::kSwitcher;
  Decision decision = Decision::kAccept;
  std::string actor;
  Instant time;

  friend bool operator==(const Answer&, const Answer&) = default;
};

// What an offer and the contract that may follow share.
struct Terms {
  RoundId round;
  SwitcherId switcher;
  std::string partner;  // tenant of the partner she came through
  std::string vacancy;  // name
  StartKey start;       // no name: a direct placement
  Plan plan;
  std::string sector;

  bool direct() const { return start.name.empty(); }
  // An opening, and a place where she learns.
  int64_t seats() const { return direct() ? 1 : 2; }

  friend bool operator==(const Terms&, const Terms&) = default;
};

struct Offer {
  OfferId id;
  Terms terms;
  OfferState state = OfferState::kOpen;
  std::vector<Answer> answers;
  Instant deadline;
  Score score;
  ContractId contract;
  bool repair = false;
  Instant create_time;
  Instant update_time;
  int64_t version = 0;
  int64_t sequence = 0;
  std::string unknown_fields;
};

struct Contract {
  ContractId id;
  OfferId offer;
  Terms terms;
  ContractState state = ContractState::kActive;
  Instant signed_time;
  std::optional<Instant> end_time;
  std::string end_reason;
  std::string ended_by;
  Instant create_time;
  Instant update_time;
  int64_t version = 0;
  int64_t sequence = 0;
  std::string unknown_fields;
};

enum class AdverseKind : uint8_t {
  kUnmatched = 1,
  kCohortCancelled = 2,
  kRejected = 3,
  kExpired = 4,
};

struct AdverseOutcome {
  std::string id;
  RoundId round;
  AdverseKind kind = AdverseKind::kUnmatched;
  SwitcherId switcher;
  std::string start;
  OfferId offer;
  std::string explanation_nl;
  std::string explanation_en;
  std::string confirmed_by;
  std::string confirm_reason;
  std::optional<Instant> confirm_time;
  Instant create_time;
  Instant update_time;
  int64_t version = 0;
  int64_t sequence = 0;
  std::string unknown_fields;
};

}  // namespace matchgo::scheduler::domain
