// The score of a feasible contract in integer parts, and the published lottery that breaks ties.
//
// Together they give every contract a strict place, the same for everybody. Integers only; integer
// division rounds down. Pure. Test: tests/unit/services/scheduler/engine/score_test.cc
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/person.h"

namespace matchgo::scheduler::engine {

inline constexpr size_t kPartCount = 7;
inline constexpr std::array<std::string_view, kPartCount> kPartNames = {
    "fit", "nice", "time", "travel", "salary", "preference", "aptitude"};
enum Part : size_t { kFit, kNice, kTime, kTravel, kSalary, kPreference, kAptitude };

// In the order of kPartNames. Non-negative and together 1000.
struct Weights {
  std::array<int32_t, kPartCount> of = {300, 100, 200, 100, 150, 100, 50};

  friend bool operator==(const Weights&, const Weights&) = default;
};

Status Validate(const Weights& weights);

// Not valid for a round: everything scores 0. For searches that only ask what is feasible.
inline constexpr Weights kNoWeights{.of = {}};

// The parts that a search works out without a contract at hand. Each 0..1000.
inline constexpr int64_t kPartMax = 1000;
inline constexpr int64_t kHorizonDays = 730;
// `have` of `all`: fit and nice.
constexpr int32_t SharePart(int64_t have, int64_t all) {
  return static_cast<int32_t>(all == 0 ? kPartMax : kPartMax * have / all);
}
constexpr int32_t TimePart(int64_t waiting) {
  return static_cast<int32_t>(
      waiting >= kHorizonDays ? 0 : (kHorizonDays - waiting) * kPartMax / kHorizonDays);
}
// Of squares; distance <= reach.
constexpr int32_t TravelPart(int64_t reach, int64_t distance) {
  return static_cast<int32_t>(reach == 0 ? kPartMax : kPartMax * (reach - distance) / reach);
}
constexpr int32_t SalaryPart(int64_t salary_max, int64_t salary_now) {
  if (salary_now == 0 || salary_max >= salary_now) return kPartMax;
  return static_cast<int32_t>(kPartMax * salary_max / salary_now);
}
int32_t PreferencePart(std::span<const int32_t> prefs, int32_t sector);
int32_t AptitudePart(std::span<const Aptitude> aptitude, int32_t sector);

// Each 0..1000, in the order of kPartNames.
using ScoreParts = std::array<int32_t, kPartCount>;

// The parts of a feasible contract with this plan; kNone as start is a direct placement.
// REQUIRES: !market.bare.
ScoreParts PartsOf(const Market& market, const Person& person, int32_t vacancy, int32_t start,
                   uint64_t modules, int32_t ready);
ScoreParts PartsOf(const Market& market, const Contract& contract, uint64_t modules, int32_t ready);
// 0..1 000 000.
int32_t ScoreOf(const ScoreParts& parts, const Weights& weights);

// The lottery of one market: smaller keys win.
class Lottery {
 public:
  explicit Lottery(const Market& market);
  uint64_t KeyOf(const Contract& contract) const;
  // h(s), which orders switchers of equal priority.
  uint64_t SwitcherHash(int32_t switcher) const { return switcher_[static_cast<size_t>(switcher)]; }

 private:
  std::vector<uint64_t> switcher_;
  std::vector<uint64_t> vacancy_;
  std::vector<uint64_t> start_;
  uint64_t direct_;
};

// h(z): FNV-1a, 64 bits, over the bytes of seed + "|" + z.
uint64_t LotteryHash(std::string_view seed, std::string_view id);

}  // namespace matchgo::scheduler::engine
