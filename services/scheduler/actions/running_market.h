// RunningMarket: the frozen market of a round with its search index and first clearing.
//
// Made at the freeze or read back from the store after a restart; the same either way. Lines of
// people who were erased since are missing, and named. Immutable, so shared between threads. Test:
// tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/vault/vault.h"
#include "services/scheduler/domain/round.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/counterfactual.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {

struct RunningMarket {
  // Stays where it is made: the index refers to the market.
  RunningMarket(const domain::Round& of, engine::Market frozen);
  RunningMarket(const RunningMarket&) = delete;
  RunningMarket& operator=(const RunningMarket&) = delete;

  RoundId round;
  Day day;  // day 0 of the market
  std::string text;
  engine::Market market;
  engine::CandidateIndex index;
  engine::Clearing first;
  // Of the first clearing; mechanism score only.
  std::optional<engine::Counterfactuals> counterfactuals;
  std::vector<std::string> erased;  // switchers whose lines cannot be read any more
};

// A market as text, with the people who are missing from it.
struct MarketText {
  std::string text;
  std::vector<std::string> erased;
};

// The lines of a market or outcome as they are stored: those about a person sealed with her key.
// Whoever is in no market line must have a key already.
StatusOr<std::vector<store::MarketLine>> SealMarket(Vault& vault, const std::string& text);
StatusOr<MarketText> OpenMarket(Vault& vault, const std::vector<store::MarketLine>& lines);

// Any other text that was stored this way; what was said about erased people is missing.
StatusOr<std::string> OpenText(Vault& vault, const std::vector<store::MarketLine>& lines);

// Index and first clearing of a market: the work that takes time. Errors are the engine's.
StatusOr<std::shared_ptr<const RunningMarket>> ComputeMarket(const domain::Round& round,
                                                             MarketText text,
                                                             engine::Parallel& parallel);

}  // namespace matchgo::scheduler
