// What could she have changed herself to be placed? The smallest change, recomputed.
//
// For somebody who holds nothing: per dimension (change.h) the smallest change that places her in
// the same market; if no single one does, the smallest of several. Held fixed is everything else,
// the starts that run included (README.md says why, and why asking whether some contract of hers
// would now be taken equals clearing again). An ordinary search confirms every answer. Mechanism
// `score`. Immutable, so safe to share between threads. Test:
// tests/property/engine_counterfactual_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/change.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

class Counterfactuals {
 public:
  // Who would still take whom, found once per clearing. REQUIRES: clearing.mechanism == kScore; the
  // two belong together; the index outlives this.
  Counterfactuals(const CandidateIndex& index, const Clearing& clearing,
                  const ChangeLimits& limits = {});

  struct Question {
    int32_t switcher = 0;
    // Only: so that this vacancy would have taken her, also if another one she likes better would.
    std::optional<int32_t> vacancy = {};
    std::span<const Contract> declined = {};  // sorted
  };
  // In the order of dimensions, or one of several dimensions. Nothing when she holds a contract,
  // when no change within the limits does it, or in a bare market, where nothing is known of her.
  // `search` is of the same index.
  std::vector<Change> For(const Question& question, CandidateSearch& search) const;
  // The line of the certificates file, without the line feed.
  std::string Format(const Change& change) const;

 private:
  bool Confirmed(const Question& question, const Change& change, CandidateSearch& search) const;

  const CandidateIndex& index_;
  const Market& market_;
  const ChangeLimits limits_;
  std::vector<uint8_t> placed_;  // per switcher
  Admission doors_;
};

}  // namespace matchgo::scheduler::engine
