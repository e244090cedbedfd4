// A person as a search sees her: a switcher of the market, or anybody with a profile.
//
// A view: the spans belong to the market or to a Profile and must outlive it. A person without a
// place in the market has the switcher index kNone, and so have her contracts. Pure. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/market_input.h"

namespace matchgo::scheduler::engine {

struct Person {
  int32_t switcher = kNone;  // kNone: not in the market
  Switcher facts = {};
  std::span<const int32_t> skills = {};          // sorted
  std::span<const int32_t> qualifications = {};  // sorted
  std::span<const int32_t> prefs = {};           // in the order of preference
  std::span<const Aptitude> aptitude = {};       // sorted by sector
  uint64_t lottery = 0;                          // h(s)
};

// A switcher of the market. REQUIRES: !market.bare, or only `switcher` and `lottery` are used.
Person PersonOf(const Market& market, int32_t switcher);

// Somebody who is not in the market, or a switcher with other facts. Names that the market does
// not know are left out: they matter to nothing in it.
class Profile {
 public:
  // REQUIRES: the values are within the ranges of the format.
  Profile(const Market& market, const MarketSwitcher& in);
  // A copy of a person, to be changed.
  explicit Profile(const Person& person);

  // Valid as long as this is neither changed nor moved.
  Person person() const;

  // Lists stay sorted as in Person.
  int32_t switcher = kNone;
  Switcher facts = {};
  std::vector<int32_t> skills = {};
  std::vector<int32_t> qualifications = {};
  std::vector<int32_t> prefs = {};
  std::vector<Aptitude> aptitude = {};
  uint64_t lottery = 0;
};

}  // namespace matchgo::scheduler::engine
