// What the feeds of the neighbours say, as far as trajectories follow it.
//
// Each is the state of a record now, not an event: hearing the same twice changes nothing. Values.
// Test: tests/unit/services/trajectories/follow_test.cc
#pragma once

#include <string>

#include "common/kernel/ids.h"
#include "services/trajectories/domain/pipeline.h"

namespace matchgo::trajectories::domain {

struct SwitcherSeen {
  SwitcherId switcher;
  std::string partner;
  bool active = false;    // takes part, or would
  bool eligible = false;  // nothing stands in the way
  bool erased = false;
};

struct OfferSeen {
  SwitcherId switcher;
  Agreement agreement;  // without the contract
  bool open = false;
  bool failed = false;  // declined, expired or withdrawn
};

struct ContractSeen {
  SwitcherId switcher;
  Agreement agreement;
  bool active = false;
  Day signed_on;
};

}  // namespace matchgo::trajectories::domain
