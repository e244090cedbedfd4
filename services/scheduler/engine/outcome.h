// Outcome: the answer of a round by ids, as outcome/1 writes it and as anybody can audit it.
//
// Made from a clearing, or read from a file by outcome_file.h; the checker trusts nothing in it.
// Values; pure. Test: tests/unit/services/scheduler/engine/outcome_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/clear_observer.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/market_input.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

// Changes whenever the same market may give other bytes.
inline constexpr char kEngineVersion[] = "engine/6";

struct OutcomeMatch {
  MarketContract contract = {};
  int64_t score = 0;
  std::optional<int64_t> ready = {};                     // absent in a bare market
  std::optional<std::vector<std::string>> modules = {};  // absent in a bare market

  friend bool operator==(const OutcomeMatch&, const OutcomeMatch&) = default;
};

struct OutcomeClosed {
  std::string start = {};
  int64_t load = 0;
  int64_t min = 0;

  friend bool operator==(const OutcomeClosed&, const OutcomeClosed&) = default;
};

enum class WhyUnmatched : uint8_t { kNoFeasibleContract, kOutcompeted };

struct OutcomeUnmatched {
  std::string switcher = {};
  WhyUnmatched why = WhyUnmatched::kOutcompeted;

  friend bool operator==(const OutcomeUnmatched&, const OutcomeUnmatched&) = default;
};

struct OutcomeSummary {
  int64_t switchers = 0;
  int64_t matched = 0;
  int64_t openings = 0;
  int64_t starts = 0;
  int64_t running = 0;
  int64_t seats_filled = 0;  // places at starts
  int64_t total_score = 0;
  std::string open_set;  // how the open starts were found: OpenSetMethodName
  int64_t total_score_minima_ignored = 0;
  // Closed starts that a group of at least their minimum would rather have had opened. One pass
  // looks for it: silence is no proof.
  std::vector<std::string> willing_groups;

  friend bool operator==(const OutcomeSummary&, const OutcomeSummary&) = default;
};

struct Outcome {
  std::string market_digest;
  std::string mechanism;
  Weights weights = {};
  std::string seed;
  std::string version;
  std::vector<OutcomeMatch> matches;        // by switcher
  std::vector<OutcomeClosed> closed;        // by start
  std::vector<OutcomeUnmatched> unmatched;  // by switcher
  OutcomeSummary summary;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// The outcome of a clearing. After a repair `market` must be the market with the repair's
// commitments (WithCommitments), so that digest and outcome belong together; only its digest and
// ids are used for that, the index may be of the old one.
Outcome MakeOutcome(const Market& market, const CandidateIndex& index, const Clearing& clearing,
                    Parallel& parallel);
Outcome MakeOutcome(const Market& market, const CandidateIndex& index, const Clearing& clearing);

struct ClearMarketOptions {
  Weights weights = {};
  ClearOptions clear = {};
};

// Index, clearing and outcome in one call.
StatusOr<Outcome> ClearMarket(const Market& market, const ClearMarketOptions& options);
StatusOr<Outcome> ClearMarket(const Market& market, const ClearMarketOptions& options,
                              Parallel& parallel, const ClearObserver& observer = {});

}  // namespace matchgo::scheduler::engine
