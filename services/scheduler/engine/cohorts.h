// Which starts to open: every one that runs has its minimum, and the total score is as high as can
// be found (the problem is NP-hard).
//
// Works on any mechanism through CohortState. Connected components with at most kExactStartsMax
// undecided starts are enumerated, larger ones searched. Deterministic; not thread-safe. Test:
// tests/property/engine_cohort_property_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/live_contracts.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

inline constexpr size_t kExactStartsMax = 14;

// The outcome of one mechanism for one set of open starts. StableState and NestedState.
class CohortState {
 public:
  virtual ~CohortState() = default;

  virtual void Open(int32_t start) = 0;
  virtual void Close(int32_t start) = 0;
  virtual bool IsOpen(int32_t start) const = 0;
  // Participants, frozen ones included.
  virtual int32_t LoadOf(int32_t start) const = 0;
  // Over what is taken here: frozen contracts not counted.
  virtual int64_t total_score() const = 0;
  virtual int64_t matched() const = 0;
  // The position that a switcher holds, or kNone.
  virtual int32_t HeldBy(int32_t switcher) const = 0;
};

enum class CohortSearch : uint8_t {
  kBestTotal,       // any start may be closed when that raises the total score
  kCloseShortOnly,  // starts are closed only when short of their minimum
};

// Leaves exactly the starts open that run. REQUIRES: all starts are open in `state`.
OpenSetMethod ChooseOpenStarts(const Market& market, const LiveContracts& live, CohortSearch search,
                               CohortState& state);

}  // namespace matchgo::scheduler::engine
