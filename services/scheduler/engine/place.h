// A contract's place: its rank for everybody, and a contract with all that was worked out for it.
//
// Better is the higher score, then the smaller lottery key, then the smaller contract: a strict
// order, the same for all parties. Values, no rules of the market. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <limits>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

struct Place {
  int32_t score = 0;
  uint64_t key = 0;  // the lottery
  Contract contract = {};

  friend bool operator==(const Place&, const Place&) = default;
};

inline bool Better(const Place& a, const Place& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.key != b.key) return a.key < b.key;
  return a.contract < b.contract;
}

// Behind everything that scores more than `score`, before everything that scores `score`: as
// Query::above it asks for scores above it, as Query::below for `score` and less.
inline Place EdgeAbove(int32_t score) {
  constexpr int32_t kLowest = std::numeric_limits<int32_t>::min();
  return {.score = score, .key = 0, .contract = {kLowest, kLowest, kLowest}};
}

struct FeasibleContract {
  Contract contract = {};
  int32_t score = 0;
  int32_t ready = 0;     // 0 in a bare market
  uint64_t key = 0;      // the lottery
  uint64_t modules = 0;  // 0 in a bare market

  friend bool operator==(const FeasibleContract&, const FeasibleContract&) = default;
};

inline Place PlaceOf(const FeasibleContract& c) { return {c.score, c.key, c.contract}; }

// Whether a stands before b.
inline bool PlacedBefore(const FeasibleContract& a, const FeasibleContract& b) {
  return Better(PlaceOf(a), PlaceOf(b));
}

}  // namespace matchgo::scheduler::engine
