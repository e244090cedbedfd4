// SuggestContracts: what somebody could become: the best contracts that are possible for her in the
// market of now, exactly, with what she learns and why.
//
// Answers from memory, asks no neighbour, stores nothing, and keeps nothing about her but for the
// length of the call. For executor threads. Test:
// tests/unit/services/scheduler/suggest_test.cc, tests/property/suggest_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/kernel/location.h"
#include "common/service/call.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/explanation.h"
#include "services/scheduler/domain/offer.h"

namespace matchgo::scheduler {

inline constexpr int32_t kSuggestionsDefault = 10;
inline constexpr int32_t kSuggestionsMax = 50;
// Beyond so many occupations a list of the best of each ends.
inline constexpr int32_t kOccupationsShownMax = 500;
// An older view is not shown.
inline constexpr Duration kViewAgeMax = std::chrono::minutes(5);

// Where a list goes on: behind this contract, whatever the market is then.
struct SuggestionCut {
  int32_t score = 0;
  uint64_t key = 0;     // the lottery
  std::string vacancy;  // ids of the market
  std::string start;    // "": none
  int32_t shown = 0;    // so far

  friend bool operator==(const SuggestionCut&, const SuggestionCut&) = default;
};

struct SuggestCommand {
  std::optional<SwitcherId> switcher;
  // When there is no switcher: her profile, and her home, whose point is looked up.
  domain::SwitcherRecord profile;
  Location home;
  int32_t limit = kSuggestionsDefault;
  std::optional<SuggestionCut> after;
  bool only_with_room = false;
  bool distinct_occupations = false;
};

struct Suggestion {
  std::string vacancy;  // name
  std::string title;
  std::string occupation;
  std::string sector;
  domain::StartKey start;  // no name: none
  domain::Score score;
  domain::Plan plan;
  std::vector<std::string> learns;
  std::vector<std::string> exempt_modules;
  domain::JobTerms terms;
  int32_t start_distance = 0;  // hectometres
  bool has_room = false;
  std::vector<domain::Sentence> sentences;
};

struct Suggested {
  std::vector<Suggestion> suggestions;
  std::optional<SuggestionCut> next;  // nothing: this was all
  Instant as_of;
  MarketPosition position;
  std::vector<domain::Obstacle> obstacles;
  std::vector<domain::Sentence> sentences;
};

// NOT_FOUND when the caller may not see the switcher; RANGE, REQUIRED and POSTCODE_UNKNOWN for a
// profile that does not hold together; MARKET_NOT_READY, MARKET_STALE.
StatusOr<Suggested> SuggestContracts(const Deps& deps, const Call& call,
                                     const SuggestCommand& command);

}  // namespace matchgo::scheduler
