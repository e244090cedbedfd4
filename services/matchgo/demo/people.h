// Makes one switcher: work she did, what she knows of it, what she earns, wants and can.
//
// Each person has a random stream of her own. Part of the population generator; use population.h.
// Pure. Test: tests/unit/services/matchgo/demo/population_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "services/matchgo/demo/draws.h"
#include "services/matchgo/demo/population.h"

namespace matchgo::demo {

// Draws a home or an office where people live.
class PlaceDraw {
 public:
  explicit PlaceDraw(const programmes::builtin::Catalogue& catalogue);
  Spot Draw(Random& random) const;

 private:
  const programmes::builtin::Catalogue& catalogue_;
  WeightedDraw places_;
};

class PersonMaker {
 public:
  // `catalogue` must outlive the maker.
  PersonMaker(const programmes::builtin::Catalogue& catalogue, uint64_t seed, Day today);
  // Person `number` of the population, from 0.
  Person Make(int32_t number) const;

 private:
  struct Draft;
  void DrawWork(Random& random, Draft& draft) const;
  void DrawEducation(Random& random, Draft& draft) const;
  void DrawSkills(Random& random, Draft& draft) const;
  void DrawMoney(Random& random, Draft& draft) const;
  void DrawTime(Random& random, Draft& draft) const;
  void DrawWishes(Random& random, Draft& draft) const;
  void DrawTests(Random& random, Draft& draft) const;
  void DrawLanguages(Random& random, Draft& draft) const;
  void DrawConsents(Random& random, Draft& draft) const;

  const programmes::builtin::Catalogue& catalogue_;
  uint64_t seed_;
  Day today_;
  PlaceDraw places_;
  WeightedDraw left_occupations_;
  WeightedDraw wanted_sectors_;                           // over catalogue.sectors
  std::map<std::string, std::vector<size_t>> by_sector_;  // occupations
  std::map<std::string, std::vector<size_t>> by_field_;   // occupations of hbo level
  std::vector<std::string> general_skills_;
};

}  // namespace matchgo::demo
