// CohortState: the outcome of one mechanism for one set of open starts, as the choice of that set
// sees it.
//
// Implemented by ExactState (score, priority) and NestedState. Not thread-safe. Test:
// tests/property/engine_cohort_property_test.cc
#pragma once

#include <cstdint>
#include <optional>

#include "services/scheduler/engine/known_contracts.h"

namespace matchgo::scheduler::engine {

class CohortState {
 public:
  CohortState() = default;
  CohortState(const CohortState&) = delete;
  CohortState& operator=(const CohortState&) = delete;
  virtual ~CohortState() = default;

  virtual void Open(int32_t start) = 0;
  virtual void Close(int32_t start) = 0;
  virtual bool IsOpen(int32_t start) const = 0;
  // Participants, frozen ones included.
  virtual int32_t LoadOf(int32_t start) const = 0;
  // Over what is taken here: frozen contracts not counted.
  virtual int64_t total_score() const = 0;
  virtual int64_t matched() const = 0;
  // What a switcher holds, frozen contracts not counted.
  virtual std::optional<KnownContract> HeldBy(int32_t switcher) const = 0;
};

}  // namespace matchgo::scheduler::engine
