// CreateRound: announces a round, draws its seed and publishes the seed's hash.
//
// The seed is 128 random bits as 32 hex digits; the hash is SHA-256 of those digits. Runs in a
// write transaction. Test: tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/sql/transaction.h"
#include "services/scheduler/domain/round.h"

namespace matchgo::scheduler {

struct CreateRoundCommand {
  std::string title;
  engine::Mechanism mechanism = engine::Mechanism::kScore;
  std::optional<engine::Weights> weights;
  std::optional<Instant> collect_until;
  int32_t answer_working_days = 0;  // 0: the default
};

StatusOr<domain::Round> CreateRound(sql::Tx& tx, Entropy& entropy,
                                    const CreateRoundCommand& command);

}  // namespace matchgo::scheduler
