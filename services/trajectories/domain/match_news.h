// What the neighbours tell about one switcher, and what follows from it for her trajectory.
//
// Feeds compact: several changes of one record arrive as the last of them. Follow therefore makes
// up for the steps in between (an offer that is new and already declined was published first). What
// has happened already, or came too late, changes nothing. Pure.
// Test: tests/unit/services/trajectories/match_news_test.cc
#pragma once

#include <cstdint>
#include <string>

#include "common/base/status.h"
#include "common/time/instant.h"
#include "services/trajectories/domain/pipeline.h"

namespace matchgo::trajectories::domain {

// A profile as it is now.
struct ProfileNews {
  int64_t position = 0;  // in the feed; 0: from a list
  int64_t sequence = 0;  // of the record's version
  SwitcherId switcher;
  std::string partner;    // tenant
  bool active = false;    // false: withdrawn or erased
  bool erased = false;    // of her no more is left than the name
  bool eligible = false;  // active, and nothing keeps her out of matching
  Instant created;
  Instant changed;
};

// An offer or a contract as it is now.
struct MatchNews {
  enum class State {
    kNone,  // neither: a round, of which nothing follows here
    kOfferOpen,
    kOfferAccepted,  // the contract says the rest
    kOfferFailed,
    kContractActive,
    kContractEnded,
  };
  int64_t position = 0;
  int64_t sequence = 0;
  std::string name;  // of the offer or the contract
  State state = State::kNone;
  SwitcherId switcher;
  Agreement agreement;
  Instant began;  // offered, or signed
  Instant changed;

  bool contract() const {
    return state == State::kContractActive || state == State::kContractEnded;
  }
  // Something runs: an offer that is out or accepted, a contract.
  bool live() const {
    return state == State::kOfferOpen || state == State::kOfferAccepted ||
           state == State::kContractActive;
  }
};

// The unchanged value and no effects if nothing follows.
StatusOr<Transition> Follow(const Trajectory& trajectory, const ProfileNews& news, Instant now);
// `known`: the offer was told of before, so it is not published once more.
StatusOr<Transition> Follow(const Trajectory& trajectory, const MatchNews& news, bool known,
                            Instant now);

}  // namespace matchgo::trajectories::domain
