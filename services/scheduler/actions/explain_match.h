// ExplainMatch and ExplainNoMatch: what a round decided about one switcher, with the numbers.
//
// Recomputed from the stored market, so anybody gets the same answer later. Reads only; not for
// gRPC threads. Test: tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/explanation.h"

namespace matchgo::scheduler {

inline constexpr size_t kBetterShown = 20;

struct Better {
  std::string vacancy;
  std::string start;
  std::string begins_on;  // the start, "" without one
  int32_t score = 0;
  engine::WhyNot why = engine::WhyNot::kDeclined;
  int32_t cutoff_score = 0;  // 0: none
  domain::Sentence sentence;
};

struct WhyCount {
  engine::WhyNot why = engine::WhyNot::kDeclined;
  int64_t count = 0;
  domain::Sentence sentence;
};

struct MatchExplained {
  domain::Offer offer;
  std::vector<domain::Sentence> sentences;
  std::vector<Better> better;  // the first kBetterShown
  int64_t better_count = 0;
  std::vector<WhyCount> why_counts;  // of all of them
};

struct FailedRuleCount {
  std::string rule;
  int64_t count = 0;
  domain::Sentence sentence;
};

// One thing that she could change.
struct ChangeShown {
  engine::Dimension dimension = engine::Dimension::kMaxDist;
  int64_t from = 0;
  int64_t to = 0;
  std::string sector;
  std::string skill;  // resource name; "" for her Dutch
};

// What together would have placed her, and with what.
struct PlacedIf {
  std::vector<ChangeShown> changes;
  std::string vacancy;
  std::string start;
  std::string begins_on;  // as above
  int32_t score = 0;
  domain::Sentence sentence;
};

struct NoMatchExplained {
  bool in_market = false;
  std::vector<std::string> obstacles;
  int64_t feasible = 0;
  std::vector<Better> better;
  std::vector<WhyCount> why_counts;
  std::vector<FailedRuleCount> failed_rules;
  std::vector<PlacedIf> placed_if;
  std::vector<domain::Sentence> sentences;
};

// NOT_FOUND when the caller may not see her, ROUND_STATE before publication, NOT_MATCHED.
StatusOr<MatchExplained> ExplainMatch(const Deps& deps, const Call& call, const RoundId& round,
                                      const SwitcherId& switcher);
// vacancy: a name, or "" for the whole round. MATCHED when there is a match with it.
StatusOr<NoMatchExplained> ExplainNoMatch(const Deps& deps, const Call& call, const RoundId& round,
                                          const SwitcherId& switcher, const std::string& vacancy);

}  // namespace matchgo::scheduler
