// JoinedMarket: the market that repairs of a round clear: the frozen one, with who and what joined
// since.
//
// Immutable. Lines of people who were erased since are missing. Test:
// tests/unit/services/scheduler/newcomers_test.cc
#pragma once

#include <memory>
#include <string>

#include "common/base/status.h"
#include "services/scheduler/actions/running_market.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::scheduler {

class JoinedMarket {
 public:
  // `lines`: of the newcomers; none: it is the frozen market.
  static StatusOr<JoinedMarket> Make(std::shared_ptr<const RunningMarket> frozen, std::string lines,
                                     engine::Parallel& parallel);

  const RunningMarket& frozen() const { return *frozen_; }
  const std::shared_ptr<const RunningMarket>& shared_frozen() const { return frozen_; }
  // In which it differs from the frozen one.
  const std::string& lines() const { return lines_; }
  const std::string& text() const { return whole_ == nullptr ? frozen_->text : whole_->text; }
  const engine::Market& market() const {
    return whole_ == nullptr ? frozen_->market : whole_->market;
  }
  const engine::CandidateIndex& index() const {
    return whole_ == nullptr ? frozen_->index : whole_->index;
  }

 private:
  struct Whole {
    Whole(std::string of, engine::Market parsed, const engine::Weights& weights)
        : text(std::move(of)), market(std::move(parsed)), index(market, weights) {}
    const std::string text;
    const engine::Market market;
    const engine::CandidateIndex index;
  };

  JoinedMarket(std::shared_ptr<const RunningMarket> frozen, std::string lines)
      : frozen_(std::move(frozen)), lines_(std::move(lines)) {}

  std::shared_ptr<const RunningMarket> frozen_;
  std::string lines_;
  std::unique_ptr<const Whole> whole_;
};

// That of a round, with everybody who joined so far.
StatusOr<JoinedMarket> JoinedMarketOf(const Deps& deps, const Call& call,
                                      const domain::Round& round);

}  // namespace matchgo::scheduler
