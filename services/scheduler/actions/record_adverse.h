// RecordAdverse: something unwelcome about a person is written down and waits for a named human.
//
// Runs in the write transaction of what happened. Test:
// tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/sql/transaction.h"
#include "services/scheduler/domain/offer.h"

namespace matchgo::scheduler {

struct Adverse {
  RoundId round;
  domain::AdverseKind kind = domain::AdverseKind::kUnmatched;
  SwitcherId switcher;
  std::string start = {};
  OfferId offer = {};
};

Status RecordAdverse(sql::Tx& tx, Entropy& entropy, const Adverse& adverse);
// What became of an offer that was made to her, or of the contract it led to.
Status RecordAdverse(sql::Tx& tx, Entropy& entropy, domain::AdverseKind kind,
                     const domain::Terms& terms, const OfferId& offer);

// A named human confirms outcomes of a round. All or none: HUMAN_REQUIRED, ALREADY_CONFIRMED,
// NOT_FOUND. Returns the sequence of the last.
StatusOr<int64_t> ConfirmOutcomes(sql::Tx& tx, const RoundId& round,
                                  const std::vector<std::string>& ids, const std::string& reason);

}  // namespace matchgo::scheduler
