// Makes employers and their vacancies in the sectors that are short of people.
//
// Part of the population generator; use population.h. Pure.
// Test: tests/unit/services/matchgo/demo/population_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "services/matchgo/demo/draws.h"
#include "services/matchgo/demo/people.h"
#include "services/matchgo/demo/population.h"

namespace matchgo::demo {

class DemandMaker {
 public:
  // `catalogue` must outlive the maker.
  DemandMaker(const programmes::builtin::Catalogue& catalogue, uint64_t seed, Day today);
  Employer MakeEmployer(int32_t number) const;
  // Vacancy `number` of the population, at `employer`, which is the one at `index`.
  Vacancy MakeVacancy(int32_t number, const Employer& employer, size_t index) const;

 private:
  struct SectorJobs {
    std::vector<size_t> occupations;
    WeightedDraw draw;
  };
  // What the catalogue's programmes say of a job.
  struct Taught {
    std::vector<std::string> opleiders;
    std::vector<std::string> awards;
  };
  void DrawRequirements(Random& random, const programmes::builtin::Occupation& job,
                        Vacancy& vacancy) const;
  void DrawTerms(Random& random, const programmes::builtin::Occupation& job,
                 Vacancy& vacancy) const;

  const programmes::builtin::Catalogue& catalogue_;
  uint64_t seed_;
  Day today_;
  PlaceDraw places_;
  WeightedDraw sectors_;  // over catalogue.sectors
  std::map<std::string, SectorJobs> jobs_;
  std::map<std::string, Taught> taught_;
};

}  // namespace matchgo::demo
